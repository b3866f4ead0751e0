/**
 * Finds personal data in free text, which people must take out before the text is saved (need-to-know.md, section 8).
 *
 * It looks for six kinds, by their published formats. A finding names the field and the kind, and never holds any of
 * the text. Every pattern is bounded and starts at a fixed mark, so that the time for a text grows only with its
 * length, whatever it holds.
 */
import { asRead, runTogether, spokenAsFigures } from './as-read.js';
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
   * Whether a date may be more than two years past. By default only in the fields that cite minutes, Acts and
   * delegations by their dates; a date beside "born" is refused there as well.
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

/* ---- Numbers ---------------------------------------------------------------------------------------------- */

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/**
 * Ten digits, in one run or as 3-3-4. The pattern looks ahead, so that a number is found even where one that
 * fails its check overlaps it.
 */
const tenDigits = /(?<![\d£])(?=(\d{3}(?: ?[-./] ?| )?\d{3}(?: ?[-./] ?| )?\d{4})(?!\d))/g;
/** What may stand between two digits of one number, however its writer set them apart. */
const apart = '[^\\p{L}\\p{N}£]{0,3}';
/** Words between a label and its number: "NHS number of the child is". */
const labelWords =
  '(?:[^\\p{L}\\p{N}]{0,3}(?:number|num|no|nr|ref|reference|id|is|was|of|the|a|child|boy|girl|mother|father|parent|carer|family|person|man|woman|their|his|her|with|as)(?!\\p{L})){0,6}';
/** Ten digits, set apart in any way; it looks ahead, as above. */
const tenDigitsApart = new RegExp(`(?<![\\d£])(?=(\\d(?:${apart}\\d){9})(?!\\d))`, 'gu');
const nhsLabel = /(?<!\p{L})n[. ]{0,2}h[. ]{0,2}s(?!\p{L})/iu;
/** Right before the digits: then they are meant as one, also where a digit was mistyped. */
const nhsLabelBefore = new RegExp(
  `(?<!\\p{L})n[. ]{0,2}h[. ]{0,2}s(?!\\p{L})${labelWords}[^\\p{L}\\p{N}]{0,4}$`,
  'iu',
);
/** A day and a time after it make ten digits as well: "NHS trust, 12/01/2027 10:30". */
const dayAndMore = /^\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?(?:19|20)\d{2}/;

/** The check digit of the NHS number, modulus 11 (NHS Data Dictionary, "NHS NUMBER"). */
const hasCheckDigit = (digits: string): boolean => {
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += Number(digits[place]) * (10 - place);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(digits[9]); // 10 is no digit: such a number is never issued
};

/** Whether the label stands beside the digits: a few words before them, or right after. */
const isLabelledNhs = (text: string, start: number, digits: string): boolean => {
  if (dayAndMore.test(digits)) return false;
  const before = text.slice(Math.max(0, start - reach - margin), start);
  if (nhsLabelBefore.test(before)) return true;
  if (!hasCheckDigit(digitsOf(digits))) return false;
  const end = start + digits.length;
  return nhsLabel.test(before) || nhsLabel.test(text.slice(end, end + reach));
};

const findsNhsNumber = (text: string): boolean =>
  [...text.matchAll(tenDigits)].some((match) => hasCheckDigit(digitsOf(match[1] ?? ''))) ||
  (nhsLabel.test(text) &&
    [...text.matchAll(tenDigitsApart)].some((match) => isLabelledNhs(text, match.index, match[1] ?? '')));

/**
 * Two letters, six digits and a letter A to D. HMRC issues no prefix with D, F, I, Q, U or V, none with O in the
 * second place, and not BG, GB, KN, NK, NT, TN or ZZ (HMRC manual NIM39110). QQ appears only in its examples; we find
 * it too, because a person who types one means a number.
 */
const insuranceNumber =
  /(?<![a-z0-9])(?!bg|gb|kn|nk|nt|tn|zz)([abceghj-prstw-z][abceghj-nprstw-z]|qq)([ .-]?)\d(?:[ .-]?\d){5}([ .-]?)([a-d])(?![a-z0-9])/gi;
