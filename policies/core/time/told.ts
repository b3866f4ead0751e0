/** A councillor was told what is held against them. Source: need-to-know.md, sections 4 and 6. */

/** When the councillor was told, until when they may answer, `YYYY-MM-DD`, and when they did. */
export interface Told {
  readonly toldAt: Date;
  readonly dueOn: string;
  readonly answeredAt: Date | null;
}
