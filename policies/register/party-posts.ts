/**
 * Finds posts that disclose a person's party. The register holds no party, and a post within a political group is a
 * party by another name. Source: need-to-know.md, section 6, "The register of members".
 */

/** Of no more meaning in the name of one party than of another. */
const general = new Set(['the', 'party', 'group', 'of', 'member', 'members', 'council', 'councillor']);
const saysNothing = new Set(['unspecified', 'none', 'vacant', 'unknown', 'other', 'not', 'no']);

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    // Liberal Democrat, Liberal Democrats: one name.
    .map((word) => (word.length > 3 ? word.replace(/s$/u, '') : word));

const singular = (words: Set<string>): Set<string> => new Set([...words].flatMap(wordsOf));
const [generalWords, emptyWords] = [singular(general), singular(saysNothing)];

/** The names within a party's title: of “Labour and Co-operative Party” each of the two. */
const namesIn = (title: string): string[] =>
  title
    .split(/\band\b|[&/,;()]/iu)
    .map(wordsOf)
    .filter((words) => !words.some((word) => emptyWords.has(word)))
    .map((words) => words.filter((word) => !generalWords.has(word)).join(' '))
    .filter((name) => name.length >= 3);

/** Groups that are not political: a task group has a leader too. */
const workGroup =
  /\b(?:work|working|task|finish|steering|scrutiny|advisory|reference|study|project|review|focus|action|user) groups?\b/gu;

const ofGroup = [
  /\bwhip\b/u,
  /\bleader\b.*\bgroup\b/u,
  /\bgroup\b.*\b(?:leader|secretary|treasurer|spokes(?:person|man|woman)|convenor|convener)\b/u,
];

/**
 * Whether a post discloses a party: by a party's name, or because only a political group has such a post.
 * @param parties the titles of parties, as given in the same file
 */
export const isPartyPost = (post: string, parties: readonly string[]): boolean => {
  const said = wordsOf(post).join(' ');
  const names = parties.flatMap(namesIn);
  return (
    names.some((name) => ` ${said} `.includes(` ${name} `)) ||
    ofGroup.some((pattern) => pattern.test(said.replaceAll(workGroup, '')))
  );
};