/**
 * Without its last letter, as it is often quoted, or set apart in other ways, it takes a label to tell it from a
 * reference. A small word before the digits of a day is no prefix: "in NI on 12 01 27".
 */
const insuranceLabel = 'national insurance|n[-. ]{0,2}i[-. ]{0,2}n[-. ]{0,2}o|n[. ]{0,2}i';
const insuranceDigits = `(?!(?:on|at|by|to|in|of|is|as)[^\\p{L}\\p{N}])[a-z]${apart}[a-z]${apart}\\d(?:${apart}\\d){5}(?!\\d)`;
const labelledInsuranceNumber = new RegExp(
  `(?<!\\p{L})(?:${insuranceLabel})(?!\\p{L})${labelWords}[^\\p{L}\\p{N}]{0,4}(?<!\\p{L})${insuranceDigits}`,
  'iu',
);
const insuranceNumberLabelled = new RegExp(
  `(?<!\\p{L})${insuranceDigits}${apart}[a-d]?${labelWords}[^\\p{L}\\p{N}]{1,4}(?:${insuranceLabel})(?!\\p{L})`,
  'iu',
);

/** Small letters set apart from the digits are words: "on 15 09 26 a meeting". */
const findsInsuranceNumber = (text: string): boolean =>
  labelledInsuranceNumber.test(text) ||
  insuranceNumberLabelled.test(text) ||
  [...text.matchAll(insuranceNumber)].some(
    ([, prefix = '', before, after, suffix = '']) =>
      (before === '' && after === '') || (prefix + suffix).toUpperCase() === prefix + suffix,
  );

/**
 * A number as dialled in this country: the first group is like a code (02x, or at least four digits), and later
 * groups have at least two digits. Dates do not begin like that, and neither do our references.
 */
const dialled =
  /(?<![\d£])(?<!\d[.,])\(?(0(?:2[03489]\d{0,9}|(?:1[1-9]|3[0347]|5[0568]|7\d|8[0478]|9[01])\d{1,9}))\)?((?:[ .()/_-]{1,3}\d{2,8}){0,5})/g;
/** A mobile number however its figures are set apart; a day that begins like one is none. */
const mobile = /(?<![\d£])(?<!\d[./-])(?=(0[ ._/()-]{0,2}7(?:[ ._/()-]{0,2}\d){9})(?!\d))/g;
const beginsAsDay = /^0?7 ?[./-] ?\d{1,2} ?[./-] ?\d{2}|^07 \d{2} (?:19|20)\d{2}/;
/** Without its nought, or with a letter in its place, it takes a label. */
const labelledNumber =
  /(?<!\p{L})(?:(?:tele)?phone|mobile|mob|tel|landline)(?!\p{L})(?: number| no| is|'s){0,3}[^\p{L}\p{N}]{0,4}[o0]?(?:[^\p{L}\p{N}£]{0,2}\d){10,11}(?!\d)/iu;
/** A number with its country: +44 or 0044 and a British one, or a plus sign and that of any other country. */
const international = /(?<![\d£])(?:\+ ?|00 ?(?=44))\(?([1-9]\d{0,14})\)?((?:[ .()/-]{1,3}\d{1,12}){0,8})/g;
/** The few that have ten digits and not eleven; grouped just so, for "0800-1000 12 May" is a time and a date. */
const tenDigitNumber = /^0(?:1\d{3} ?\d{5}|1\d{4} \d{4}|[58]00 ?\d{3} ?\d{3})(?!\d)/;

/** Whether the groups, taken one after the other, ever make up a length that is wanted. */
const addUp = (groups: readonly string[], wanted: (length: number) => boolean): boolean => {
  let length = 0;
  return groups.some((group) => wanted((length += group.length)));
};

const groupsOf = (text: string): string[] => text.match(/\d+/g) ?? [];

const findsTelephone = (text: string): boolean =>
  [...text.matchAll(dialled)].some(([number]) => {
    const groups = groupsOf(number);
    return addUp(groups, (length) => length === 11) || tenDigitNumber.test(groups.join(' '));
  }) ||
  labelledNumber.test(text) ||
  [...text.matchAll(mobile)].some(([, number = '']) => !beginsAsDay.test(number)) ||
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
  `(?<![A-Z0-9])(?:GIR ?0AA|(?:${centralLondon}|(?:${areas})(?:[1-9]\\d|\\d))(?: ?[-./] ?| )?(\\d[ABD-HJLNP-UW-Z]{2}))(?![A-Z0-9])`,
  'gi',
);
/** "Under s47 2nd enquiry", "by M25 2hr": the digit and small letters of an ordinal or a measure. */
const ordinalOrMeasure = /^\d(?:st|nd|rd|th|hr|yr|pg|pp)$/;

