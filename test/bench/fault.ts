/** Something that keeps the measurement from counting: its message says what, and what to do. */
export class BenchFault extends Error {
  override readonly name = 'BenchFault';
}
