import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Invalid, type FieldError } from '../../../policies/core/refusals.js';
import type { FeedMember } from '../../../policies/register/register-feed.js';
import { feedMediaTypes, readFeed, type FeedFile } from '../../../server/register/feed/file/read-feed.js';
import { feedCsv, feedXml, fictionalMembers } from '../../support/register-feed.js';

const file = (content: string | Buffer, changes: Partial<FeedFile> = {}): FeedFile => ({
  mediaType: 'application/xml',
  charset: null,
  bytes: Buffer.from(content),
  ...changes,
});
const xml = (content: string | Buffer, changes: Partial<FeedFile> = {}) => readFeed(file(content, changes));
const csv = (content: string | Buffer, changes: Partial<FeedFile> = {}) =>
  readFeed(file(content, { mediaType: 'text/csv', ...changes }));

/** The faults of a file that must be refused. */
const faults = (read: () => unknown): readonly FieldError[] => {
  try {
    read();
  } catch (fault) {
    if (fault instanceof Invalid) return fault.errors;
    throw fault;
  }
  throw new Error('This was not refused.');
};
const fields = (read: () => unknown): string[] => faults(read).map(({ field }) => field);

/** Everything of an error that could reach a reader or a log. */
const shownOf = (fault: unknown): string => {
  if (!(fault instanceof Invalid)) throw fault;
  return JSON.stringify([fault, fault.errors, fault.message, fault.stack, String(fault.cause)]);
};
const outcome = (read: () => unknown): string => {
  try {
    return JSON.stringify(read());
  } catch (fault) {
    return shownOf(fault);
  }
};

/** Milliseconds: nothing for a reader that goes through a file once, and far too few for one that goes back. */
const minutesIfSquared = 20_000;

const members = fictionalMembers(4);
const valid = feedXml(members);
const validCsv = feedCsv(members);

/** A feed of one member, with its elements as given. */
const one = (
  elements: string,
  { title = '<wardtitle>Fictional Ward</wardtitle>', before = '' } = {},
): string =>
  `${before}<councillorsbyward><wards><ward>${title}<councillors><councillor>${elements}</councillor></councillors></ward></wards></councillorsbyward>`;
const named = '<councillorid>1</councillorid><fullusername>Councillor Ash Fiction</fullusername>';
const ash: FeedMember = {
  externalId: '1',
  name: 'Councillor Ash Fiction',
  ward: 'Fictional Ward',
  email: null,
  posts: [],
  term: { from: null, to: null },
};
const term = (from: string, to: string) =>
  `<termofoffice><startdate>${from}</startdate><enddate>${to}</enddate></termofoffice>`;
const terms = (...all: string[]) => one(`${named}<termsofoffice>${all.join('')}</termsofoffice>`);

const header = 'councillorid,fullusername,wardtitle,email,keyposts,startdate,enddate';
const row = '1,Councillor Ash Fiction,Fictional Ward,,,unspecified,unspecified';

