/** `1 working day`, `10 working days`: a number with its unit, which is given in the singular. */
export const numberOf = (count: number, unit: string): string =>
  `${count.toLocaleString('en-GB')} ${unit}${count === 1 ? '' : 's'}`;
