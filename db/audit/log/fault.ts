/**
 * A fault of a tree, a proof, a note or a bundle: a code for programs, and a sentence for people. The sentence quotes
 * only numbers and the field names of an entry, so it is safe to show and to log.
 */
export abstract class Fault<Code extends string> extends Error {
  readonly code: Code;

  constructor(code: Code, sentence: string) {
    super(sentence);
    this.name = new.target.name;
    this.code = code;
  }
}
