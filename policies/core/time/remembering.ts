/**
 * The same pure function, which works each answer out once: every page and every call asks about the same few days.
 * @param work answers the same to the same, and nothing that anybody changes
 * @param most answers that are kept before all of them are forgotten: more than one council asks for
 */
export const remembering = <Asked extends string | number, T>(work: (asked: Asked) => T, most = 10_000) => {
  const known = new Map<Asked, T>();
  return (asked: Asked): T => {
    const before = known.get(asked);
    if (before !== undefined) return before;
    const answer = work(asked);
    if (known.size >= most) known.clear();
    known.set(asked, answer);
    return answer;
  };
};
