/**
 * Forty files of one council, as committee systems, scrapers and spreadsheets write them, against one register. Each gives the
 * right differences, or an error that says what to do. None ends a member, changes the address of an account in use, or makes
 * an empty seat a member.
 */
import { beforeAll, expect, test } from '@jest/globals';
import { useCouncil, type Client } from '../../support/council.js';
import { expectOk } from '../../support/line.js';
import { behindTheApi } from '../../support/people.js';
import { callWith, madeToken } from '../../support/tokens.js';

const council = useCouncil();
let keeper: Client;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly ward: string;
  readonly email: string;
  readonly posts: string;
  readonly from: string;
  readonly to: string;
}
type Change = Partial<Row>;

const ash: Row = {
  id: '701',
  name: 'Councillor Ash Fable',
  ward: 'Fable Hill',
  email: 'ash.fable@council.example',
  posts: 'Chair of Myths',
  from: '08/05/2023',
  to: 'unspecified',
};
const briar: Row = {
  ...ash,
  id: '702',
  name: 'Councillor Briar Myth',
  email: 'briar.myth@council.example',
  posts: '',
  to: '06/05/2038',
};
const clover: Row = { ...ash, id: '703', name: 'Councillor Clover Saga', ward: 'Saga Vale', email: '' };
const known = [ash, briar, clover];

const heading = 'councillorid,fullusername,wardtitle,email,keyposts,startdate,enddate';
const cell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const line = ({ id, name, ward, email, posts, from, to }: Row): string =>
  [id, name, ward, email, posts, from, to].map(cell).join(',');
const csv = (rows: readonly Row[] = known, head = heading): string =>
  [head, ...rows.map(line)].map((each) => `${each}\r\n`).join('');
/** The three members, of whom the first is written so. */
const first = (change: Change): Row[] => [{ ...ash, ...change }, briar, clover];
const and = (change: Change): Row[] => [
  ...known,
  { ...clover, id: '704', name: 'Councillor Dale Legend', ...change },
];

const councillor = ({ id, name, email, posts, from, to }: Row): string =>
  `<councillor><councillorid>${id}</councillorid><fullusername>${name}</fullusername><politicalpartytitle>Kites Party</politicalpartytitle><keyposts>${posts}</keyposts><workaddress><email>${email}</email><phone>none</phone></workaddress><termsofoffice><termofoffice><startdate>09/05/2011</startdate><enddate>07/05/2015</enddate></termofoffice><termofoffice><startdate>${from}</startdate><enddate>${to}</enddate></termofoffice></termsofoffice></councillor>`;
const xml = (rows: readonly Row[] = known): string =>
  `<?xml version="1.0" encoding="utf-8"?><councillorsbyward><wards>${[
    ...new Set(rows.map(({ ward }) => ward)),
  ]
    .map(
      (ward) =>
        `<ward><wardtitle>${ward}</wardtitle><councillors>${rows
          .filter((row) => row.ward === ward)
          .map(councillor)
          .join('')}</councillors></ward>`,
    )
    .join('')}</wards></councillorsbyward>`;

/** What a comparison says of the members of this file, by name. */
interface Found {
  readonly added?: readonly string[];
  readonly changed?: readonly string[];
  readonly doubtful?: readonly string[];
  readonly gone?: readonly string[];
}
const nothing: Found = {};
const dale: Found = { added: ['Councillor Dale Legend'] };
/** The fault of a file: its field, and what to do. */
const fault = (field: string, says: RegExp) => ({ field, says });