describe('a feed from ModernGov', () => {
  test('is read as the members it lists, in its order', () => {
    expect(xml(valid)).toEqual(members);
    expect(xml(valid, { mediaType: 'text/xml', charset: 'UTF-8' })).toEqual(members);
    expect(xml(`\uFEFF${valid}`)).toEqual(members);
    expect(xml(valid.replaceAll('\n', '\r\n'))).toEqual(members);
  });

  test('may leave out all but number, name and ward', () => {
    expect(xml(one(named))).toEqual([ash]);
  });

  test('may name the ward after its councillors', () => {
    const late = one(named, { title: '' }).replace('</ward>', '<wardtitle>Fictional Ward</wardtitle></ward>');
    expect(xml(late)).toEqual([ash]);
  });

  test('may write the five entities, numeric references and CDATA', () => {
    const name =
      '<fullusername>O&apos;Fable &amp; &lt;Fern&gt; &quot;&#233;&#x1F600;<![CDATA[&]]></fullusername>';
    expect(xml(one(`<councillorid>1</councillorid>${name}`))[0]?.name).toBe('O\'Fable & <Fern> "é😀&');
  });

  test('keeps a name as given, on one line', () => {
    const name = '<fullusername>\n  Cllr  Ash\n  Fiction </fullusername>';
    expect(xml(one(`<councillorid>1</councillorid>${name}`))[0]?.name).toBe('Cllr  Ash   Fiction');
  });

  test('parts posts by semicolons, and never by the commas within them', () => {
    const read = (posts: string) => xml(one(`${named}<keyposts>${posts}</keyposts>`))[0]?.posts;
    expect(read('Chair, Audit and Governance Committee; Champion;Champion ;')).toEqual([
      'Chair, Audit and Governance Committee',
      'Champion',
    ]);
    expect(read('  ')).toEqual([]);
  });

  test('gives the term that began last', () => {
    const read = (...all: string[]) => xml(terms(...all))[0]?.term;
    expect(
      read(
        term('08/05/2023', 'unspecified'),
        term('05/05/2019', '07/05/2023'),
        term('unspecified', '01/01/2000'),
      ),
    ).toEqual({ from: '2023-05-08', to: null });
    expect(read(`${term('09/05/2011', '07/05/2015')}${term('unspecified', 'unspecified')}`)).toEqual({
      from: null,
      to: null,
    });
    expect(read(term('unspecified', '06/05/2027'))).toEqual({ from: null, to: '2027-05-06' });
    expect(read()).toEqual({ from: null, to: null });
  });

  test('gives a valid address, and nothing for other text in its place', () => {
    const read = (email: string) =>
      xml(one(`${named}<workaddress><email>${email}</email></workaddress>`))[0]?.email;
    expect(read(' a.b@council.example ')).toBe('a.b@council.example');
    for (const none of [
      '',
      'by post',
      'a@council.example (see note)',
      'a@council.example;b@council.example',
    ]) {
      expect(read(none)).toBeNull();
    }
  });

  test('leaves an empty seat out', () => {
    const seat =
      '</councillor><councillor><councillorid>0</councillorid><fullusername>Councillor Vacancy</fullusername>';
    expect(xml(one(named + seat + seat))).toEqual([ash]);
  });
});

describe('a CSV file', () => {
  test('is read as the members it lists, in its order', () => {
    expect(csv(validCsv)).toEqual(members);
    expect(csv(`\uFEFF${validCsv}`, { charset: 'utf-8' })).toEqual(members);
    expect(csv(validCsv.replaceAll('\r\n', '\n').trimEnd())).toEqual(members);
  });

  test('has its columns in any order, and blank lines between', () => {
    const turned = [header, '', row, ''].map((line) => line.split(',').toReversed().join(',')).join('\n');
    expect(csv(turned)).toEqual([ash]);
  });

  test('without a column, or with one twice, is refused by the name of the column', () => {
    expect(fields(() => csv(`${header.replace('keyposts,', '')}\n${row}`))).toEqual(['column.keyposts']);
    expect(fields(() => csv('a,b\n1,2'))).toHaveLength(7);
    expect(fields(() => csv(`${header},email\n${row},`))).toEqual(['column.email']);
    expect(fields(() => csv(one(named)))).toHaveLength(7);
  });

  test('whose rows are longer or shorter than the header is refused by the line', () => {
    for (const wrong of [`${row},more`, '1,Councillor Ash Fiction']) {
      expect(faults(() => csv(`${header}\n${row}\n${wrong}`))).toEqual([
        { field: 'file', message: expect.stringMatching(/^Line 3: /u) },
      ]);
    }
  });

  test('with quotes out of place is refused', () => {
    for (const name of ['"Ash" Fiction', 'Ash "Fiction"', '"Ash']) {
      expect(fields(() => csv(`${header}\n1,${name},Ward,,,unspecified,unspecified`))).toEqual(['file']);
    }
  });

  test('cut off anywhere in its last row is refused', () => {
    const lastRow = validCsv.trimEnd().lastIndexOf('9004');
    fc.assert(
      fc.property(fc.integer({ min: lastRow + 1, max: validCsv.trimEnd().length - 1 }), (end) => {
        expect(faults(() => csv(validCsv.slice(0, end)))).not.toEqual([]);
      }),
    );
  });
});

test('a CSV file whose last column is text is refused if its last line has no end, and read if it has', () => {
  const turn = (text: string) =>
    text
      .trimEnd()
      .split(/\r?\n/u)
      .map((line) => line.split(',').toReversed().join(','))
      .join('\n');
  const whole = turn(`${header}\n${row}`);
  expect(csv(`${whole}\n`)).toEqual([ash]);
  const longer = `${whole.slice(0, whole.lastIndexOf(','))},123456`;
  for (let cut = 0; cut < 6; cut += 1) {
    expect(faults(() => csv(longer.slice(0, longer.length - cut)))).toEqual([
      { field: 'file', message: expect.stringMatching(/no end/u) },
    ]);
  }
});

