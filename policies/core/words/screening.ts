/**
 * Finds personal data in free text, which people must take out before the text is saved (need-to-know.md, section 8).
 *
 * It looks for six kinds, by their published formats. A finding names the field and the kind, and never holds any of
 * the text. Every pattern is bounded and starts at a fixed mark, so that the time for a text grows only with its
 * length, whatever it holds.
 */
import { addMonths } from '../time/london.js';
import type { FieldError } from '../refusals.js';

export const personalDataKinds = [
  'nhs_number',
  'date_of_birth',
  'postcode',
  'telephone',
  'email',
  'national_insurance_number',
] as const;
export type PersonalDataKind = (typeof personalDataKinds)[number];

export interface Finding {
  /** Path of the field as sent. */
  readonly field: string;
  readonly kind: PersonalDataKind;
  /** Plain words for the person who wrote it. */
  readonly message: string;
}

export interface ScreeningOptions {
  /** Today in London, `YYYY-MM-DD`: it decides what is "more than two years past". */
  readonly today: string;
  /**
   * Whether a date may be more than two years past. By default only in a field that cites an authority or a minute by
   * its date; a date beside "born" is refused there as well.
   */
  readonly allowOldDates?: boolean;
}

/**
 * A date that is further back, in years, is refused as a possible date of birth (need-to-know.md, section 8). The
 * message says it as a word: no figure may stand in a finding.
 */
export const oldestDateYears = 2;

const messages: Readonly<Record<PersonalDataKind, string>> = {
  nhs_number: 'This looks like an NHS number. Take it out: a case goes by its local reference alone.',
  date_of_birth:
    'This looks like a date of birth, or a date more than two years past. Take it out: it could show who somebody is.',
  postcode: 'This looks like a postcode. Take it out: it could show where somebody lives.',
  telephone: 'This looks like a telephone number. Take it out: it could show who somebody is.',
  email: 'This looks like an e-mail address. Take it out: it could show who somebody is.',
  national_insurance_number:
    'This looks like a National Insurance number. Take it out: it could show who somebody is.',
};

/* ---- One spelling for what looks the same ---------------------------------------------------------------- */

const lineOrSpace = /[\s\x85\u2800]/u;
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}\p{Cc}]/gu;

const strip = (text: string): string =>
  text.replace(invisible, (character) =>
    // A line end is a control character too. U+FEFF counts as a space in JavaScript, and is as wide as nothing.
    lineOrSpace.test(character) && character !== '\uFEFF' ? ' ' : '',
  );

/** The value of a decimal digit of any script: Unicode keeps them in tens, each ten in order from 0 to 9. */
const digitValue = (digit: string): string => {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
};

/**
 * The text as it reads: nothing invisible, no accents, full-width letters and digits as plain ones, every dash
 * `-`, every run of white space one space. Marks go first, because normalising a long run of them takes time in
 * the square of its length; and once more, because normalising may set some free.
 */
const asRead = (text: string): string =>
  strip(strip(text).normalize('NFKC'))
    .replace(/(?![0-9])\p{Nd}/gu, digitValue)
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\u2018\u2019\u02BC]/gu, "'")
    .replace(/[\s\u2800]+/gu, ' ');

/* ---- Beside a label ---------------------------------------------------------------------------------------- */

/** What may stand between two digits of one number beside its label: no letter, and little of anything else. */
const gap = '[^\\p{L}\\p{N}]{0,3}';
/** Digits however they are set apart. */
const digitRun = new RegExp(`\\d(?:${gap}\\d)*`, 'gu');

/** How far from a label, in characters, a number may stand and still be beside it, and in the same sentence. */
const reach = 40;
/** Longer than a label, so that a label cut off at the edge of the searched text is out of reach. */
const margin = 20;
/** A word and a stop, then a capital; but not "St. Mary's", nor "Date of birth. Monday 1 June". */
const sentenceEnd =
  /[\p{L}\p{N}]{3}[.!?] (?!Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec)\p{Lu}/u;

/** A text beside a label, and what stands between the two. */
interface Beside {
  readonly match: RegExpExecArray;
  readonly between: string;
  /** Where it begins in the whole text. */
  readonly at: number;
}

