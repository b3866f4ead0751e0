/**
 * What of an entry Internal Audit reads, and what a bundle opens, which discloses no more.
 *
 * Source: need-to-know.md, section 5. An auditor reads who, when and what; of reasons only those of decisions and
 * refusals. The answers of the test and the seats of a request that is not decided are in no export or bundle. The
 * trail never learns that a request was decided after it was answered, so these values stay closed for good; who
 * answered or signed, and when, is open.
 */

/** The entries whose reasons audit reads: decisions on a request and on a review of one, refusals among them. */
const decisions: ReadonlySet<string> = new Set(['request.decided', 'review.decided']);

/** @param type of the entry */
export const auditReadsReasons = (type: string): boolean => decisions.has(type);

/** By type of entry, the coded values that say what an office answered or signed. */
const closed: Readonly<Record<string, readonly string[] | undefined>> = {
  'request.answered': ['answer', 'basis'],
  'request.signed': ['outcome', 'grounds', 'conditions'],
  'request.lift_said': ['outcome', 'blocks'],
  'visit.checked': ['result'],
  // The cause is for the councillor: one of them says that family, child or a bar of law stood against it.
  'grant.revoked': ['cause'],
};

/**
 * What was confirmed about the words of a text says what stands in it, so it is read where the text is.
 * @param name of a coded value of an entry of that type
 */
export const auditReadsValue = (type: string, name: string): boolean =>
  name === 'considered' ? auditReadsReasons(type) : closed[type]?.includes(name) !== true;

interface Told {
  readonly type: string;
  readonly decision: Readonly<Record<string, unknown>> | null;
  readonly reasons: string | null;
}

/** An entry as an auditor reads it. */
export const asAuditReads = <Entry extends Told>(entry: Entry): Entry => {
  const { type, decision, reasons } = entry;
  const open = Object.entries(decision ?? {}).filter(([name]) => auditReadsValue(type, name));
  return {
    ...entry,
    decision: decision && Object.fromEntries(open),
    reasons: auditReadsReasons(type) ? reasons : null,
  };
};
