const format = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A day, `YYYY-MM-DD`, as `2 April 2026`. */
export const inDays = (date: string): string => format.format(new Date(`${date}T00:00:00Z`));
