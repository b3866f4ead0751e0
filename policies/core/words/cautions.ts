/**
 * Finds what people should look at again before a text is saved: what looks like a person's name, or like the address of a
 * home, and words of party or election in a reason. It asks and never refuses, so that it would rather miss than alarm (need-to-know.md, section 6a).
 *
 * Sources: section 8 for names (nothing that shows who a child or family is); for party, R v Sheffield City Council, ex p
 * Chadwick (1985) 84 LGR 563: reasons rest on need to know and never on politics.
 */
import { addressesIn } from './addresses.js';
import { inPlainLetters } from './as-read.js';
import { capitals, lowerWords } from './known-words.js';
import { alsoThings, givenNames } from './given-names.js';

export const cautionKinds = ['name', 'party', 'address'] as const;
export type CautionKind = (typeof cautionKinds)[number];

export interface Caution {
  /** Path of the field as sent. */
  readonly field: string;
  readonly kind: CautionKind;
  /** The words at which to look again, as they were written, each once. */
  readonly words: readonly string[];
}

/** Texts that people write about a matter; not names of people or things, nor what an office cites. */
const prose =
  /^(?:.*\.)?(?:necessity|alternatives|questions|text|comment|note|lawfulRoute|what|evidence|gist|onBehalfOf|document|corrected|told|instead|delay)$|(?:^|\.)(?:conditions\.\d+|papers\.\d+\.category)$/u;
const reasons = /(?:^|\.)(?:reasons?|corrected|objections?|grounds|gist|told)(?:\.|$)/u;

/** Longer texts are looked at up to here. */
const longest = 20_000;

/* ---- Words of party ------------------------------------------------------------------------------------------ */

const parties =
  'Labour|Conservative|Tory|Liberal Democrat|Lib Dem|Reform(?: UK)?|Green|Independent|Plaid Cymru|UKIP';
/** What makes a party of a word that means other things as well; the word has a capital. */
const ofParty =
  'group|[Pp]arty|councillors?|members?|leader(?:ship)?|whip|administration|opposition|colleagues?|candidates?|benches|majority|manifesto';
