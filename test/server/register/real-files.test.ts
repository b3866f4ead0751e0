/**
 * Files as committee systems and spreadsheets really write them. Each gives the members that it means, or an error that
 * says what to do. All names are invented.
 */
import { describe, expect, test } from '@jest/globals';
import { Invalid } from '../../../policies/core/refusals.js';
import type { FeedMember } from '../../../policies/register/register-feed.js';
import { readFeed } from '../../../server/register/feed/file/read-feed.js';

const ash: FeedMember = {
  externalId: '1',
  name: 'Councillor Ash Fiction',
  ward: 'Fictional Ward',
  email: 'ash@council.example',
  posts: ['Chair of Fables'],
  term: { from: '2023-05-08', to: null },
};

/** One member as ModernGov writes them, with some elements as given. */
const element = (changes: Readonly<Record<string, string>> = {}): string => {
  const said = {
    councillorid: '1',
    fullusername: 'Councillor Ash Fiction',
    keyposts: 'Chair of Fables',
    politicalpartytitle: 'Kites Party',
    email: 'ash@council.example',
    startdate: '08/05/2023',
    enddate: 'unspecified',
    ...changes,
  };
  const { email, startdate, enddate, ...own } = said;
  const elements = Object.entries(own).map(([name, text]) => `<${name}>${text}</${name}>`);
  return `<councillor>${elements.join('')}<workaddress><email>${email}</email></workaddress><termsofoffice><termofoffice><startdate>${startdate}</startdate><enddate>${enddate}</enddate></termofoffice></termsofoffice></councillor>`;
};
const xmlOf = (...members: string[]): string =>
  `<?xml version="1.0" encoding="utf-8"?><councillorsbyward><wards><ward><wardtitle>Fictional Ward</wardtitle><councillors>${members.join('')}</councillors></ward></wards></councillorsbyward>`;
const fromXml = (...members: string[]): FeedMember[] =>
  readFeed({ mediaType: 'application/xml', charset: null, bytes: Buffer.from(xmlOf(...members)) });

const heading = 'councillorid,fullusername,wardtitle,email,keyposts,startdate,enddate';
const row =
  '1,Councillor Ash Fiction,Fictional Ward,ash@council.example,Chair of Fables,08/05/2023,unspecified';
const table = `${heading}\r\n${row}\r\n`;
const fromCsv = (content: string | Buffer): FeedMember[] =>
  readFeed({ mediaType: 'text/csv', charset: null, bytes: Buffer.from(content) });
const semicolons = (text: string): string => text.replaceAll(',', ';');

/** What the faults of a file say. */
const saysOf = (read: () => unknown): string => {
  try {
    read();
  } catch (fault) {
    if (fault instanceof Invalid)
      return fault.errors.map(({ field, message }) => `${field}: ${message}`).join('\n');
    throw fault;
  }
  throw new Error('This was not refused.');
};

describe('an empty seat is nobody', () => {
  test.each([
    'Vacant',
    'Vacancy',
    'Vacant Vacant',
    'VACANT SEAT',
    'Councillor Vacancy',
    'Cllr. Vacant',
    'VACANCY - By-election pending',
    'Vacancy (1)',
    'Vacant 2',
    '*** VACANT ***',
    'Seat Vacant',
    'Councillor Vacant - Fictional Ward',
    'Vacant following a resignation',
    'Vacancies',
    'By-election 12 March 2026',
    'By-election pending',
    'TBC',
    'To be confirmed',
    'Awaiting by-election',
    'Unfilled',
  ])('named “%s”', (name) => {
    expect(fromXml(element(), element({ councillorid: '2', fullusername: name }))).toEqual([ash]);
    const second = row.replace('1,Councillor Ash Fiction', `2,${name}`);
    expect(fromCsv(`${table}${second}\r\n`)).toEqual([ash]);
  });

  test('and no member is taken for one', () => {
    for (const name of [
      'Councillor Vance Fiction',
      'Cllr Bye Lection',
      'Councillor To Be',
      'Tab C Fiction',
      'Nona None',
    ]) {
      expect(fromXml(element({ fullusername: name }))).toEqual([{ ...ash, name }]);
    }
  });
});

