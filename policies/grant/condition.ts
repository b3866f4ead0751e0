/** A condition of a grant: whose it is, and until when it must be met. */

export const conditionOwners = ['councillor', 'childrens_services', 'host'] as const;

export const conditionTimes = ['attendance', 'closing'] as const;

export const conditionStates = ['pending', 'met', 'breached'] as const;

export interface Condition {
  readonly id: string;
  readonly text: string;
  readonly owner: (typeof conditionOwners)[number];
  readonly before: (typeof conditionTimes)[number];
  readonly state: (typeof conditionStates)[number];
}
