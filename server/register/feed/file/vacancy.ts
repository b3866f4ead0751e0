/** Empty seats: some committee systems list one as a councillor, under a name that says so. */

const empty = new Set(['vacant', 'vacancy', 'vacancies', 'unfilled']);

/** Written in place of a name until there is somebody. */
const placeholder =
  /^(?:tb[acd]|to be (?:confirmed|advised|announced|appointed|elected|filled)|(?:pending|awaiting) (?:by ?)?election|by ?election(?: .*)?|no (?:councillor|member)|not (?:yet )?(?:appointed|elected)|none|n a)$/u;

/** In lower case, in words of letters and digits alone, without the title. */
const wordsOf = (name: string): string[] =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'councillor' && word !== 'cllr');

/**
 * Whether a name says that nobody has the seat. "Vacant", "Vacant Vacant", "VACANCY - By-election pending", "Vacancy (1)",
 * "Seat vacant following a resignation".
 */
export const isVacancy = (name: string): boolean => {
  const words = wordsOf(name);
  return words.some((word) => empty.has(word)) || placeholder.test(words.join(' '));
};
