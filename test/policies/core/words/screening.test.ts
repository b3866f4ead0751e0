import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  personalDataKinds,
  screen,
  screenAll,
  type PersonalDataKind,
} from '../../../../policies/core/words/screening.js';
import { isLong } from '../../../support/long.js';

/* Every number here is made up: NHS numbers from the range 999, which is never issued, telephone numbers from
   those kept for drama, and the examples that the issuing bodies print themselves. */

const today = '2026-09-15';
const kindsIn = (text: string, field = 'necessity'): PersonalDataKind[] =>
  screen(text, { field, today }).map(({ kind }) => kind);

/** Pairs each text with its findings, so that a failure names the text. */
const eachFinds = (kind: PersonalDataKind, texts: readonly string[]): void =>
  expect(texts.map((text) => [text, kindsIn(text).includes(kind)])).toEqual(
    texts.map((text) => [text, true]),
  );
const nothingIn = (texts: readonly string[]): void =>
  expect(texts.map((text) => [text, kindsIn(text)])).toEqual(texts.map((text) => [text, []]));

const checkDigit = (nine: string): number => {
  const sum = nine.split('').reduce((total, digit, place) => total + Number(digit) * (10 - place), 0);
  return (11 - (sum % 11)) % 11;
};

describe('an NHS number', () => {
  test('is found in its usual groupings, in any place', () => {
    eachFinds('nhs_number', [
      '9990000018',
      '999 000 0018',
      '999-000-0018',
      '999.000.0018',
      '999 - 000 - 0018',
      'NHS no.999 000 0018.',
      'NHS9990000018',
      '(9990000018)',
      'the child, 999 000 0018, was',
      'line\nend 999\n000 0018',
    ]);
  });

  test('is one by its check digit alone', () => {
    nothingIn(['9990000019', '999 000 0017', '999 000 0000', '1234567890', '123 456 7890']);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 9 }), (six, last) => {
        const nine = `999${String(six).padStart(6, '0')}`;
        const found = kindsIn(`case ${nine}${last} of ours`).includes('nhs_number');
        expect(found).toBe(checkDigit(nine) === last);
      }),
    );
  });

  test('is found beside other digits, but not inside a longer number', () => {
    eachFinds('nhs_number', ['123 999 000 0018', '12 3456 999 000 0018 77']);
    nothingIn(['19990000018', '99900000181', '\u00A39990000018']);
  });
});

