import { addDays } from '../core/time/london.js';

/** Default: a defeated member's grants lapse on the fourth day after the poll (LGA 1972, section 7). */
export const defeatLapsesAfterDays = 4;

/** The day on which a lost seat ends what was granted, `YYYY-MM-DD`. */
export const lapsesAfterDefeat = ({ poll }: { readonly poll: string }): string =>
  addDays(poll, defeatLapsesAfterDays);