/** Beside its label, set apart in any way, and with letters that are mistaken for figures. */
const labelledPostcode = new RegExp(
  `(?<!\\p{L})post ?code(?!\\p{L})(?: is| was|'s| of| the| home){0,3}[^\\p{L}\\p{N}]{0,4}(?:${areas})[ ._/-]{0,3}[\\dIOL][\\dA-Z]?[^\\p{L}\\p{N}]{0,3}[\\dIOL][ABD-HJLNP-UW-Z]{2}(?!\\p{L})`,
  'iu',
);

const findsPostcode = (text: string): boolean =>
  labelledPostcode.test(text) ||
  [...text.matchAll(postcode)].some(([, inward = '']) => !ordinalOrMeasure.test(inward));

/** Looks for the @ first, and then at the text around it. */
const email =
  /(?<=[\p{L}\p{N}_%+'.-] ?)@ ?(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,10}(?:\p{L}{2}| (?:org|com|net|uk|gov|co|info|eu|nhs|police)(?!\p{L}))/iu;

/** Written out: "someone at example dot org". */
const spokenEmail = / (?:at|\(at\)|\[at\]) [\p{L}\p{N}-]{1,62} ?[([]?dot[)\]]? ?\p{L}{2}/iu;

/** Beside the word: "mail somebody at example.org"; without it a place in the web is meant. */
const labelledEmail =
  /(?<!\p{L})(?:e-?)?mail(?:ed|s)?(?!\p{L})(?: (?:to|address|is|of|the|her|him|them)){0,3}[^\p{L}\p{N}]{0,3}[\p{L}\p{N}._%+-]{1,64} at [\p{L}\p{N}-]{1,62}\.\p{L}{2}/iu;
/** "(at)", "{at}" and "< dot >" are signs in words. */
const withSigns = (text: string): string =>
  text.replaceAll(/ ?[([{<] ?at ?[)\]}>] ?/giu, '@').replaceAll(/ ?[([{<] ?dot ?[)\]}>] ?/giu, '.');

const findsEmail = (text: string): boolean =>
  spokenEmail.test(text) || labelledEmail.test(text) || email.test(withSigns(text));

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

/** Days in words: "the third of March". */
const dayInWords =
  '(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|' +
  'fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)';

/** Ways that are dates beside "born", and elsewhere may be paragraphs, references or the day of a meeting. */
const partialDates: readonly RegExp[] = [
  // 1.2.15, 1 2 15, 1 / 2 / 2015, 1_2_15
  new RegExp(
    `(?<!\\d)(?:0?[1-9]|[12]\\d|3[01])${apart}(?:0?[1-9]|1[0-2])${apart}(?:(?:19|20)\\d{2}|\\d{2})(?!\\d)`,
    'gu',
  ),
  // The same with the year first
  new RegExp(
    `(?<!\\d)(?:19|20)\\d{2}${apart}(?:0?[1-9]|1[0-2])${apart}(?:0?[1-9]|[12]\\d|3[01])(?!\\d)`,
    'gu',
  ),
  // 0 1 0 2 2 0 1 5
  new RegExp(
    `(?<!\\d)[0-3]${apart}\\d${apart}[01]${apart}\\d${apart}(?:[12]${apart}[09]${apart})?\\d${apart}\\d(?!\\d)`,
    'gu',
  ),
  new RegExp(
    `(?<!\\d)[12]${apart}[09]${apart}\\d${apart}\\d${apart}[01]${apart}\\d${apart}[0-3]${apart}\\d(?!\\d)`,
    'gu',
  ),
  // 02/2015
  /(?<!\d)(?:0?[1-9]|1[0-2]) ?[./-] ?(?:19|20)\d{2}(?!\d)/gu,
  // 1st of February; February 1; February 2015; the third of March
  new RegExp(`(?<!\\d)${day}(?: of)?${apart}${month}(?!\\p{L})`, 'giu'),
  new RegExp(`(?<!\\p{L})${dayInWords}(?: day)?(?: of)?[ .,-]{1,3}${month}(?!\\p{L})`, 'giu'),
  new RegExp(`(?<!\\p{L})${month}[ .,'_/-]{1,3}(?:the )?\\d{1,4}(?!\\d)`, 'giu'),
];

/** A day and a month right behind the label, which is all that a birthday takes. */
const labelledDay = (word: string): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${word})[^\\p{L}\\p{N}]{1,4}\\d{1,2} ?[./-] ?\\d{1,2}(?!\\d)`, 'iu');

/** A year alone, which tells an age beside "born". */
const years: readonly RegExp[] = [
  new RegExp(`(?<![\\d£])(?<!\\d[./-])(?:1${apart}9|2${apart}0)${apart}\\d${apart}\\d(?!\\d)`, 'gu'),
  /(?<![\p{L}\d])'\d{2}(?!\d)/gu,
];

/**
 * What says that a date is of birth: "born", "DOB", "date of birth", and "birth" by itself. "Unborn" and "newborn" are
 * other words, a pre-birth conference is a meeting with a date of its own, and a birth family, parent or plan is no day.
 */
const strongWord =
  'born|(?:date|day|month|year|time)[ -]of[ -]birth|birth[ -]?(?:days?|dates?|years?)|d[., /-]{0,2}o[., /-]{0,2}b';
const birthWord = new RegExp(
  `(?<!\\p{L})(?:${strongWord}|(?<!pre[ -]?)birth(?! ?-?\\p{L})|(?<!pre[ -]?)birth(?= (?:on|in|at|is|was|took|to|of|about|around|` +
    `certificate|certificated|registered|registration|recorded|notified|${month}|mon|tue|wed|thu|fri|sat|sun)))(?!\\p{L})`,
  'giu',
);
const dayOfBirth = labelledDay(strongWord);
const strongBirthWord = new RegExp(`(?<!\\p{L})(?:${strongWord})(?!\\p{L})`, 'giu');
/** How far from the word a date may stand and still be beside it, in characters, and in the same sentence. */
const reach = 40;
/** Longer than the word, so that a word cut off at the edge of the searched text is out of reach. */
const margin = 20;
/** A word and a stop, then a capital; but not "St. Mary's", nor "Date of birth. Monday 1 June". */
const sentenceEnd =
  /[\p{L}\p{N}]{3}[.!?] (?!Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec)\p{Lu}/u;

/** How many characters are between a word and `text.slice(start, end)`, in the same sentence; null where none is in reach. */
const distance = (text: string, start: number, end: number, word: RegExp): number | null => {
  const before = text.slice(Math.max(0, start - reach - margin), start);
  const after = text.slice(end, end + reach + margin);
  const last = [...before.matchAll(word)].at(-1);
  const next = after.search(word);
  const back =
    last !== undefined && !sentenceEnd.test(before.slice(last.index))
      ? before.length - last.index - last[0].length
      : Infinity;
  const ahead = next !== -1 && !sentenceEnd.test(text.slice(start, end + next + 1)) ? next : Infinity;
  const nearest = Math.min(back, ahead);
  return nearest <= reach ? nearest : null;
};

/**
 * What is cited by its date: an Act, guidance, a report, a meeting, a committee, a delegation; and what the register has
 * a date for, an election, an appointment or a course.
 */
const citedWord =
  /(?<!\p{L})(?:acts?|regulations?|orders?|rules|directions?|statutory|guidance|guidelines?|codes?|circulars?|reports?|reviews?|inspections?|inspected|ofsted|ilacs|cqc|minutes?|minuted|meetings?|met|committees?|sub-?committees?|panels?|boards?|cabinet|executive|council|commission|task groups?|protocols?|polic(?:y|ies)|procedures?|standing orders|constitution|delegations?|delegated|schemes?|decisions?|decided|resolutions?|resolved|recommendations?|strateg(?:y|ies)|judge?ments?|inquir(?:y|ies)|statements?|papers?|agendas?|items?|plans?|programmes?|elections?|elected|by-elections?|appointments?|appointed|adopted|published|publication|issued|approved|amended|commenced|in force|training|trained|keeping children safe(?: in education)?|working together|courses?|letters?|versions?|editions?|conferences?)(?!\p{L})/giu;

/** A child or a person right before the date: then it is theirs, whatever paper speaks of it. */
const ofSomebody =
  /(?<!\p{L})(?:child(?:ren)?|boys?|girls?|sons?|daughters?|bab(?:y|ies)|infants?|siblings?|brothers?|sisters?|twins?|pupils?|he|she)(?: of| from)?[^\p{L}\p{N}]{0,3}$/iu;

const digit = /\d/;

/** Whether a word of birth is beside the date, and nothing that is cited by its date is nearer. */
const besideBirth = (text: string, start: number, end: number, word = birthWord): boolean => {
  const birth = distance(text, start, end, word);
  if (birth === null) return false;
  const cited = distance(text, start, end, citedWord);
  return cited === null || birth <= cited;
};

const findsDateOfBirth = (text: string, today: string, allowOldDates: boolean): boolean => {
  const named = text.search(birthWord) !== -1;
  // Each way to write a date has a digit, but for a day in words.
  if (!digit.test(text) && !named) return false;
  const earliest = addMonths(today, -12 * oldestDateYears);
  const beside = (match: RegExpExecArray): boolean =>
    named && besideBirth(text, match.index, match.index + match[0].length);
  const isCited = (match: RegExpExecArray): boolean =>
    !ofSomebody.test(text.slice(Math.max(0, match.index - margin), match.index)) &&
    distance(text, match.index, match.index + match[0].length, citedWord) !== null;
  return (
    wholeDates.some(({ pattern, read }) =>
      [...text.matchAll(pattern)].some((match) => {
        const date = read(today, ...match.slice(1));
        return date !== null && ((!allowOldDates && date < earliest && !isCited(match)) || beside(match));
      }),
    ) ||
    dayOfBirth.test(text) ||
    (named && partialDates.some((pattern) => [...text.matchAll(pattern)].some(beside))) ||
    (named &&
      years.some((pattern) =>
        [...text.matchAll(pattern)].some((match) =>
          besideBirth(text, match.index, match.index + match[0].length, strongBirthWord),
        ),
      ))
  );
};

/* ---- The screen ------------------------------------------------------------------------------------------- */

/** The fields that cite minutes, Acts and delegations by their dates (need-to-know.md, sections 6a and 8). */
const cites = (field: string): boolean =>
  /(?:^|\.)(?:citation|authority|minute|namedBy|delegation|cites)$/.test(field);

/**
 * What people must take out of a text before it is saved: at most one finding of each kind, in the order of
 * `personalDataKinds`. A finding never holds any of the text.
 */
export const screen = (
  text: string,
  { field, today, allowOldDates = cites(field) }: ScreeningOptions & { readonly field: string },
): Finding[] => {
  const whole = asRead(text);
  // What is set apart letter by letter, or has its figures in words, is looked at run together too.
  const apartOrSpoken = [runTogether(whole), spokenAsFigures(whole)].filter(Boolean).join(' | ');
  const read = apartOrSpoken === '' ? whole : `${whole} | ${apartOrSpoken}`;
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