/** Everything of that pattern that stands beside a label, after it or before it. */
const besideLabel = (text: string, label: RegExp, pattern: RegExp): Beside[] =>
  [...text.matchAll(label)].flatMap((found) => {
    const start = found.index;
    const end = start + found[0].length;
    const from = Math.max(0, start - reach - margin);
    const after = [...text.slice(end, end + reach + margin).matchAll(pattern)].map((match) => ({
      match,
      between: text.slice(end, end + match.index),
      at: end + match.index,
    }));
    const before = [...text.slice(from, start).matchAll(pattern)].map((match) => ({
      match,
      between: text.slice(from + match.index + match[0].length, start),
      at: from + match.index,
    }));
    return [...after, ...before].filter(
      ({ between }) => between.length <= reach && !sentenceEnd.test(between),
    );
  });

/* ---- Numbers ---------------------------------------------------------------------------------------------- */

const digitsOf = (text: string): string => text.replace(/\D/g, '');
const groupsOf = (text: string): string[] => text.match(/\d+/g) ?? [];

/**
 * Ten digits, in one run or as 3-3-4. The pattern looks ahead, so that a number is found even where one that
 * fails its check overlaps it.
 */
const tenDigits = /(?<![\d£])(?=(\d{3}(?: ?[-./_] ?| )?\d{3}(?: ?[-./_] ?| )?\d{4})(?!\d))/g;

/** The check digit of the NHS number, modulus 11 (NHS Data Dictionary, "NHS NUMBER"). */
const hasCheckDigit = (digits: string): boolean => {
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += Number(digits[place]) * (10 - place);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(digits[9]); // 10 is no digit: such a number is never issued
};

