import { paths } from '../../../web/paths.js';
import { stepKeys } from './steps/step.js';

/** Where the error of a part that is asked on another page leads, by the link that `mount.ts` would make. */
export const linksToParts = (reference: string): Readonly<Record<string, string>> =>
  Object.fromEntries(stepKeys.map((key) => [`#part-${key}`, `${paths.ask(reference, key)}?next=check`]));