type File = readonly [string, string | Buffer, Found | ReturnType<typeof fault>];
const files: readonly File[] = [
  ['as the register has it', csv(), nothing],
  ['with a byte order mark', `\uFEFF${csv()}`, nothing],
  ['with semicolons', csv().replaceAll(',', ';'), nothing],
  ['with semicolons, and a line that says so', `sep=;\r\n${csv().replaceAll(',', ';')}`, nothing],
  ['with tabs', csv().replaceAll(',', '\t'), nothing],
  ['saved as Unicode text', Buffer.from(`\uFEFF${csv().replaceAll(',', '\t')}`, 'utf16le'), nothing],
  ['saved as Unicode text, the other way round', Buffer.from(`\uFEFF${csv()}`, 'utf16le').swap16(), nothing],
  ['with the line ends of old Macs', csv().replaceAll('\r\n', '\r'), nothing],
  ['with three hundred rows of commas below', csv() + ',,,,,,\r\n'.repeat(300), nothing],
  ['with rows of blanks between', csv().replace('\r\n702', '\r\n , ,,\t,,,\r\n702'), nothing],
  ['with an empty last day', csv().replace('unspecified', ''), nothing],
  [
    'with headings for people',
    csv(known, 'Councillor ID,Full User Name,Ward Title,E-mail,Key Posts,Start Date,End Date'),
    nothing,
  ],
  [
    'with columns of party and telephone',
    csv()
      .replaceAll('\r\n', ',Kites Party,01632 960000\r\n')
      .replace('enddate,Kites Party,01632 960000', 'enddate,politicalpartytitle,phone'),
    nothing,
  ],
  ['with days that begin with the year', csv().replaceAll('08/05/2023', '2023-05-08'), nothing],
  ['with days in words', csv().replaceAll('08/05/2023', '8th May 2023'), nothing],
  ['with days and midnight', csv().replaceAll('08/05/2023', '08/05/2023 00:00:00'), nothing],
  ['with a title of the county', csv(first({ name: 'County Councillor Ash Fable' })), nothing],
  ['with an honour', csv(first({ name: 'Cllr Ash Fable MBE' })), nothing],
  ['with two offices in front', csv(first({ name: 'Deputy Mayor Councillor Ash Fable' })), nothing],
  ['with a title of the Privy Council', csv(first({ name: 'The Rt Hon. Councillor Ash Fable' })), nothing],
  ['with the surname first', csv(first({ name: 'Fable, Ash' })), nothing],
  ['with a new member', csv(and({})), dale],
  ['with an empty seat', csv(and({ name: 'Vacant Vacant' })), nothing],
  ['with an empty seat that waits', csv(and({ name: 'VACANCY - By-election pending' })), nothing],
  [
    'with two empty seats of one number',
    csv([...and({ id: '0', name: 'Vacancy (1)' }), { ...clover, id: '0', name: 'Vacancy (2)' }]),
    nothing,
  ],
  [
    'with an empty seat in the place of a member',
    csv([ash, { ...briar, name: 'Vacant seat', email: '' }, clover]),
    { gone: ['Councillor Briar Myth'] },
  ],
  ['without a member', csv([ash, briar]), { gone: ['Councillor Clover Saga'] }],
  [
    'with somebody else under a number',
    csv(first({ name: 'Councillor Elm Yarn' })),
    { doubtful: ['Councillor Ash Fable'] },
  ],
  ['with another ward', csv(first({ ward: 'Saga Vale' })), { changed: ['Councillor Ash Fable: ward'] }],
  [
    'with another address',
    csv(first({ email: 'a.fable@council.example' })),
    { changed: ['Councillor Ash Fable: email'] },
  ],
  [
    'with the address of somebody else',
    csv(first({ email: briar.email })),
    { changed: ['Councillor Ash Fable: email (taken)'] },
  ],
  [
    'with a last day that is over',
    csv([ash, { ...briar, to: '06/05/2024' }, clover]),
    { gone: ['Councillor Briar Myth'] },
  ],
  ['of ModernGov, as the register has it', xml(), nothing],
  [
    'of ModernGov, with what a web page escapes',
    xml(
      first({
        name: 'Councillor&amp;nbsp;Ash Fable',
        email: 'mailto:ash.fable@council.example',
        posts: 'Chair of Myths&lt;br /&gt;',
      }),
    ),
    nothing,
  ],
  ['of ModernGov, with an empty seat', xml(and({ name: 'Vacancy', email: '' })), nothing],
  ['of ModernGov, with a new member', xml(and({})), dale],
  [
    'saved in Windows-1252',
    Buffer.from(csv(first({ name: 'Councillor Zo\u00EB Fable' })), 'latin1'),
    fault('file', /save it as UTF-8/i),
  ],
  [
    'without a column',
    csv(known, heading.replace('email', 'mail')),
    fault('column.email', /^Add a column with the heading “email”/),
  ],
  ['that is a workbook', Buffer.from([0x50, 0x4b, 3, 4, 0x14, 0, 6, 0]), fault('file', /CSV UTF-8/)],
  [
    'with a year of two digits',
    csv().replaceAll('08/05/2023', '08/05/23'),
    fault('member.1.term.from', /^Write this as dd\/mm\/yyyy/),
  ],
  [
    'with days in the American order',
    csv(first({ from: '05/28/2023' })),
    fault('member.1.term.from', /^Write this as dd\/mm\/yyyy/),
  ],
  [
    'with a number twice',
    csv(and({ id: '703' })),
    fault('member.4.externalId', /has the same councillorid. Give each member a number of their own/),
  ],
  ['that is cut off', csv().slice(0, -30), fault('file', /cut off/)],
  ['of ModernGov, cut off', xml().slice(0, -30), fault('file', /cut off/)],
  [
    'with a document type',
    xml().replace('?>', '?><!DOCTYPE councillorsbyward>'),
    fault('file', /document type/),
  ],
  [
    'that is a page of a web site',
    '<html><body>Sign in</body></html>',
    fault('file', /not a list of councillors/),
  ],
];

