import type { Standing } from './member.js';

/** In office: sitting or co-opted, not merely elected and no longer past (LGA 1972, section 83). */
export const inOffice = (standing: Standing | null): boolean =>
  standing === 'sitting' || standing === 'coopted';