describe('a date of birth', () => {
  const ways = [
    '1/2/2015',
    '01/02/2015',
    '01.02.15',
    '01-02-2015',
    '1/2/15',
    '1.2.2015',
    '01 02 2015',
    '2015-02-01',
    '2015/02/01',
    '1 Feb 2015',
    '1st February 2015',
    '1st of February, 2015',
    '01-Feb-15',
    '1Feb2015',
    "1 Feb '15",
    'February 1, 2015',
    'Feb 1st 2015',
    '2015 February 1',
    'Sunday 1 FEBRUARY 2015',
    '13 sept. 2015',
    '02/13/2015',
  ];

  test('is a whole date more than two years past, in any usual way of writing it', () => {
    eachFinds('date_of_birth', ways);
    eachFinds(
      'date_of_birth',
      ways.map((way) => `It was about then (${way}), as we heard.`),
    );
  });

  test('is found in a span of dates', () => {
    eachFinds('date_of_birth', [
      '01/02/2015-05/02/2015',
      '01.02.15-05.02.15',
      '1-5 Feb 2015',
      '1 to 5 February 2015',
    ]);
  });

  test('is not one that is two years past or less, or to come', () => {
    expect(kindsIn('15 September 2024')).toEqual([]);
    expect(kindsIn('14 September 2024')).toEqual(['date_of_birth']);
    nothingIn(['2026-09-15', '11/01/2027', '11.01.27', '5 February 2027', '1 October 2024', '30/09/31']);
  });

  test('may be of any day beside "born", "birth" or "DOB", with or without its year', () => {
    eachFinds('date_of_birth', [
      'born 3 March 2026',
      'The baby was born on 3 March 2026',
      'date of birth: 03/03/2026',
      'date of birth is recorded as 3.3.26',
      'DOB 03.03.2026',
      'd.o.b. 3/3/26',
      'D.O.B: 2026-03-03',
      'DoB03032026',
      'dob 030326',
      'DOB 20260303',
      'born 3 3 26',
      '3 March 2026 (date of birth)',
      'on 3 March 2026 he was born',
      'birthday on 3 March',
      'born in March 2026',
      'born March 3',
      'born in Example Town on Tuesday, the 3rd of March 2026',
      'born at St. Example Hospital, 3 March 2026',
      'date of birth\n\n03/03/2026',
      'DOB. Tuesday 3 March 2026',
    ]);
  });

  test('is not a date far from the word, in another sentence, or beside another word', () => {
    nothingIn([
      'The family spoke about the birth. The meeting is on 12 January 2027.',
      'The meeting is on 12 January 2027. Birth and death are on its list.',
      'He was born abroad and all that is known about it is on the file; the conference is on 12 January 2027',
      'The pre-birth conference is on 12 January 2027',
      'The unborn baby conference is on 12 January 2027',
      'Newborn screening, 12 January 2027',
      'Osborne Committee Room, 12 January 2027',
      'A need to understand birth trauma and how 12 officers in May respond',
    ]);
  });

  test('is not a paragraph, a version, a time, a year or part of a longer number', () => {
    nothingIn([
      'paragraph 8.3.12',
      'report 10.36 to 10.39',
      'section 10.11.12.13',
      'since 2011',
      'in 2014/15 and 2015-16',
      'from February 2015 on',
      'on 12 January 1030 to 1200',
      'on 3 March 15 members attended',
      'week 6 of 2015',
      'SI 2005/389 and SI 2012/2089',
      '[1983] 1 AC 578',
      'OBS-2015-0001',
      '45/13/2015',
    ]);
  });

  test('is looked for in the citation only beside "born" or the like: minutes are cited by their dates', () => {
    const minute = '42 of 15 September 2011';
    expect(kindsIn(minute)).toEqual(['date_of_birth']);
    expect(kindsIn(minute, 'authority.citation')).toEqual([]);
    expect(kindsIn('DOB 01/02/2015', 'authority.citation')).toEqual(['date_of_birth']);
    expect(screen(minute, { field: 'other', today, allowOldDates: true })).toEqual([]);
    expect(screen(minute, { field: 'authority.citation', today, allowOldDates: false })).toHaveLength(1);
  });
});

describe('a postcode', () => {
  test('is found in each of its shapes, with the space or without, in capitals or not', () => {
    eachFinds('postcode', [
      'M1 1AA',
      'M60 1NW',
      'CR2 6XH',
      'DN55 1PT',
      'W1A 1HQ',
      'EC1A 1BB',
      'SW1A 1AA',
      'BS0 1AA',
      'GIR 0AA',
      'sw1a 1aa',
      'Sw1a1aa',
      'SW1A-1AA',
      'SW1A  1AA',
      'at SW1A 1AA.',
      '(SW1A1AA)',
      'SW1A\n1AA',
    ]);
  });

  test('begins with one of the areas that Royal Mail has published, and with no other letters', () => {
    const areas = (
      'AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH ' +
      'EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ' +
      'ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD ' +
      'TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE'
    ).split(' ');
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
    const pairs = letters.flatMap((first) => ['', ...letters].map((second) => first + second));
    const found = pairs.filter((area) => kindsIn(`${area}9 9AA`).includes('postcode'));
    expect(found.toSorted()).toEqual(areas.toSorted());
  });

  test('does not match a section, ordinal, room, reference or measure', () => {
    nothingIn([
      'A1 2B',
      'Minute 42',
      'Room B12',
      'a s47 2nd enquiry',
      'under S17 4th paragraph',
      'the M25 2hr away',
      'by E1 2pm',
      'M1 2am',
      'S1 2IK',
      'OBS-2026-0001',
      'OX100 1AA',
      'SW1AX 1AA',
      'XSW1A 1AA',
      'SW1A 1AAB',
      'the WC is 2nd on the left',
      'KS2 3AB',
      'Q3 2026',
    ]);
  });
});

