/**
 * What is wrong with a tree, a proof, a note or a bundle: a code to tell it by, and a sentence to read. The
 * sentence quotes nothing of what was read but numbers and the fields of an entry, so that it can be shown and logged
 * as it is.
 */
export abstract class Fault<Code extends string> extends Error {
  readonly code: Code;

  constructor(code: Code, sentence: string) {
    super(sentence);
    this.name = new.target.name;
    this.code = code;
  }
}
