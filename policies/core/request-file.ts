import type { TestResult } from '../need-to-know/test.js';
import type { Settings } from '../settings/settings.js';
import type { ObservationRequest } from './subjects.js';

/** What the commands ask of the file of a request. */
export interface RequestFile {
  readonly row: ObservationRequest;
  readonly at: Date;
  readonly settings: Settings;
  readonly assessment: { readonly test: TestResult } | null;
  readonly discussed: boolean;
  readonly papers: {
    readonly releases: readonly { readonly version: number; readonly returnedAt: Date | null }[];
  };
}