const partyWords: readonly RegExp[] = [
  new RegExp(`(?<!\\p{L})(?:${parties})(?:s|['’]s)? (?:[Gg]roup|${ofParty})(?!\\p{L})`, 'gu'),
  /(?<!\p{L})(?:Liberal Democrats?|Lib[ -]Dems?|Plaid Cymru|UKIP|Reform UK|Tory|Tories|Labour Party|Sinn F[ée]in|SNP|Workers Party)(?!\p{L})/gu,
  /(?<!\p{L})(?:the|a|for|vote|voted|voting|is|are|with|by|against|to) (?:Conservatives|Greens|Tories)(?!\p{L})/gu,
  /(?<!\p{L})(?:vot(?:e|ed|es|ing) (?:for )?(?:Labour|Conservative|Green|Reform)|(?:is|was|are|were) (?:Labour|Conservative|Green)(?= (?:and|councillor|member)|[.,;]|$))(?!\p{L})/gu,
  /(?<!\p{L})(?:(?:my|our|their|his|her|your|the other|another|the opposition|opposition|ruling|majority|minority|political) group(?:['’]s)?(?! of\b| work| session| meeting| conference| supervision| home)|(?:party|group|chief|three-line|the) whips?|party[ -]polit\p{L}*|political part(?:y|ies)|(?:same|own|other|opposing|rival|his|her|their|my|our|your) (?:political )?party(?! to\b| is (?:a |not a )?part)(?! wall)|party (?:line|leader|leadership|group|membership|member|loyalty|reasons|discipline|conference|manifesto|colleagues?|advantage)|politically motivated)(?!\p{L})/giu,
  /(?<!\p{L})(?:(?:local|general|council|county|city|district|by-?|next|coming|forthcoming|my|our|his|her|their|an?|the|re-?) ?elections?(?= campaign| leaflet| address| candidate| literature| is| are| next|[.,;]|$)|re-?election|election(?:s|eering)? (?:campaign|leaflets?|address|literature|material|candidate|manifesto|prospects)|(?:an? |the |their |his |her |my |our )?(?:electoral|re-?election|political) (?:campaign|advantage|gain|capital|purposes?|prospects|motives?)|campaign(?:ing)? (?:for|in) (?:the |an? )?(?:\p{L}+ )?election|electioneering|canvass(?:ing|ed)? (?:for |of )?(?:votes?|voters|support)|wins? (?:\p{L}+ )?votes|votes? (?:at|in) the election|manifesto)(?!\p{L})/giu,
];

const partyIn = (text: string): string[] =>
  partyWords.flatMap((pattern) => [...text.matchAll(pattern)].map(([words]) => words.trim()));

/* ---- Names --------------------------------------------------------------------------------------------------- */

const capital = "(?:(?:O|D|M)['’])?(?:Mc|Mac|Fitz)?\\p{Lu}\\p{Ll}+(?:[-'’]\\p{Lu}\\p{Ll}+)*";
/** Two to five words with capitals in a row, an initial among them. */
const inARow = new RegExp(
  `(?<![\\p{L}\\p{N}'’.-])(?:(?:${capital}|\\p{Lu}\\.) (?:(?:\\p{Lu}\\.? ?|de |van |der |bin |al-|ap )(?=\\p{Lu}))?)(?:${capital})(?: ${capital}){0,3}(?![\\p{L}\\p{N}])`,
  'gu',
);
const titled = new RegExp(
  `(?<!\\p{L})(?:[Mm]rs?|[Mm]s|Miss|[Mm]x|[Dd]r|[Cc]llr|[Cc]ouncillor|Master)\\.? (?:\\p{Lu}\\.? ?)?(${capital}(?: ${capital})?)(?!\\p{L})`,
  'gu',
);
/** Somebody is named after one of these. */
const related = new RegExp(
  '(?<!\\p{L})(?:name is|names are|called|baby|boy|girl|child|toddler|son|daughter|brother|sister|sibling|mother|father|mum|dad|' +
    `uncle|aunt|cousin|step-?(?:father|mother|son|daughter)|grand-?(?:father|mother|parent)|partner|carer|friend),? (?:is |of )?(${capital}(?: ${capital})?)(?![\\p{L}\\p{N}])`,
  'gu',
);

const plain = (word: string): string =>
  word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").replace(/'s$/u, '').toLowerCase();

/** Endings of nouns, and hardly of names: "Safeguarding", "Commission", "Assessment". */
const nounEnding =
  /(?:tion|sion|ment|ness|ship|ance|ence|ology|ities|ivity|ality|tions|ments|ances|ences|ering|ating|ising|ining|iving|arding|isory|atory|itory|borough|bridge|shire|ville|minster|mouth|chester|cester|hampton|ington|ford|ham|bury|folk|wich|stead|thorpe|worth)$/u;
const placeEnding =
  /(?:borough|bridge|shire|ville|minster|mouth|chester|cester|hampton|ington|ford|ham|bury|folk|wich|stead|thorpe|worth)$/u;

const isKnown = (word: string): boolean => {
  const read = plain(word);
  return capitals.has(read) || lowerWords.has(read) || (nounEnding.test(read) && !placeEnding.test(read));
};

/** Where a sentence, a line or a quotation begins, a word has a capital whatever it is. */
const begins = (text: string, at: number): boolean =>
  /(?:^|[.!?:;•*"“(‘\n–—]|\n[ -]*)\s*$/u.test(text.slice(Math.max(0, at - 4), at));

/** "R v Birmingham City Council", "Porter v Magill": cited, and after "ex p". */
const isCitedCase = (text: string, at: number, end: number): boolean =>
  /(?:(?<!\p{L})vs?\.? |ex p(?:arte)?\.? |\[\d{4}\] |(?<!\p{L})Re )$/u.test(
    text.slice(Math.max(0, at - 12), at),
  ) || /^ (?:vs?\.?|LJ|J|CJ|JSC) /u.test(`${text.slice(end, end + 5)} `);

const wordsOf = (name: string): string[] => name.split(/[ -]/u).filter((word) => /\p{L}{2}/u.test(word));

/** Whether two or more words with capitals are like a name. */
const likeName = (words: readonly string[], beginning: boolean): boolean => {
  const [first = '', ...rest] = words;
  const last = rest.at(-1) ?? '';
  if (rest.length === 0 || rest.some((word) => isKnown(word))) return false;
  if (givenNames.has(plain(first))) return true;
  if (isKnown(first)) return false;
  // Of a place both words may be unknown, where one of them ends as places do.
  if (placeEnding.test(plain(first)) || placeEnding.test(plain(last))) return false;
  return !beginning || !/(?:ing|ed|ly|s)$/u.test(first);
};

const inARowIn = (text: string): string[] =>
  [...text.matchAll(inARow)].flatMap((match) => {
    const [found] = match;
    const end = match.index + found.length;
    if (isCitedCase(text, match.index, end)) return [];
    const words = found.split(' ').filter((word) => word !== '');
    const initial = /^\p{Lu}\.$/u.test(words[0] ?? '');
    const beginning = begins(text, match.index);
    // "Yesterday Jane Smith", "The Director Jane Smith": the name is in what is left of the row.
    const tails = words.flatMap((word, index) =>
      index > 0 && isKnown(words[index - 1] ?? '') && !isKnown(word) ? [index] : [],
    );
    for (const from of [0, ...tails]) {
      const rest = words.slice(from);
      const until = rest.findIndex((word) => isKnown(word) && !givenNames.has(plain(word)));
      const part = until === -1 ? rest : rest.slice(0, until);
      // "Smith Road": what follows makes a place or a thing of it.
      if (until !== -1 && !lowerWords.has(plain(rest[until] ?? ''))) continue;
      const names = part.filter((word) => /\p{L}{2}/u.test(word));
      const [surname = ''] = names;
      if (initial && from === 0 && names.length > 0 && !(beginning && isKnown(surname)))
        return [part.join(' ')];
      if (likeName(names, beginning && from === 0)) return [part.join(' ')];
    }
    return [];
  });

/** One word with a capital: a given name tells a person, unless it is a thing or a place as well. */
const oneWord = new RegExp(
  `(?<![\\p{L}\\p{N}'’.-])(${capital})(['’]s)?(?![\\p{L}\\p{N}])(?! ?\\p{Lu})`,
  'gu',
);
/** Given names that are months or verbs as well: with a capital, and a word behind them that is no known one, they are names. */
const alsoWords: ReadonlySet<string> = new Set('april august dawn hope june may will'.split(' '));
const withFamilyName = new RegExp(
  `(?<![\\p{L}\\p{N}'’.-])(?<!(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Ff]rom|[Oo]f|to|and|last|next|this|early|late|mid|\\d) )(April|August|Dawn|Hope|June|May|Will) (${capital})(?![\\p{L}\\p{N}])(?! (?:[Ss]treet|[Rr]oad|[Ll]ane|[Pp]ark|[Hh]ouse|team|hub|meeting|committee))`,
  'gu',
);
const relation =
  '(?:child|boy|girl|baby|toddler|son|daughter|brother|sister|sibling|mother|father|mum|dad|partner|uncle|aunt|cousin)';
/** "his son Will": right behind the relation it is a name. */
const relatedWord = new RegExp(
  `(?<!\\p{L})${relation},? (April|August|Dawn|Hope|June|May|Will)(?!\\p{L})`,
  'gu',
);
/** "Grace’s mother" */
const whoseRelation = new RegExp(`(?<![\\p{L}\\p{N}'’.-])(${capital})['’]s ${relation}(?!\\p{L})`, 'gu');
/** "mother K."; "Child A" and "Child X" are how published reviews hide a name. */
const initialOf = new RegExp(
  `(?<!\\p{L})(${relation} (?![A-DX-Z](?!\\p{L}))[A-Z])(?![\\p{L}\\p{N}'’])`,
  'giu',
);
/** "the Okafor family", "the Smiths were asked" */
const familyOf = new RegExp(
  `(?<!\\p{L})[Tt]he (${capital}) (?:famil(?:y|ies)|household|children|siblings|twins|brothers|sisters)(?!\\p{L})(?! (?:hub|cent(?:re|er)|team|support|court|group|service|home)s?(?!\\p{L}))`,
  'gu',
);
const familyInPlural = new RegExp(
  `(?<!\\p{L})the (\\p{Lu}\\p{Ll}{2,}s) (?:were|are|have|had|agree|agreed|asked|lived?|said)(?!\\p{L})`,
  'gu',
);
/** "jane", "jane smith": a given name that is no other word. */
const lowerGiven =
  /(?<![\p{L}\p{N}'’@._/-])(\p{Ll}{3,20}(?:-\p{Ll}{3,20})?)(?![\p{L}\p{N}@_/-]|\.\p{L})(?=(?: (\p{Ll}{2,20})(?!\p{L}))?)/gu;

const isOnlyAName = (word: string): boolean =>
  givenNames.has(word) &&
  !isKnown(word) &&
  !alsoThings.has(word) &&
  !alsoWords.has(word) &&
  !lowerVerbs.has(word);
/** Given names that are common words where they have no capital. */
const lowerVerbs: ReadonlySet<string> = new Set(
  (
    'art bill bob charity chase chuck clay cliff colt crystal dale dean dot drew faith ford frank gale gay gene glen grant guy heath ' +
    'iris ivy jay jack jim joy june kit lance laurel mark marina miles neat nick nicky olive page pat patience pearl penny pip ray reed rich ' +
    'rob robin rock rod roman rose rusty sage sally sandy scot sky skip stew sue summer tab tara terry tiffany toby tom tony van vera ' +
    'violet ward will winter ali dan sam max pam don ron les lee ian ann eve angel ash basil brook major dusty josh mike wally ted harry peter ' +
    'mason cody paige story sonny brandy ginger hazel jean ken lane mac mel norm rex russ ty val vic'
  ).split(' '),
);

const namedBesides = (text: string): string[] => [
  ...[...text.matchAll(withFamilyName)].flatMap(([whole, , family = '']) =>
    isKnown(family) || placeEnding.test(plain(family)) ? [] : [whole],
  ),
  ...[...text.matchAll(relatedWord)].map(([, name = '']) => name),
  ...[...text.matchAll(whoseRelation)].flatMap(([, name = '']) =>
    givenNames.has(plain(name)) ? [name] : [],
  ),
  ...[...text.matchAll(initialOf)].flatMap(([, words = '']) =>
    // "a child I know", "the boy U13 team"
    /\p{Lu}$/u.test(words) && !words.endsWith(' I') ? [words] : [],
  ),
  ...[...text.matchAll(familyOf), ...text.matchAll(familyInPlural)].flatMap(([, name = '']) =>
    isKnown(name) || isKnown(name.replace(/s$/u, '')) || placeEnding.test(plain(name)) ? [] : [name],
  ),
  ...[...text.matchAll(lowerGiven)].flatMap(([, name = '', family = '']) => {
    if (!name.split('-').every(isOnlyAName)) return [];
    return [family === '' || isKnown(family) ? name : `${name} ${family}`];
  }),
];

/** "JANE SMITH", as forms have it. */
const twoInCapitals = /(?<!\p{L})(\p{Lu}{2,}) (\p{Lu}{2,})(?!\p{L})/gu;
const saint = /(?:^|[^\p{L}])(?:St|Saint)\.? $/u;

const givenIn = (text: string): string[] => [
  ...[...text.matchAll(oneWord)].flatMap(({ index, 1: name = '', 2: possessive }) => {
    const isGiven = givenNames.has(plain(name)) && !isKnown(name) && !alsoThings.has(plain(name));
    const opens = begins(text, index) && possessive === undefined;
    const isSaint = saint.test(text.slice(Math.max(0, index - 8), index));
    return isGiven && !opens && !isSaint && !isCitedCase(text, index, index + name.length) ? [name] : [];
  }),
  ...[...text.matchAll(twoInCapitals)].flatMap(([whole, given = '', family = '']) =>
    givenNames.has(plain(given)) && !isKnown(family) ? [whole] : [],
  ),
];

const singlesIn = (text: string): string[] => [
  ...givenIn(text),
  ...[...text.matchAll(titled)].flatMap((match) => {
    const [whole, name = ''] = match;
    const [first = ''] = name.split(' ');
    if (isCitedCase(text, match.index, match.index + whole.length)) return [];
    return capitals.has(plain(first)) || lowerWords.has(plain(first)) ? [] : [whole];
  }),
  ...[...text.matchAll(related)].flatMap(([, name = '']) => {
    const words = name.split(' ');
    return words.some((word) => isKnown(word)) || placeEnding.test(plain(words[0] ?? '')) ? [] : [name];
  }),
];

/** The most names that one caution lists. */
const mostWords = 100;

const once = (words: readonly string[]): string[] => [...new Set(words)];

const namesIn = (text: string): string[] => {
  // Each once, and no more than people look through: the time to compare them stays bounded.
  const found = once([...inARowIn(text), ...singlesIn(text), ...namedBesides(text)]).slice(0, mostWords);
  // "Jane Smith" and not "mother, Jane" as well.
  return found.filter((one) => !found.some((other) => other !== one && other.includes(one)));
};

/** The words of a name, without its title, to be looked for among the names of people. */
const titles: ReadonlySet<string> = new Set(
  'mr mrs ms miss mx dr cllr councillor master sir dame lord lady prof professor the'.split(' '),
);
const nameWords = (name: string): string[] =>
  wordsOf(name)
    .map(plain)
    .filter((word) => !titles.has(word));

/** Whether it is the name of one of these people, or a part of it. */
export const isNameOf = (written: string, people: readonly string[]): boolean => {
  const words = nameWords(written);
  return people.some((person) => {
    const own = new Set(nameWords(person));
    return words.every((word) => own.has(word));
  });
};

/** "Jane.Smith", "Jane/Smith" and "J a n e" as they are read. */
const joined = (text: string): string =>
  text
    .replace(/(?<=\p{Lu}\p{Ll}{1,30})[._/|](?=\p{Lu}\p{Ll})/gu, ' ')
    .replace(/(?<![\p{L}\p{N}])\p{Lu}(?: \p{Ll}(?!\p{L})){2,15}/gu, (apart) => apart.replaceAll(' ', ''));

/**
 * What to look at again in these texts: at most one caution of each kind for each field. The time grows with the length of
 * a text and no faster.
 */
export const cautionsIn = (fields: Readonly<Record<string, string | undefined>>): Caution[] =>
  Object.entries(fields).flatMap(([field, whole]) => {
    if (whole === undefined) return [];
    const isReason = reasons.test(field);
    if (!isReason && !prose.test(field)) return [];
    const text = joined(inPlainLetters(whole.slice(0, longest)));
    const names = once(namesIn(text));
    const party = isReason ? once(partyIn(text)) : [];
    const addresses = once(addressesIn(text)).slice(0, mostWords);
    return [
      ...(names.length > 0 ? [{ field, kind: 'name' as const, words: names }] : []),
      ...(party.length > 0 ? [{ field, kind: 'party' as const, words: party }] : []),
      ...(addresses.length > 0 ? [{ field, kind: 'address' as const, words: addresses }] : []),
    ];
  });
