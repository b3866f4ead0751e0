/** What a request rests on beside itself, which an approval asks once more. Source: need-to-know.md, sections 3 and 6. */

/** As both are found, locked, when the request is to be approved. */
export interface Links {
  /** What keeps the stage before from being continued, in words; null where nothing does. */
  readonly journey: string | null;
  /** Whether a place of the programme is free, where there is one. */
  readonly hasPlace: boolean;
}
