/**
 * The name of a member without what councils write around it, to recognise the same person in two lists. It decides
 * nothing but whether two names are one; the register keeps the name as it is given.
 */

/** In front of a name, in English and Welsh: nobody has them for a first name. */
const titles = new Set(
  `councillor cllr councilor cllrs cynghorydd cyng cynghorwr mr mrs ms miss mx dr prof professor sir dame lord lady
  baroness viscount viscountess rev revd reverend mayor mayoress alderman alderwoman alderperson hon honorary
  honourable worshipful rt deputy chairman chairwoman chairperson cabinet group assistant portfolio`.split(
    /\s+/u,
  ),
);

/** In front of a title alone: "County Councillor", "The Right Honourable", "Leader of the Council, Councillor". */
const beforeTitle = new Set(
  `the right very most county district borough city town parish community unitary metropolitan ward lead leader
  chair vice executive member holder of council and for`.split(/\s+/u),
);

/** Some have them for a first name, so that two words have to be left: "Earl Fable", "Canon Ash Fable". */
const titlesOrNames = new Set(
  'baron earl count countess major captain colonel commander canon bishop father sister brother'.split(' '),
);

/** Behind a name: honours, degrees, offices. */
const letters = new Set(
  `mbe obe cbe kbe dbe gbe bem rvm mvo lvo cvo kcvo cb cmg dcmg kcmg gcmg ch om jp dl qc kc mp ms msp mep td vrd rd
  qpm kpm qfsm kfsm qam qvrm gm gc vc dso dsc dfc mc ba bsc beng llb bed ma msc mphil mba meng llm med phd dphil edd md
  mb bch frs frsa fca aca fcca fcipd rgn rn srn pgce pgcert fellow hon hons cert dip cpfa mrics frics mrtpi riba`.split(
    /\s+/u,
  ),
);

const isTitle = (word: string): boolean => titles.has(word);
const isCouncillor = (word: string): boolean => /^(?:councill?or|cllrs?|cynghorydd|cyng)$/u.test(word);

/** What stands in brackets is about the person, and not their name: "(Leader)", "(Hons)". */
const wordsOf = (text: string): string[] =>
  text
    .replaceAll(/\([^()]*\)/gu, ' ')
    .replaceAll(/[‐‑‒–]/gu, '-')
    .split(/\s+/u)
    .map((word) => word.replace(/\.$/u, ''))
    .filter((word) => /[\p{L}\p{N}]/u.test(word));

/** What follows the last "Councillor" that has a name behind it: "Deputy Mayor Councillor Ash Fable". */
const afterCouncillor = (words: readonly string[]): readonly string[] => {
  const last = words.findLastIndex((word, place) => isCouncillor(word) && place < words.length - 1);
  return words.slice(last + 1);
};

const withoutTitles = (words: readonly string[]): readonly string[] => {
  const [first = '', ...rest] = words;
  if (rest.length === 0) return words;
  const isOne =
    isTitle(first) ||
    (titlesOrNames.has(first) && rest.length > 1) ||
    (beforeTitle.has(first) && rest.some(isTitle) && withoutTitles(rest).length < rest.length);
  return isOne ? withoutTitles(rest) : words;
};

/** Letters that could be a surname leave two words: "Ms Jo Ma" is not a Master of Arts. */
const withoutLetters = (words: readonly string[]): readonly string[] => {
  const last = words.at(-1)?.replaceAll('.', '') ?? '';
  const left = last.length > 2 || isCouncillor(last) ? 1 : 2;
  const goes = (letters.has(last) || isCouncillor(last)) && words.length > left;
  return goes ? withoutLetters(words.slice(0, -1)) : words;
};

const saysNothing = (part: readonly string[]): boolean =>
  part.every((word) => letters.has(word.replaceAll('.', '')) || isTitle(word) || beforeTitle.has(word));

/** A surname in front goes behind: "Fable, Ash". */
const inOrder = ([first = [], second, ...others]: readonly (readonly string[])[]): readonly string[] =>
  second !== undefined && others.length === 0
    ? [...second, ...first]
    : [first, second ?? [], ...others].flat();

/**
 * A name without titles, honours and letters, in lower case and with single spaces. A name of nothing else stays as it
 * is.
 */
export const nameKey = (name: string): string => {
  const said = name.normalize('NFKC').replaceAll('’', "'").toLowerCase();
  const parts = said.split(',').map((part) => withoutLetters(withoutTitles(afterCouncillor(wordsOf(part)))));
  const named = inOrder(parts.filter((part) => !saysNothing(part)));
  const key = withoutLetters(withoutTitles(named));
  return (key.length > 0 ? key : wordsOf(said.replaceAll(',', ' '))).join(' ');
};

/** Parts of many surnames: they say nothing of whose it is. */
const particles = new Set('van von der den del della ap ab mac the ibn bin bint ter ten dos san'.split(' '));

/**
 * Whether two names may be one person’s: they share a word, as after a marriage. Two people of one family do as well, so
 * it only tells who is certainly worth a question.
 */
export const mayBeOne = (one: string, other: string): boolean => {
  const words = (name: string): string[] =>
    nameKey(name)
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 2 && !particles.has(word));
  const others = new Set(words(other));
  return nameKey(one) === nameKey(other) || words(one).some((word) => others.has(word));
};

/** Whether two names are the same apart from title, letters, case and spaces. */
export const sameName = (one: string, other: string): boolean => nameKey(one) === nameKey(other);