const nhs = /(?<![\p{L}\p{N}])n[ ._/-]{0,2}h[ ._/-]{0,2}s(?:[ ._-]?(?:number|no))?(?!\p{L})/giu;
/** After these words ten digits are the number, its check digit mistyped or not. */
const nhsNumber = /(?:number|no)$|^ ?(?:number|no|id)\b|^ ?[:#=]/iu;

/** Ten digits of neighbouring groups. */
const tensIn = (run: string): string[] => {
  const groups = groupsOf(run);
  return groups.flatMap((_, first) => {
    let joined = '';
    for (const group of groups.slice(first, first + 10)) {
      joined += group;
      if (joined.length >= 10) break;
    }
    return joined.length === 10 ? [joined] : [];
  });
};

const findsLabelledNhsNumber = (text: string): boolean =>
  besideLabel(text, nhs, digitRun).some(({ match, between, at }) => {
    const tens = tensIn(match[0]);
    const isNamed = nhsNumber.test(between) || /(?:number|no)[^\p{L}]*$/iu.test(text.slice(0, at).slice(-12));
    return tens.some(hasCheckDigit) || (isNamed && digitsOf(match[0]).length === 10);
  });

const findsNhsNumber = (text: string): boolean =>
  [...text.matchAll(tenDigits)].some((match) => hasCheckDigit(digitsOf(match[1] ?? ''))) ||
  findsLabelledNhsNumber(text);

/**
 * Two letters, six digits and a letter A to D. HMRC issues no prefix with D, F, I, Q, U or V, none with O in the
 * second place, and not BG, GB, KN, NK, NT, TN or ZZ (HMRC manual NIM39110). QQ appears only in its examples; we find
 * it too, because a person who types one means a number.
 */
const insuranceNumber =
  /(?<![a-z0-9])(?!bg|gb|kn|nk|nt|tn|zz)([abceghj-prstw-z][abceghj-nprstw-z]|qq)([ .-]?)\d(?:[ .-]?\d){5}([ .-]?)([a-d])(?![a-z0-9])/gi;
/** Beside its label it may lack its last letter, and be set apart in any way. */
const insuranceLabel =
  /(?<![\p{L}\p{N}])(?:national insurance|n[ ._/-]{0,2}i(?:[ ._/-]{0,2}n[ ._/-]{0,2}o)?)(?!\p{L})/giu;
const labelledInsuranceNumber = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:([abceghj-prstw-z])${gap}([abceghj-nprstw-z])|qq)${gap}\\d(?:${gap}\\d){5}(?!\\d)`,
  'giu',
);
/** "NI by 15.09.26": a word of two letters before a date. */
const shortWord = /^(?:am|an|as|at|be|by|ex|he|me|my|on|or|pm|pp|ss|we)[^\p{L}]/u;

const findsLabelledInsuranceNumber = (text: string): boolean =>
  besideLabel(text, insuranceLabel, labelledInsuranceNumber).some(({ match }) => !shortWord.test(match[0]));

/** Small letters set apart from the digits are words: "on 15 09 26 a meeting". */
const findsInsuranceNumber = (text: string): boolean =>
  findsLabelledInsuranceNumber(text) ||
  [...text.matchAll(insuranceNumber)].some(
    ([, prefix = '', before, after, suffix = '']) =>
      (before === '' && after === '') || (prefix + suffix).toUpperCase() === prefix + suffix,
  );

/**
 * A number as dialled in this country: the first group is like a code (02x, or at least four digits), and later
 * groups have at least two digits. Dates do not begin like that, and neither do our references.
 */
const dialled =
  /(?<![\d£])(?<!\d[.,])\(?(0(?:2[03489]\d{0,9}|(?:1[1-9]|3[0347]|5[0568]|7\d|8[0478]|9[01])\d{1,9}))\)?((?:[ .()-]{1,3}\d{2,8}){0,5})/g;
/** A number with its country: +44 or 0044 and a British one, or a plus sign and that of any other country. */
const international = /(?<![\d£])(?:\+ ?|00 ?(?=44))\(?([1-9]\d{0,14})\)?((?:[ .()-]{1,3}\d{1,12}){0,8})/g;
/** The few that have ten digits and not eleven; grouped just so, for "0800-1000 12 May" is a time and a date. */
const tenDigitNumber = /^0(?:1\d{3} ?\d{5}|1\d{4} \d{4}|[58]00 ?\d{3} ?\d{3})(?!\d)/;

/** Whether the groups, taken one after the other, ever make up a length that is wanted. */
const addUp = (groups: readonly string[], wanted: (length: number) => boolean): boolean => {
  let length = 0;
  return groups.some((group) => wanted((length += group.length)));
};

const findsTelephone = (text: string): boolean =>
  [...text.matchAll(dialled)].some(([number]) => {
    const groups = groupsOf(number);
    return addUp(groups, (length) => length === 11) || tenDigitNumber.test(groups.join(' '));
  }) ||
  [...text.matchAll(international)].some(([, country = '', rest = '']) =>
    addUp([country, ...groupsOf(rest)], (length) => length >= 10 && length <= 15),
  );

/* ---- Addresses -------------------------------------------------------------------------------------------- */

/** The postcode areas (Royal Mail PAF), the Crown dependencies, and BF for the forces. */
const areas =
  'A[BL]|B[ABDFHLNRSTX]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|' +
  'L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE';
/** Only central London has a letter after the district. */
const centralLondon = '(?:E1|N1|W1|EC[1-4]|WC[12]|SE1|SW1|NW1)[A-HJKMNPRS-Y]';
const postcode = new RegExp(
  `(?<![A-Z0-9])(?:GIR ?0AA|(?:${centralLondon}|(?:${areas})(?:[1-9]\\d|\\d))[ -]?(\\d[ABD-HJLNP-UW-Z]{2}))(?![A-Z0-9])`,
  'gi',
);
/** "Under s47 2nd enquiry", "by M25 2hr": the digit and small letters of an ordinal or a measure. */
const ordinalOrMeasure = /^\d(?:st|nd|rd|th|hr|yr|pg|pp)$/;

const findsPostcode = (text: string): boolean =>
  [...text.matchAll(postcode)].some(([, inward = '']) => !ordinalOrMeasure.test(inward));

/** Looks for the @ first, and then at the text around it. "(at)" counts as @. */
const email =
  /(?<=[\p{L}\p{N}_%+'.-])(?:@| ?[([]at[)\]] ?)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,10}\p{L}{2}/iu;

const findsEmail = (text: string): boolean => email.test(text);

/* ---- Dates ------------------------------------------------------------------------------------------------ */

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const day = '(\\d{1,2})(?: ?(?:st|nd|rd|th))?';
/** "12 January 1030" is a day and a time. */
const year = '((?:19|20)\\d{2})';
/** Not inside a longer number, nor inside a longer row of numbers such as 10.11.12.13. */
const opens = '(?<![\\d£])(?<!\\d[./-])';

const isoDate = (y: number, m: number, d: number): string | null =>
  m >= 1 && m <= 12 && d >= 1 && d <= 31
    ? `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
    : null;

/** Day first, as here; month first where only that can be meant. */
const numericDate = (y: number, first: number, second: number): string | null =>
  isoDate(y, second, first) ?? isoDate(y, first, second);

const monthNumber = (name: string): number => monthNames.indexOf(name.slice(0, 3).toLowerCase()) + 1;