const typeOf = (content: string | Buffer): string =>
  content.toString().startsWith('<') ? 'application/xml' : 'text/csv';
const send = (content: string | Buffer, dryRun = false) =>
  keeper.post(`/api/councillors/import?dryRun=${dryRun}`, Buffer.from(content), {
    'Content-Type': typeOf(content),
  });

interface Named {
  readonly name: string;
}
interface Changed extends Named {
  readonly changes: readonly { readonly field: string }[];
  readonly emailTaken?: boolean;
}
/** The comparison, of the members of the files alone: the demonstration has others, who are in none. */
const foundIn = (body: {
  readonly added: readonly Named[];
  readonly changed: readonly Changed[];
  readonly doubtful: readonly Named[];
  readonly gone: readonly Named[];
}): Found => {
  const names = ({ name }: Named): string => name;
  const all = {
    added: body.added.map(names),
    changed: body.changed.map(
      ({ name, changes, emailTaken }) =>
        `${name}: ${changes.map(({ field }) => field).join(', ')}${emailTaken ? ' (taken)' : ''}`,
    ),
    doubtful: body.doubtful.map(names),
    gone: body.gone.map(names).filter((name) => known.some((row) => row.name === name)),
  };
  return Object.fromEntries(Object.entries(all).filter(([, list]) => list.length > 0));
};

const membersNow = () =>
  council.world
    .db('councillors')
    .leftJoin('people', 'people.councillor_id', 'councillors.id')
    .orderBy('councillors.id')
    .select('councillors.id', 'councillors.name', 'standing', 'term_to', 'people.email as address');

beforeAll(async () => {
  keeper = await council.as('democratic.services');
  expectOk(await send(csv()));
  // Ash has opened their account.
  await behindTheApi(council.world.db, (trx) =>
    trx('people').where({ email: ash.email }).update({ password_hash: 'of another account' }),
  );
});

test('there are more than forty', () => {
  expect(files.length).toBeGreaterThanOrEqual(40);
});

test.each(files)('a file %s', async (_what, content, expected) => {
  const { status, body } = await send(content, true);
  if ('says' in expected) {
    expect(status).toBe(422);
    expect(body.errors).toContainEqual({
      field: expected.field,
      message: expect.stringMatching(expected.says),
    });
    return;
  }
  expect({ status, found: foundIn(body) }).toEqual({ status: 200, found: expected });
});

test('and none of them, taken over by a program, ends a member, changes an address in use or fills an empty seat', async () => {
  const before = await membersNow();
  const { token } = await madeToken(council, 'register.import');
  const statuses: number[] = [];
  for (const [, content] of files) {
    const type = typeOf(content);
    const sending = callWith(council, token, '/api/councillors/import', {
      method: 'POST',
      headers: { 'Content-Type': type },
    });
    statuses.push((await sending.send(Buffer.from(content))).status);
  }
  expect(new Set(statuses)).toEqual(new Set([200, 422]));
  const after = await membersNow();
  for (const { id, standing, term_to: to, name } of before) {
    const now = after.find((member) => member.id === id);
    expect({ name, standing: now?.standing, to: now?.term_to }).toEqual({ name, standing, to });
  }
  expect(after.find(({ name }) => name === ash.name)?.address).toBe(ash.email);
  expect(after.filter(({ name }) => /vacan|election/i.test(name))).toEqual([]);
  expect(after.map(({ name }) => name)).toContain('Councillor Dale Legend');
});
