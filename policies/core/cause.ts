/** Who caused a departure from what was approved. */

export const causes = ['councillor', 'host', 'childrens_services', 'other'] as const;

export type Cause = (typeof causes)[number];