/** Two digits of a year: at most five years ahead of today, else of the last century. */
const fullYear = (digits: string, today: string): number => {
  const latest = Number(today.slice(0, 4)) + 5;
  return latest - ((latest - Number(digits)) % 100);
};

/** One way to write a date, and how to read it. */
interface DateForm {
  readonly pattern: RegExp;
  /** The `YYYY-MM-DD` that the captured parts make, or null when they make none. */
  readonly read: (today: string, ...parts: string[]) => string | null;
}

const form = (source: string, read: DateForm['read']): DateForm => ({
  pattern: new RegExp(source, 'giu'),
  read,
});

/** Ways to write a whole date that can hardly mean anything else. */
const wholeDates: readonly DateForm[] = [
  // 2015-02-01, 2015/2/1
  form(`${opens}${year} ?[./-] ?(\\d{1,2}) ?[./-] ?(\\d{1,2})(?!\\d)`, (_, y = '', m, d) =>
    isoDate(Number(y), Number(m), Number(d)),
  ),
  // 1/2/2015, 01.02.2015, 1-2-2015, 01 02 2015
  form(`${opens}(\\d{1,2})(?: ?[./-] ?| )(\\d{1,2})(?: ?[./-] ?| )${year}(?!\\d)`, (_, d, m, y) =>
    numericDate(Number(y), Number(d), Number(m)),
  ),
  // 1/2/15
  form(`${opens}(\\d{1,2}) ?/ ?(\\d{1,2}) ?/ ?(\\d{2})(?!\\d)(?!/\\d)`, (today, d, m, y = '') =>
    numericDate(fullYear(y, today), Number(d), Number(m)),
  ),
  // 01.02.15, 01-02-15; but 1.2.15 is as likely a paragraph
  form(`${opens}(\\d{2})([.-])(\\d{2})\\2(\\d{2})(?!\\d)(?!\\2\\d)`, (today, d, _, m, y = '') =>
    numericDate(fullYear(y, today), Number(d), Number(m)),
  ),
  // 1 Feb 2015, 1st of February, 2015
  form(`(?<!\\d)${day}(?: of)?[ .,/-]{0,3}${month}[ .,/-]{0,3}${year}(?!\\d)`, (_, d, m = '', y) =>
    isoDate(Number(y), monthNumber(m), Number(d)),
  ),
  // 01-Feb-15, 1 Feb '15; but "3 March 15 members" is no year
  form(`(?<!\\d)${day}[ .,/-]{0,3}${month}(?: ?'|[./-])(\\d{2})(?!\\d)`, (today, d, m = '', y = '') =>
    isoDate(fullYear(y, today), monthNumber(m), Number(d)),
  ),
  // February 1, 2015, Feb 1st 2015
  form(`(?<!\\p{L})${month}[ .,-]{0,3}(?:the )?${day}[ .,-]{1,3}${year}(?!\\d)`, (_, m = '', d, y) =>
    isoDate(Number(y), monthNumber(m), Number(d)),
  ),
  // 2015 Feb 1
  form(`(?<!\\d)${year}[ .,/-]{0,3}${month}[ .,/-]{0,3}${day}(?!\\d)`, (_, y, m = '', d) =>
    isoDate(Number(y), monthNumber(m), Number(d)),
  ),
];

