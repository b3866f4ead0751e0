/** A problem without the number of its request: two that are to tell nothing apart differ in that alone. */
export const unnumbered = ({ instance: _instance, ...rest }: Readonly<Record<string, unknown>>): object =>
  rest;
