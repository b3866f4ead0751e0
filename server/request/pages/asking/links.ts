import { paths } from '../../../web/paths.js';
import { stepKeys } from './steps/step.js';

/** The link of an error in a part that another page asks for, exactly as `mount.ts` would make it. */
export const linksToParts = (reference: string): Readonly<Record<string, string>> =>
  Object.fromEntries(stepKeys.map((key) => [`#part-${key}`, `${paths.ask(reference, key)}?next=check`]));