/** Ways that are dates beside "born", and elsewhere may be paragraphs, references or the day of a meeting. */
const partialDates: readonly RegExp[] = [
  // 1.2.15, 1 2 15
  /(?<!\d)(?:0?[1-9]|[12]\d|3[01])[. -](?:0?[1-9]|1[0-2])[. -]\d{2}(?!\d)/gu,
  // 01022015, 010215, 20150201
  /(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)?\d{2}(?!\d)/gu,
  /(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/gu,
  // 1st of February; February 1; February 2015; 1_Feb
  new RegExp(`(?<!\\d)${day}(?: of)?${gap}${month}(?!\\p{L})`, 'giu'),
  new RegExp(`(?<!\\p{L})${month}(?:[^\\p{L}\\p{N}]{1,3}(?:the )?\\d{1,4}|'?(?:19|20)\\d{2})(?!\\d)`, 'giu'),
];

/**
 * "Unborn" and "newborn" are other words, a pre-birth conference is a meeting with a date of its own, and a birth family
 * is a family.
 */
const notOfDate =
  'famil(?:y|ies)|parents?|mothers?|fathers?|mums?|dads?|relatives?|relations?|siblings?|brothers?|sisters?|' +
  'grandparents?|child|children|names?|partners?|plans?|rates?|trauma|weights?|order|statistics|figures|cohorts?';
const birthWord = new RegExp(
  '(?<!\\p{L})(?:born|(?<!pre[ -]?)(?:date ?of ?)?birth(?:[ -]?days?|[ -]?dates?)?' +
    `(?![ -](?:${notOfDate})(?!\\p{L}))|b[-']?day|` +
    'dob|d[ ._/-]{1,2}o[ ._/-]{1,2}b|d\\.o\\.?b|do\\.b)(?!\\p{L})',
  'giu',
);

/** Whether a word of birth is next to `text.slice(start, end)`: the nearest before it, or the nearest after. */
const besideBirth = (text: string, start: number, end: number): boolean => {
  const before = text.slice(Math.max(0, start - reach - margin), start);
  const after = text.slice(end, end + reach + margin);
  const last = [...before.matchAll(birthWord)].at(-1);
  const next = after.search(birthWord);
  return (
    (last !== undefined &&
      before.length - last.index - last[0].length <= reach &&
      !sentenceEnd.test(before.slice(last.index))) ||
    (next !== -1 && next <= reach && !sentenceEnd.test(text.slice(start, end + next + 1)))
  );
};

/** A year alone stands nearer to the word: "born in 2015". */
const reachOfYear = 20;
const aYear = /^(?:19|20)\d{2}$/;
const dayOrMonth = /^\d{1,2}$/;

const isDateOf = ([one = '', two = '', three = '']: readonly string[]): boolean => {
  if (!dayOrMonth.test(two)) return false;
  if (aYear.test(one))
    return dayOrMonth.test(three) && numericDate(2000, Number(three), Number(two)) !== null;
  return (
    dayOrMonth.test(one) &&
    (aYear.test(three) || /^\d{2}$/.test(three)) &&
    numericDate(2000, Number(one), Number(two)) !== null
  );
};

/** A date without anything between its parts: 01022015, 010215, 20150201, 2015. */
const joinedDate = (digits: string): boolean => {
  const [, d, m] = /^(\d{2})(\d{2})(?:(?:19|20)\d{2}|\d{2})$/.exec(digits) ?? [];
  const [, month8, day8] = /^(?:19|20)\d{2}(\d{2})(\d{2})$/.exec(digits) ?? [];
  return (
    (d !== undefined && isoDate(2000, Number(m), Number(d)) !== null) ||
    (day8 !== undefined && isoDate(2000, Number(month8), Number(day8)) !== null)
  );
};

/** Digits beside a word of birth that read as a date, however they are set apart; or as a year. */
const findsLabelledBirth = (text: string): boolean =>
  besideLabel(text, birthWord, digitRun).some(({ match, between, at }) => {
    const groups = groupsOf(match[0]);
    const joined = groups.join('');
    if (groups.some((_, first) => isDateOf(groups.slice(first, first + 3))) || joinedDate(joined))
      return true;
    if (/^[ :=-]*(?:on )?$/u.test(between) && /^\d{1,2} ?[./-] ?\d{1,2}$/.test(match[0])) {
      return numericDate(2000, Number(groups[0]), Number(groups[1])) !== null;
    }
    const isYear =
      (groups.some((group) => aYear.test(group)) || aYear.test(joined)) && between.length <= reachOfYear;
    return isYear && !citing.test(between) && !isCited(text, at, at + match[0].length);
  });

/** What has a date of its own that says nothing of a child: Acts, guidance, reports, meetings, committees. */
const cited =
  "Acts?|Bill|[Rr]egulations|[Gg]uidance|[Cc]ircular|[Cc]ode|[Rr]eports?|[Mm]inutes?|[Mm]eetings?|[Cc]ommittees?(?:'s)?|" +
  '[Ss]ub-?[Cc]ommittees?|[Cc]ommission|[Bb]oard|[Pp]anel|Working Together';
const citing = new RegExp(`(?<!\\p{L})(?:${cited})(?!\\p{L})`, 'u');
const lastCiting = new RegExp(`(?<!\\p{L})(?:${cited})(?!\\p{L})`, 'gu');
/** Words that may mean other things: the date follows or precedes them closely. */
const closelyCited =
  'Councils?|Cabinet|Executive|Constitution|[Rr]esolutions?|[Aa]genda|[Pp]olicy|[Pp]rotocols?|[Ss]trategy|[Ff]ramework|' +
  '[Ss]cheme|[Jj]udgment|[Rr]uling|[Pp]ublished|[Ii]ssued|[Ff]orce|[Aa]ssent|[Ii]nspection|[Ii]nquiry|[Dd]elegations?|' +
  'Hansard|Ofsted|White Paper|Green Paper|[Dd]irections?|[Mm]otion|[Ss]tanding [Oo]rders?';
const closelyBefore = new RegExp(
  `(?<!\\p{L})(?:${closelyCited})[ ,(:-]{0,2}(?:of|on|dated|in|as at|at|from|since)?[ (]{0,2}$`,
  'u',
);
const closelyAfter = new RegExp(`^[ ,):-]{0,2}(?:the )?(?:${closelyCited})(?!\\p{L})`, 'u');
/** A person between the two: then the date is theirs. */
const somebody =
  /(?<!\p{L})(?:child|baby|boy|girl|infant|toddler|twins?|son|daughter|sibling|brother|sister|mother|father|mum|dad|pupil|patient|aged?|[Hh]e|[Ss]he|him|her|his|Child [A-Z])(?![\p{L}])/u;
const reachOfCitation = 60;

/** Whether `text.slice(start, end)` is the date of an Act, guidance, a report, a meeting or a committee. */
const isCited = (text: string, start: number, end: number): boolean => {
  const before = text.slice(Math.max(0, start - reachOfCitation), start);
  const after = text.slice(end, end + reachOfCitation);
  if (closelyBefore.test(before) || closelyAfter.test(after)) return true;
  const isClean = (between: string): boolean => !somebody.test(between) && !sentenceEnd.test(between);
  const last = [...before.matchAll(lastCiting)].at(-1);
  const next = citing.exec(after);
  return (
    (last !== undefined && isClean(before.slice(last.index))) ||
    (next !== null && isClean(after.slice(0, next.index + next[0].length)))
  );
};

const digit = /\d/;

const findsDateOfBirth = (text: string, today: string, allowOldDates: boolean): boolean => {
  // Each way to write a date has one.
  if (!digit.test(text)) return false;
  const earliest = addMonths(today, -12 * oldestDateYears);
  const beside = (match: RegExpExecArray): boolean =>
    besideBirth(text, match.index, match.index + match[0].length);
  return (
    wholeDates.some(({ pattern, read }) =>
      [...text.matchAll(pattern)].some((match) => {
        const date = read(today, ...match.slice(1));
        if (date === null) return false;
        const isOld = !allowOldDates && date < earliest;
        return beside(match) || (isOld && !isCited(text, match.index, match.index + match[0].length));
      }),
    ) ||
    findsLabelledBirth(text) ||
    partialDates.some((pattern) => [...text.matchAll(pattern)].some(beside))
  );
};

/* ---- The screen ------------------------------------------------------------------------------------------- */

/** Fields that cite authorities, minutes and delegations by their dates (need-to-know.md, section 6a). */
const citations: ReadonlySet<string> = new Set(['citation', 'authority', 'minute', 'namedBy', 'delegation']);

/** Whether a field cites an authority: by the last part of its path. */
const isCitation = (field: string): boolean => citations.has(field.slice(field.lastIndexOf('.') + 1));

/**
 * What people must take out of a text before it is saved: at most one finding of each kind, in the order of
 * `personalDataKinds`. A finding never holds any of the text.
 */
export const screen = (
  text: string,
  { field, today, allowOldDates = isCitation(field) }: ScreeningOptions & { readonly field: string },
): Finding[] => {
  const read = asRead(text);
  const finds: Readonly<Record<PersonalDataKind, () => boolean>> = {
    nhs_number: () => findsNhsNumber(read),
    date_of_birth: () => findsDateOfBirth(read, today, allowOldDates),
    postcode: () => findsPostcode(read),
    telephone: () => findsTelephone(read),
    email: () => findsEmail(read),
    national_insurance_number: () => findsInsuranceNumber(read),
  };
  return personalDataKinds
    .filter((kind) => finds[kind]())
    .map((kind) => ({ field, kind, message: messages[kind] }));
};

/** Screens each field that has a text; the faults are as a refusal shows them, `Invalid` in refusals.ts. */
export const screenAll = (
  fields: Readonly<Record<string, string | undefined>>,
  options: ScreeningOptions,
): FieldError[] =>
  Object.entries(fields).flatMap(([field, text]) =>
    text === undefined ? [] : screen(text, { ...options, field }).map(({ message }) => ({ field, message })),
  );