describe('a telephone number', () => {
  test('is found as people write it', () => {
    eachFinds('telephone', [
      '020 7946 0018',
      '02079460018',
      '0207 946 0018',
      '(020) 7946 0018',
      '020-7946-0018',
      '020.7946.0018',
      '01632 960 001',
      '01632 960001',
      '01632960001',
      '(01632) 960001',
      '01632 96001',
      '0161 496 0018',
      '07700 900123',
      '07700 900 123',
      '07700900123',
      '07700-900-123',
      '07700 90 01 23',
      '0800 496 0018',
      '0808 157 0018',
      '0800 496001',
      '+44 20 7946 0018',
      '+44 (0)20 7946 0018',
      '+44(0)7700 900123',
      '+447700900123',
      '+44-7700-900-123',
      '(+44) 7700 900123',
      '0044 7700 900123',
      '+353 20 915 0018',
      'Tel:07700900123.',
      'ring 07700 900123 12 times',
      '07700\n900123',
    ]);
  });

  test('does not match a time, date, reference, sum or list of numbers', () => {
    nothingIn([
      '0930-1030',
      '0800-1000 12 January 2027',
      '0900 - 1030 12/01/2027',
      '09:30 to 10:30 on 01-02-2027',
      '01-02-2027 10-11',
      '01.02.2027 - 05.02.2027',
      '01/02/2027 05/02/2027',
      '01 02 03 04 05 06 07',
      'OBS-2026-0001 and OBS-2026-0002',
      '000123456789',
      '012/2026/0001',
      '\u00A301234567890',
      '3.01234567890',
      'a rise of +10 to +20',
      '12345678901',
      '999',
    ]);
  });
});

describe('an e-mail address', () => {
  test('is found by the text around its @', () => {
    eachFinds('email', [
      'someone@example.org',
      'some.one+tag@mail.council.example',
      '<someone@example.org>',
      'SOMEONE@EXAMPLE.ORG.',
      'someone (at) example.org',
      'someone[at]example.org',
      'j\u00F6rg@ex\u00E4mple.org',
      'mail:o_o-@a-b.example',
    ]);
  });

  test('does not match a name with an @, or a price at so much each', () => {
    nothingIn(['@council', 'meet @ noon', '3 @ 4.50', 'a@b', 'someone@localhost', 'look at example.org']);
  });
});

describe('a National Insurance number', () => {
  test('is found with its spaces and without', () => {
    eachFinds('national_insurance_number', [
      'AB123456C',
      'AB 12 34 56 C',
      'AB 123456 C',
      'AB-12-34-56-C',
      'ab123456c',
      'QQ 12 34 56 C',
      'NI: AB123456C.',
      'NI number AB 12 34 56',
      'National Insurance no. AB123456',
    ]);
  });

  test('has a prefix that can be issued, and a last letter A to D', () => {
    nothingIn(
      ['BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ', 'DA', 'AO', 'FA', 'AQ', 'UA'].map((p) => `${p}123456C`),
    );
    nothingIn(['AB123456E', 'AB1234567C', 'AB12345C', 'XAB123456C', 'AB123456CD', 'AB123456']);
  });

  test('does not match a pair of words around six digits', () => {
    nothingIn(['on 15 09 26 a meeting', 'by 15.09.26 a report', 'at 15-09-26 d']);
  });
});

describe('ordinary text', () => {
  test('passes whole', () => {
    nothingIn([
      '',
      'Minute 42 of 15 September 2026',
      'As Chair of the Children and Families Scrutiny Committee I am to report on 12 March 2027 at 17:00 on how ' +
        'conferences are run (report 10.36 to 10.39; item 4.2). The work programme for 2026/27, minute 42, asks for ' +
        'it. I ask for 1 conference in weeks 2 to 5 of 2027, at 09:30 or 14:00, in room B12, for 2 hours.',
      'It cost \u00A31,250,000.00 in 2011-12, 3.5% of \u00A335m, and \u00A320 7946 0018 is no price.',
      'R v Birmingham City Council, ex parte O [1983] 1 AC 578; LGA 1972 s.100F; UK GDPR Art 5(1)(c)',
      'See OBS-2026-0001, version 3, and OBS-2026-0417.',
      'Working Together 2023, chapter 3, paragraphs 147 to 162',
      'w/c 11/01/2027; between 2027-01-11 and 2027-02-05',
      '\u00BD day; 1\u00BD hours; 50 \u00D7 2',
    ]);
  });
});