describe('the encoding', () => {
  test('is UTF-8, by the header and by the declaration', () => {
    for (const charset of ['iso-8859-1', 'windows-1252', 'utf-16', 'us-ascii', '']) {
      expect(fields(() => xml(valid, { charset }))).toEqual(['file']);
      expect(fields(() => csv(validCsv, { charset }))).toEqual(['file']);
    }
    for (const encoding of ['iso-8859-1', 'UTF-16', 'us-ascii']) {
      const declared = `<?xml version="1.0" encoding="${encoding}"?>`;
      expect(fields(() => xml(one(named, { before: declared })))).toEqual(['file']);
    }
    expect(xml(one(named, { before: '<?xml version="1.0" encoding="UTF-8"?>' }))).toEqual([ash]);
  });

  test('may be UTF-16, with a byte order mark or without', () => {
    const declared = one(named, { before: '<?xml version="1.0" encoding="utf-16"?>' });
    const ways = (content: string): Buffer[] => {
      const little = Buffer.from(`\uFEFF${content}`, 'utf16le');
      const big = Buffer.from(little).swap16();
      return [little, big, little.subarray(2), big.subarray(2)];
    };
    for (const charset of [null, 'utf-16']) {
      for (const bytes of ways(declared)) expect(xml(bytes, { charset })).toEqual([ash]);
      for (const bytes of ways(validCsv)) expect(csv(bytes, { charset })).toEqual(members);
    }
    // It says of itself that it is UTF-8, or is cut in the middle of a character.
    for (const bytes of ways(valid)) {
      expect(fields(() => xml(bytes))).toEqual(['file']);
      expect(fields(() => csv(bytes.subarray(0, -1)))).toEqual(['file']);
    }
  });

  test('is refused where the bytes are not UTF-8: other encodings, overlong forms, surrogates, half a character', () => {
    for (const bytes of [
      [0xe9],
      [0xc0, 0xaf],
      [0xed, 0xa0, 0x80],
      [0xf0, 0x9f, 0x98],
      [0xf4, 0x90, 0x80, 0x80],
    ]) {
      const content = Buffer.from(one(named))
        .toString('latin1')
        .replace('Ash', Buffer.from(bytes).toString('latin1'));
      expect(fields(() => xml(Buffer.from(content, 'latin1')))).toEqual(['file']);
      const cells = `${header}\n${row}`.replace('Ash', Buffer.from(bytes).toString('latin1'));
      expect(fields(() => csv(Buffer.from(cells, 'latin1')))).toEqual(['file']);
    }
  });

  test('leaves no room for NUL, half a surrogate pair or control characters', () => {
    for (const reference of [
      '&#0;',
      '&#xD800;',
      '&#xDC00;',
      '&#8;',
      '&#xFFFF;',
      '&#x110000;',
      '\0',
      '\x01',
    ]) {
      expect(fields(() => xml(one(named.replace('Ash', reference))))).toEqual(['file']);
    }
    expect(fields(() => csv(`${header}\n${row.replace('Ash', '\0')}`))).toEqual(['file']);
    expect(fields(() => csv(`${header}\n${row.replace('Ash', '\x1b')}`))).toEqual(['member.1.name']);
    const newer = one(named.replace('Ash', '&#1;'), { before: '<?xml version="1.1"?>' });
    expect(fields(() => xml(newer))).toEqual(['member.1.name']);
  });
});

