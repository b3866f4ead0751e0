/** The embedded server cannot be had, for a reason that the person who starts the service can mend. */
export class EmbeddedFault extends Error {
  override readonly name = 'EmbeddedFault';
}