describe('text written so as not to be seen', () => {
  test('is read as it looks: wide and thin spaces, full-width letters, other digits, invisible characters', () => {
    eachFinds('nhs_number', [
      '999\u00A0000\u00A00018',
      '999\u2009000\u202F0018',
      '\uFF19\uFF19\uFF19 \uFF10\uFF10\uFF10 \uFF10\uFF10\uFF11\uFF18',
      '9\u200B9\u200D9\uFEFF0\u20600\u00AD00018',
      '999\u2011000\u20130018',
      '\u0669\u0669\u0669\u0660\u0660\u0660\u0660\u0660\u0661\u0668',
      '\u{1D7F5}\u{1D7F5}\u{1D7F5}0000018',
      '9\u03019\u03019\u0301 000 0018',
      '999\t000\r\n0018',
    ]);
    eachFinds('postcode', ['\uFF33\uFF37\uFF11\uFF21 \uFF11\uFF21\uFF21', 'SW1A\u20071AA', 'S\u200BW1A 1AA']);
    eachFinds('email', ['someone\uFF20example\uFF0Eorg', 'some\u200Bone@exa\u00ADmple.org']);
    eachFinds('telephone', ['\uFF0B44 7700 900123', '07700\u2012900123', '(020)\u00A07946\u00A00018']);
    eachFinds('date_of_birth', [
      '1\u00A0February\u00A02015',
      '01\u201302\u20132015',
      'D\u200BOB 3 March 2026',
      '1\u02E2\u1D57 Feb 2015',
    ]);
    eachFinds('national_insurance_number', ['AB\u00A012\u00A034\u00A056\u00A0C', '\uFF21\uFF22123456\uFF23']);
  });

  test('the decimal digits of every script are read, since Unicode keeps them in tens', () => {
    let every = '';
    for (let from = 0; from < 0x110000; from += 0x1000) {
      every += String.fromCodePoint(...Array.from({ length: 0x1000 }, (_, index) => from + index));
    }
    const runs = every.match(/\p{Nd}+/gu) ?? [];
    expect(runs.length).toBeGreaterThan(50);
    const broken = runs.filter((run) => Array.from(run).length % 10 !== 0);
    expect(broken).toEqual([]);
    // Thai, Devanagari, and the second of the only two scripts whose tens touch, Eastern Pwo Karen.
    for (const zero of [0x0e50, 0x0966, 0x116da]) {
      const written = '9990000018'
        .split('')
        .map((digit) => String.fromCodePoint(zero + Number(digit)))
        .join('');
      expect(kindsIn(written)).toContain('nhs_number');
    }
  });
});

describe('a finding', () => {
  const full =
    '999 000 0018, born 1 Feb 2015, SW1A 1AA, 07700 900123, someone@example.org, AB123456C and again 999 000 0018';

  test('names the field and the kind, once for each kind, in plain words', () => {
    const findings = screen(full, { field: 'answers.scope.reason', today });
    expect(findings.map(({ kind }) => kind)).toEqual([...personalDataKinds]);
    expect(new Set(findings.map(({ field }) => field))).toEqual(new Set(['answers.scope.reason']));
    expect(findings.map(({ message }) => message.split('.')[0])).toEqual([
      'This looks like an NHS number',
      'This looks like a date of birth, or a date more than two years past',
      'This looks like a postcode',
      'This looks like a telephone number',
      'This looks like an e-mail address',
      'This looks like a National Insurance number',
    ]);
  });

  test('never holds any of the text', () => {
    const words = full.split(/[ ,]+/).filter((word) => /[\d@]/.test(word));
    const said = JSON.stringify(screen(full, { field: 'necessity', today }));
    for (const word of words) expect(said).not.toContain(word);
    expect(said).not.toMatch(/\d/);
  });

  test('for several fields is a fault each, as a refusal shows it', () => {
    const faults = screenAll(
      {
        necessity: 'SW1A 1AA',
        alternatives: undefined,
        'authority.citation': 'Minute 42 of 3 March 2011',
        a: 'fine',
      },
      { today },
    );
    expect(faults).toEqual([{ field: 'necessity', message: expect.stringContaining('postcode') }]);
    expect(screenAll({ note: '3 March 2011' }, { today })).toHaveLength(1);
    expect(screenAll({ note: '3 March 2011' }, { today, allowOldDates: true })).toEqual([]);
  });
});

