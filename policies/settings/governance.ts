/**
 * How the council governs itself: the statutory rights to papers depend on it.
 * Source: need-to-know.md, section 3a; Local Government Act 2000, Part 1A (section 9B names the permitted forms).
 */

export const governances = ['leader_and_cabinet', 'mayor_and_cabinet', 'committee_system'] as const;
export type Governance = (typeof governances)[number];

/** Whether there are executive arrangements: a committee system has none (Local Government Act 2000, section 9B). */
export const hasExecutive = (governance: Governance): boolean => governance !== 'committee_system';
