/**
 * SQL: whether an office that somebody holds counts on that day. One that waits for a second person does not; one without
 * a first or a last day counts from always or for good.
 * @param held alias of `offices_held`
 * @param today SQL for the day in London
 */
export const inForce = (held: string, today: string): string =>
  `(${held}.confirmed and (${held}.from_date is null or ${held}.from_date <= ${today})
    and (${held}.to_date is null or ${held}.to_date >= ${today}))`;