describe('XML that is more or less than a list', () => {
  test.each([
    ['a document type', '<!DOCTYPE councillorsbyward>'],
    ['one with a subset', '<!DOCTYPE councillorsbyward [<!ENTITY a "b">]>'],
    ['one from elsewhere', '<!DOCTYPE councillorsbyward SYSTEM "file:///etc/passwd">'],
    ['one that is public', '<!DOCTYPE councillorsbyward PUBLIC "-//X//EN" "http://127.0.0.1/x.dtd">'],
    ['one that is not closed', '<!DOCTYPE councillorsbyward ['],
  ])('with %s is refused', (_, before) => {
    expect(fields(() => xml(one(named, { before })))).toEqual(['file']);
  });

  test.each(['&nbsp;', '&eacute;', '&toString;', '&__proto__;', '&;', '&', '&#;', '&#x;', '&#12'])(
    'with the entity %s is refused, in any place',
    (entity) => {
      expect(fields(() => xml(one(named.replace('Ash', entity))))).toEqual(['file']);
      expect(fields(() => xml(one(`${named}<phone>${entity}</phone>`)))).toEqual(['file']);
      expect(fields(() => xml(one(`${named}<phone a="${entity}"/>`)))).toEqual(['file']);
    },
  );

  test('that would be a billion laughs is refused at once, and nothing of it expanded', () => {
    const laughs = Array.from(
      { length: 30 },
      (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
    );
    const before = `<!DOCTYPE councillorsbyward [<!ENTITY l0 "ha">${laughs.join('')}]>`;
    const blown = `<!DOCTYPE councillorsbyward [<!ENTITY l0 "${'ha'.repeat(100_000)}">]>`;
    for (const [type, text] of [
      [before, '&l30;'],
      [blown, '&l0;'.repeat(100_000)],
    ] as const) {
      const started = performance.now();
      expect(faults(() => xml(one(named.replace('Ash', text), { before: type })))).toEqual([
        { field: 'file', message: expect.stringContaining('document type') },
      ]);
      expect(performance.now() - started).toBeLessThan(minutesIfSquared);
    }
  });

  test.each([
    ['a page', '<html><body>Not found</body></html>'],
    ['another list', '<councillors><councillor/></councillors>'],
    ['a list in a namespace prefix', one(named).replaceAll(/(<\/?)/gu, '$1x:')],
    [
      'a councillor without a ward',
      `<councillorsbyward><wards><councillor>${named}</councillor></wards></councillorsbyward>`,
    ],
    ['a councillor within an unknown element', one(`${named}<x><councillor>${named}</councillor></x>`)],
    ['a councillor within a councillor', one(`${named}<councillor>${named}</councillor>`)],
    [
      'elements within a name',
      one('<councillorid>1</councillorid><fullusername>Ash <b>F</b></fullusername>'),
    ],
    ['two names', one(`${named}<fullusername>Councillor Fern Fiction</fullusername>`)],
    ['two titles of a ward', one(named, { title: '<wardtitle>A</wardtitle><wardtitle>B</wardtitle>' })],
    ['no councillor', '<councillorsbyward><wards/></councillorsbyward>'],
    ['nothing in it', ' '],
    ['plain words', 'Ash Fiction'],
    ['two roots', one(named) + one(named)],
    ['words after its end', `${one(named)} and so on`],
    ['tags that cross', '<councillorsbyward><wards></councillorsbyward></wards>'],
    ['an attribute twice', one(`${named}<phone a="1" a="2"/>`)],
  ])('with %s is refused', (_, content) => {
    expect(fields(() => xml(content))).toEqual(['file']);
  });

  test('has a message of its own: an entity, another document, something broken', () => {
    const says = (content: string) => faults(() => xml(content))[0]?.message;
    expect(says(one(`${named}<phone>&nbsp;</phone>`))).toContain('an entity other than');
    expect(says('<html><body/></html>')).toContain('not a list of councillors by ward');
    expect(says(one(named).slice(0, -1))).toContain('cut off');
  });

  test('may have elements of any other name, which are passed over', () => {
    const others = [
      'constructor',
      '__proto__',
      'toString',
      'ward',
      'wardtitle',
      'email',
      'startdate',
      'x:name',
    ];
    const passed = others.map((name) => `<${name}>2<councillorid>2</councillorid></${name}>`).join('');
    expect(xml(one(passed + named + passed))).toEqual([ash]);
  });

  test('names the line, and quotes nothing of it', () => {
    const [fault] = faults(() => xml(`<councillorsbyward>\n<wards>\n<Ash>Fiction</Fern>`));
    expect(fault?.message).toMatch(/^Line 3, column \d+: /u);
    expect(JSON.stringify(fault)).not.toMatch(/Ash|Fiction|Fern/u);
  });

  test('as deep, as wide or as long as a request may be is answered in time', () => {
    const size = 400_000;
    for (const content of [
      '<councillorsbyward>'.repeat(size / 10),
      `<councillorsbyward>${'<a>'.repeat(size)}`,
      `<councillorsbyward ${Array.from({ length: size / 10 }, (_, index) => `a${index}=""`).join(' ')}>`,
      one(`${named}<keyposts>${'a;'.repeat(size)}</keyposts>`),
      one(`<fullusername>${' \n'.repeat(size)}x${' \n'.repeat(size)}y</fullusername>`),
      one(`<fullusername>${'&amp;'.repeat(size)}</fullusername>`),
      one(`${named}<termsofoffice>${'<termofoffice/>'.repeat(size / 10)}</termsofoffice>`).slice(0, -1),
    ]) {
      const started = performance.now();
      expect(outcome(() => xml(content)).length).toBeLessThan(10_000);
      expect(performance.now() - started).toBeLessThan(minutesIfSquared);
    }
  }, 180_000);
});

describe('a member', () => {
  const without = (name: string) => one(named.replace(new RegExp(`<${name}>.*?</${name}>`, 'u'), ''));

  test.each([
    ['councillorid', 'member.1.externalId'],
    ['fullusername', 'member.1.name'],
  ])('without %s is refused by that field', (name, field) => {
    expect(faults(() => xml(without(name)))).toEqual([{ field, message: expect.stringContaining(name) }]);
    expect(fields(() => xml(one(named.replace(new RegExp(`(<${name}>).*?<`, 'u'), '$1 \u200B<'))))).toEqual([
      field,
    ]);
  });

  test('without a ward is refused by that field', () => {
    for (const title of ['', '<wardtitle/>', '<wardtitle> </wardtitle>']) {
      expect(fields(() => xml(one(named, { title })))).toEqual(['member.1.ward']);
    }
    expect(fields(() => csv(`${header}\n${row.replace('Fictional Ward', '')}`))).toEqual(['member.1.ward']);
  });

  test('with a number that occurs twice is refused by the second', () => {
    expect(fields(() => csv(`${header}\n${row}\n${row}`))).toEqual(['member.2.externalId']);
    expect(fields(() => xml(one(`${named}</councillor><councillor>${named}`)))).toEqual([
      'member.2.externalId',
    ]);
  });

  test.each([
    '2023-5-8',
    '08/05/23',
    '8 May 23',
    '31/02/2023',
    '29/02/2023',
    '00/01/2023',
    '05/13/2023',
    '08/05/2023 10:30',
    'soon',
  ])('with the date “%s” is refused', (date) => {
    expect(fields(() => xml(terms(term(date, 'unspecified'))))).toEqual(['member.1.term.from']);
    expect(fields(() => xml(terms(term('01/01/2020', 'unspecified'), term('unspecified', date))))).toEqual([
      'member.1.term.to',
    ]);
    expect(fields(() => csv(`${header}\n1,Ash,Ward,,,${date},unspecified`))).toEqual(['member.1.term.from']);
  });

  test('whose term ends before it begins is refused', () => {
    expect(fields(() => xml(terms(term('07/05/2019', '02/05/2019'))))).toEqual(['member.1.term']);
    expect(xml(terms(term('07/05/2019', '07/05/2019')))).toHaveLength(1);
  });

  test.each([
    ['externalId', (text: string) => one(named.replace('>1<', `>${text}<`))],
    ['name', (text: string) => one(named.replace('Councillor Ash Fiction', text))],
    ['ward', (text: string) => one(named, { title: `<wardtitle>${text}</wardtitle>` })],
    ['email', (text: string) => one(`${named}<workaddress><email>${text}</email></workaddress>`)],
    ['posts', (text: string) => one(`${named}<keyposts>Chair; ${text}</keyposts>`)],
  ] as const)('with more than 300 characters of %s is refused', (field, content) => {
    expect(xml(content('x'.repeat(300)))).toHaveLength(1);
    expect(fields(() => xml(content('x'.repeat(301))))).toEqual([`member.1.${field}`]);
  });

  test('has twenty posts at most', () => {
    const posts = (many: number) =>
      one(
        `${named}<keyposts>${Array.from({ length: many }, (_, index) => `Chair ${index}`).join(';')}</keyposts>`,
      );
    expect(xml(posts(20))[0]?.posts).toHaveLength(20);
    expect(fields(() => xml(posts(21)))).toEqual(['member.1.posts']);
  });

  test('is named with every fault, and a file with fifty of them', () => {
    expect(fields(() => xml(one('')))).toEqual(['member.1.externalId', 'member.1.name']);
    const wrong = `${header}\n${',,,,,unspecified,unspecified\n'.repeat(100)}`;
    expect(fields(() => csv(wrong))).toHaveLength(50);
  });
});

describe('a file', () => {
  test('lists two thousand members at most', () => {
    const most = fictionalMembers(2000);
    expect(xml(feedXml(most))).toEqual(most);
    expect(csv(feedCsv(most))).toEqual(most);
    const more = fictionalMembers(2001);
    expect(fields(() => xml(feedXml(more)))).toEqual(['file']);
    expect(fields(() => csv(feedCsv(more)))).toEqual(['file']);
  });

  test('of another type is refused', () => {
    expect(feedMediaTypes).toEqual(['application/xml', 'text/xml', 'text/csv']);
    expect(fields(() => readFeed(file(valid, { mediaType: 'application/json' })))).toEqual(['file']);
  });

  test('that lists nobody is refused: everybody would be gone', () => {
    for (const content of ['', ' \r\n', '\uFEFF']) {
      expect(fields(() => xml(content))).toEqual(['file']);
      expect(fields(() => csv(content)).length).toBeGreaterThan(0);
    }
    expect(fields(() => csv(header))).toEqual(['file']);
  });

  test('cut off at any byte before its last tag is closed is refused', () => {
    const bytes = Buffer.from(feedXml(members.map((member) => ({ ...member, name: `${member.name} é😀` }))));
    expect(xml(bytes)).toHaveLength(members.length);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (end) => {
        expect(faults(() => xml(bytes.subarray(0, end)))).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('text that must not be read', () => {
  const canary = 'ZQX-canary';

  test('is in no value: party, addresses, telephones, unknown elements, attributes, comments', () => {
    expect(feedXml(members, { canary })).toContain(canary);
    expect(xml(feedXml(members, { canary }))).toEqual(members);
    expect(feedCsv(members, { canary })).toContain(canary);
    expect(csv(feedCsv(members, { canary }))).toEqual(members);
  });

  test('is in no value and no error of a file that is broken anywhere', () => {
    const whole = { xml: feedXml(members, { canary }), csv: feedCsv(members, { canary }) };
    const breaks = [
      '<',
      '>',
      '&',
      '"',
      '\0',
      '\n',
      ',',
      '</',
      ']]>',
      '<!DOCTYPE x>',
      '<councillor>',
      '&x;',
      '<?xml?>',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom('xml', 'csv'),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(...breaks),
        fc.nat({ max: 30 }),
        (kind, place, broken, left) => {
          const content = whole[kind];
          const at = Math.floor(place * content.length);
          const text = content.slice(0, at) + broken + content.slice(at + left);
          expect(outcome(() => (kind === 'xml' ? xml(text) : csv(text)))).not.toContain(canary);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('is in no error about the fields that are read', () => {
    const wrong = `${canary} ${'x'.repeat(300)}`;
    for (const content of [
      one(named.replace('Councillor Ash Fiction', wrong)),
      one(named.replace('Ash', `${canary}\u0085`)),
      one(named, { title: `<wardtitle>${wrong}</wardtitle>` }),
      one(`${named}<keyposts>${wrong}</keyposts><workaddress><email>${wrong}</email></workaddress>`),
      terms(term(canary, canary)),
      one(
        `<councillorid>${canary}</councillorid><fullusername>A</fullusername></councillor><councillor><councillorid>${canary}</councillorid><fullusername>B</fullusername>`,
      ),
      one(`${named}<${canary}>`),
      one(`${named}<phone>&${canary};</phone>`),
      one(named, { before: `<!DOCTYPE ${canary}>` }),
      one(named, { before: `<?xml version="1.0" encoding="${canary}"?>` }),
      `<${canary}/>`,
    ]) {
      expect(fields(() => xml(content)).length).toBeGreaterThan(0);
      expect(outcome(() => xml(content))).not.toContain(canary);
    }
    for (const content of [
      `${header}\n"${canary}`,
      `${header}\n${canary},b`,
      `${header}\n${canary}"x"`,
      canary,
    ]) {
      expect(fields(() => csv(content)).length).toBeGreaterThan(0);
      expect(outcome(() => csv(content))).not.toContain(canary);
    }
  });
});
