/** What a page says of an act that is checked before it is done. */

/** One line of what will be recorded. */
export interface Line {
  readonly says: string;
  /** A text as it was typed. */
  readonly typed?: string | undefined;
  readonly text?: string | undefined;
  readonly list?: readonly string[] | undefined;
  /** Codes, which the view words in this council's terms. */
  readonly codes?: readonly string[] | undefined;
}

/** How an act is checked. */
export interface Check<Sent> {
  /** What the person is about to do, after "Check before you": `sign for Legal`. */
  readonly before: (sent: Sent) => string;
  /** The words on the button. */
  readonly button: (sent: Sent) => string;
  /** All that will be recorded. A line without a value is left out. */
  readonly lines: (sent: Sent) => readonly Line[];
  /** False where who is told would show what the person may not know. */
  readonly tells?: false;
  /** What has happened then: `You have signed for Legal`. */
  readonly done: (sent: Sent) => string;
}
