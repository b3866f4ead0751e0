/**
 * How the council governs itself, and how it counts clear days: what the statutory rights to papers depend on.
 * Source: need-to-know.md, section 3a; Local Government Act 2000, Part 1A (section 9B names the permitted forms).
 */

export const governances = ['leader_and_cabinet', 'mayor_and_cabinet', 'committee_system'] as const;
export type Governance = (typeof governances)[number];

/** Whether there are executive arrangements: a committee system has none (Local Government Act 2000, section 9B). */
export const hasExecutive = (governance: Governance): boolean => governance !== 'committee_system';

/** The days that count as clear days: all of them, by default, or working days alone. */
export const clearDayKinds = ['calendar_days', 'working_days'] as const;
export type ClearDays = (typeof clearDayKinds)[number];
