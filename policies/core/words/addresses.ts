/**
 * Finds what looks like where somebody lives: a house number with a street. It is asked about and never refused, since a
 * number beside a street may be an office as well (need-to-know.md, sections 6a and 8: never an address of a child or family).
 * It goes by the form of an address and knows no list of streets; what is counted or cited is none.
 */
import { capitals, lowerWords } from './known-words.js';

/** Words that end the name of a street, and mean hardly anything else behind a name. */
const street =
  '(?:[Rr]oad|Rd|[Ss]treet|[Ll]ane|[Aa]venue|Ave|[Cc]rescent|[Tt]errace|[Dd]rive|[Gg]rove|[Mm]ews|[Ss]quare|[Gg]ardens)';
/** Words that mean other things as well: with a capital, and behind a name that is no word of the service. */
const place =
  '(?:Close|Court|Place|Way|Walk|Row|Rise|Hill|Park|View|Green|Parade|Gate|Yard|Croft|Fold|Mount|Saint|St(?! \\p{Lu}))';
const word = "\\p{Lu}[\\p{L}'’]*\\.?(?:-\\p{L}+)*";
/** "14", "14A", "14-16", "14/2". */
const number = '\\d{1,4}(?:[A-Za-z](?!\\p{L}))?(?: ?[-–/] ?\\d{1,4}[A-Za-z]?)?';

/** The number is one of something that is counted or cited: "section 47", "room 10", "visit 3". */
const cited =
  /(?:sections?|ss?\.?|chapters?|paragraphs?|paras?\.?|regulations?|regs?\.?|rules?|articles?|arts?\.?|schedules?|parts?|pages?|minutes?|items?|questions?|recommendations?|steps?|stages?|levels?|years?|rooms?|wards?|visits?|versions?|volumes?|weeks?|days?|phases?|figures?|tables?|annex|appendix|forms?|options?|points?|standards?|grades?|tiers?|bands?|[£€$])\s*$/iu;
/** What is done about work with children has streets in its name: an office, a school, a hub. */
const ofService =
  "(?! (?:Famil|Child|Multi|Hub|Team|Duty|Assessment|Cent(?:re|er)|Hospital|School|Primary|Nursery|Librar|Office|Clinic|Surgery|Health|Station|Police|Unit|Committee|Panel|Board|Church|hub|team|cent(?:re|er)|office|school|clinic|surgery|unit|committee|hospital|library)(?:\\p{L}|[-’']|$|[^\\p{L}]))";
/** "12 High Street shops" are twelve shops. */
const notCounted =
  '(?! (?!(?:is|was|has|does|as|this|his|its|always|unless|towards)(?!\\p{L}))\\p{Ll}+s(?!\\p{L}))';
const months = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';

const patterns: readonly RegExp[] = [
  new RegExp(
    `(?<![\\p{L}\\p{N}.,/-])(${number}),? ((?!${months} )(?:${word} ){1,3}?)${street}(?![\\p{L}\\p{N}])${ofService}${notCounted}`,
    'gu',
  ),
  new RegExp(
    `(?<![\\p{L}\\p{N}.,/-])(${number}),? ((?!${months} )(?:${word} ){1,2}?)${place}(?![\\p{L}\\p{N}])(?! \\p{Lu})${notCounted}`,
    'gu',
  ),
  // Without capitals where the words before say that it is an address.
  new RegExp(
    `(?<=(?<!\\p{L})(?:live[sd]? (?:at|in|on)|living (?:at|in|on)|address(?: is|:)?|moved to|stays? at|house at|home at|flat at|number|no\\.?) )(${number}),? ((?:\\p{Ll}{3,} ){1,2}?)(?:road|street|lane|avenue|crescent|terrace|drive|grove|close|court)(?!\\p{L})`,
    'giu',
  ),
];

const plain = (written: string): string => written.replaceAll('’', "'").replace(/'s$/u, '').toLowerCase();
const isOfService = (name: string): boolean =>
  name
    .trim()
    .split(' ')
    .every((each) => capitals.has(plain(each)) || lowerWords.has(plain(each)));

/** A year is no house number, and of a place that means other things at least one word is a name. */
const isAddress = (text: string, match: RegExpMatchArray, weak: boolean): boolean => {
  const [, house = '', name = ''] = match;
  if (/^(?:1[89]|20)\d\d$/u.test(house)) return false;
  // Cited as a body, as “Number 10” is.
  if (house === '10' && name.trim() === 'Downing') return false;
  if (cited.test(text.slice(Math.max(0, (match.index ?? 0) - 20), match.index))) return false;
  return !weak || !isOfService(name);
};

/** The addresses in a text, as they are written. The time grows with the length of the text and no faster. */
export const addressesIn = (text: string): string[] =>
  patterns.flatMap((pattern, index) =>
    [...text.matchAll(pattern)].flatMap((match) => (isAddress(text, match, index === 1) ? [match[0]] : [])),
  );
