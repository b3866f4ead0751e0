import { correctionsReference } from '../../policies/core/notices.js';

interface About {
  readonly reference: string | null;
  readonly councillorId: string;
}

/** The subject under which the trail records a correction: the request, or the councillor. */
export const aboutCorrection = ({ reference, councillorId }: About): string =>
  reference ?? (councillorId === '' ? correctionsReference : `councillor:${councillorId}`);