describe('whatever is sent', () => {
  // Of any code points; half a pair is among them. fc.string would first take a second to list them all.
  const anyText = fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x10ffff })), {
      maxLength: 200,
    })
    .map((codes) => String.fromCodePoint(...codes));

  test('no text is a fault of ours', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        screen(text, { field: 'f', today });
        screen(`\uD800${text}\uDC00\0`, { field: 'f', today });
      }),
      { numRuns: isLong ? 1000 : 100 },
    );
  });

  test('text around it hides nothing', () => {
    const words = fc
      .array(fc.stringMatching(/^[a-z]{1,8}[.,;:]?$/), { maxLength: 12 })
      .map((all) => all.join(' '));
    const samples: [PersonalDataKind, string][] = [
      ['nhs_number', '999 000 0018'],
      ['date_of_birth', '1 February 2015'],
      ['postcode', 'SW1A 1AA'],
      ['telephone', '07700 900123'],
      ['email', 'someone@example.org'],
      ['national_insurance_number', 'AB 12 34 56 C'],
    ];
    fc.assert(
      fc.property(words, fc.constantFrom(...samples), words, (before, [kind, sample], after) => {
        expect(kindsIn(`${before} ${sample} ${after}`)).toContain(kind);
      }),
    );
  });

  /** How long the rows are, made to send a careless pattern back over the same ground: one, and one of 16 times that. */
  const lengths = isLong ? ([6_250, 100_000] as const) : ([1_250, 20_000] as const);
  const units = [
    '0',
    '9',
    '1 ',
    '0 ',
    '01 ',
    '999 000 0019 ',
    '999-',
    '1/',
    '1.',
    '1/1/',
    '01.02.',
    '2026-',
    '2015-02-',
    'a',
    'a@',
    '@',
    'a.',
    'a@a.',
    'a@a-',
    '@a.a',
    'x@1.',
    ' ',
    '\n',
    '\u00A0',
    '\u200B',
    '-',
    '(',
    ')',
    '+',
    '+44',
    '+ ',
    '(0',
    '020 ',
    '07700 ',
    '07700 90 ',
    '0 0',
    'SW1A ',
    'SW1',
    'W1A1',
    'AB12',
    'AB 12 ',
    'ab1',
    'QQ',
    'ni ',
    'n.i. ',
    'born ',
    'birth',
    'd.o.b',
    'd o b ',
    'dob 1',
    'pre- ',
    'born abc. X 1/1/2027 ',
    '1 January 2027 ',
    '1 jan',
    'jan ',
    'may 1 ',
    '\u0301',
    '\u0301\u0316',
    '\u0344',
    '\uFDFA',
    '\u0669',
    '\uD800',
    '\u{1D7F5}',
    '\uAC01',
    'e\u0301',
    '\u1D57',
  ];

  /** The processor's time for it, in microseconds; not the time of day, since others run beside it. */
  const timeOf = (text: string): number => {
    const began = process.cpuUsage();
    const findings = screen(text, { field: 'f', today });
    const { user, system } = process.cpuUsage(began);
    expect(findings.every(({ field }) => field === 'f')).toBe(true);
    return user + system;
  };
  /** How much longer it takes for 16 times the length: 16 times, and 256 where time grows with the square. */
  const growth = (row: (length: number) => string): number => {
    const [short, long] = lengths;
    // Once unmeasured, since the first time compiles the patterns.
    timeOf(row(short));
    return timeOf(row(long)) / Math.max(timeOf(row(short)), 50);
  };

  test.each(units)(
    'the time for a long row of %j grows with its length and no faster',
    (unit) => {
      const row = (length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
      for (const around of [row, (length: number) => `a${row(length)}!`]) {
        // Something else may fall into one measurement: it takes three in a row.
        let least = growth(around);
        for (let again = 0; again < 2 && least > 64; again += 1) least = Math.min(least, growth(around));
        expect(least).toBeLessThanOrEqual(64);
      }
    },
    60_000,
  );
});