describe('a spreadsheet', () => {
  test.each([
    ['has rows of nothing but commas below the table', `${table}${',,,,,,\r\n'.repeat(300)}`],
    ['has rows of blanks between', table.replace('\r\n1', '\r\n , ,,\t,,,\r\n1')],
    ['leaves the last day open', table.replace('unspecified', '')],
    ['parts its columns by semicolons', semicolons(table)],
    ['parts its columns by semicolons, and says so', `sep=;\r\n${semicolons(table)}`],
    ['parts its columns by tabs', table.replaceAll(',', '\t')],
    [
      'has commas in a text, and semicolons between the columns',
      table
        .replace(heading, semicolons(heading))
        .replace(row, semicolons(row).replace('Chair of Fables', 'Chair, Fables')),
    ],
    ['has empty columns at its end', table.replaceAll('\r\n', ',,\r\n')],
    [
      'writes its headings for people',
      table.replace(heading, 'Councillor ID,Full User Name,Ward Title,E-mail,Key_Posts,Start Date,END DATE'),
    ],
    ['begins with a byte order mark', `\uFEFF${table}`],
    ['ends its lines as old Macs do', table.replaceAll('\r\n', '\r')],
    ['was saved as Unicode text', Buffer.from(`\uFEFF${table.replaceAll(',', '\t')}`, 'utf16le')],
    [
      'was saved as Unicode text with the other order of bytes',
      Buffer.from(`\uFEFF${table}`, 'utf16le').swap16(),
    ],
    ['writes its days without noughts', table.replace('08/05/2023', '8/5/2023')],
    ['writes its days with the year first', table.replace('08/05/2023', '2023-05-08')],
    ['writes its days with midnight', table.replace('08/05/2023', '08/05/2023 00:00:00')],
    ['writes its days with dots', table.replace('08/05/2023', '08.05.2023')],
    ['writes its days with the name of the month', table.replace('08/05/2023', '8-May-2023')],
    ['writes its days in words', table.replace('08/05/2023', '8th May 2023')],
  ])('%s', (what, content) => {
    const posts = what.startsWith('has commas in a text') ? ['Chair, Fables'] : ash.posts;
    expect(fromCsv(content)).toEqual([{ ...ash, posts }]);
  });

  test.each([
    [
      'was saved in Windows-1252',
      Buffer.from(table.replace('Ash', 'Zo\u00EB'), 'latin1'),
      /^file: .*save it as UTF-8 \(in Excel: “CSV UTF-8”\)/i,
    ],
    [
      'lacks a column',
      table.replace('email', 'mail'),
      /^column\.email: Add a column with the heading “email”\.$/,
    ],
    [
      'is a workbook and no CSV',
      Buffer.from([0x50, 0x4b, 3, 4, 0x14, 0, 6, 0]),
      /^file: .*(?:CSV UTF-8|not text)/,
    ],
    [
      'writes a year of two digits',
      table.replace('08/05/2023', '08/05/23'),
      /^member\.1\.term\.from: Write this as dd\/mm\/yyyy/,
    ],
    [
      'writes a day in the American order',
      table.replace('08/05/2023', '05/28/2023'),
      /^member\.1\.term\.from: /,
    ],
  ])('that %s is refused, and says what to do', (_what, content, says) => {
    expect(saysOf(() => fromCsv(content))).toMatch(says);
  });
});

describe('a text of a web page', () => {
  const posts = (text: string) => fromXml(element({ keyposts: text }))[0]?.posts;
  const name = (text: string) => fromXml(element({ fullusername: text }))[0]?.name;
  const email = (text: string) => fromXml(element({ email: text }))[0]?.email;

  test('has its entities escaped once too often', () => {
    expect(posts('Chair of Fables &amp;amp; Myths')).toEqual(['Chair of Fables & Myths']);
    expect(posts('Chair of Fables &amp;amp;amp; Myths')).toEqual(['Chair of Fables & Myths']);
    expect(name('Councillor Ivy O&amp;#39;Fable')).toBe("Councillor Ivy O'Fable");
    expect(name('Councillor&amp;nbsp;Zo&amp;euml; Fable')).toBe('Councillor Zoë Fable');
    expect(name('Councillor Ash &amp; Fern')).toBe('Councillor Ash & Fern');
  });

  test('parts posts by line breaks, of either kind', () => {
    for (const br of [
      '&lt;br /&gt;',
      '&lt;br&gt;',
      '&lt;BR/&gt;',
      '&amp;lt;br /&amp;gt;',
      '\n',
      '<![CDATA[<br />]]>',
    ]) {
      expect(posts(`Chair of Fables${br}Champion of Myths`)).toEqual([
        'Chair of Fables',
        'Champion of Myths',
      ]);
    }
    expect(
      posts('&lt;p&gt;&lt;strong&gt;Chair&lt;/strong&gt; of Fables&lt;/p&gt;&lt;p&gt;Champion&lt;/p&gt;'),
    ).toEqual(['Chair of Fables', 'Champion']);
  });

  test('hides a party behind no escape', () => {
    const party = 'Fables &amp;amp; Myths Party';
    const read = fromXml(
      element({ politicalpartytitle: party, keyposts: 'Spokesperson (Fables &amp;amp; Myths); Champion' }),
    );
    expect(read[0]?.posts).toEqual(['Champion']);
  });

  test.each([
    'mailto:ash@council.example',
    'MAILTO:ash@council.example?subject=Casework',
    'Ash Fiction &lt;ash@council.example&gt;',
    '&lt;a href="mailto:ash@council.example"&gt;ash@council.example&lt;/a&gt;',
    'ash@council.example&lt;br /&gt;',
  ])('gives the address in “%s”', (text) => {
    expect(email(text)).toBe('ash@council.example');
  });

  test('leaves what is no element as it is', () => {
    expect(name('Councillor Ash &lt;Fern&gt; Fiction')).toBe('Councillor Ash <Fern> Fiction');
    expect(posts('Chair of A &lt; B')).toEqual(['Chair of A < B']);
  });
});
