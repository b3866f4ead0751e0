import type { OfficeRules } from '../actions.js';

/** The administrator keeps the service running and reads none of it. Source: need-to-know.md, section 5. */
export const administrator: OfficeRules = () => {};
