/**
 * The feed of the committee system: the differences are shown before they are taken, the gone end only when
 * it is confirmed, a bad file changes nothing, and no party, home address or telephone is kept anywhere.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import type { FeedMember } from '../../../policies/register/register-feed.js';
import { paths } from '../../../server/web/paths.js';
import { readerOf, type Reader } from '../../support/browser-less.js';
import { useCouncil, type Answer, type Client } from '../../support/council.js';
import { columnsWith, filesWith, rowCounts } from '../../support/leaks.js';
import { expectOk } from '../../support/line.js';
import { byRule } from '../../support/people.js';
import { feedCsv, feedXml, fictionalMembers } from '../../support/register-feed.js';

const council = useCouncil();
/** Stands in every element of the file that must never be read. */
const canary = 'Kanarienzq';

let keeper: Client;
let superuser: Knex;
/** Eighty members: the four with a ward whom the demonstration has, and seventy-six who are nobody. */
let members: FeedMember[];

let reader: Reader;
const answers: string[] = [];
const send = async (
  content: string | Buffer,
  { dryRun = false, type = 'application/xml', by = keeper, headers = {}, choices = '' } = {},
): Promise<Answer> => {
  const answer = await by.post(`/api/councillors/import?dryRun=${dryRun}${choices}`, Buffer.from(content), {
    'Content-Type': type,
    ...headers,
  });
  answers.push(JSON.stringify([answer.status, answer.body, answer.headers]));
  return answer;
};
const take = (feed: readonly FeedMember[], options = {}) =>
  send(feedXml(feed, { canary, named: true }), options);

const everybody = async (): Promise<
  { id: string; name: string; ward: string | null; standing: string }[]
> => {
  const { body } = expectOk(await keeper.get('/api/councillors?limit=100'));
  answers.push(JSON.stringify(body));
  return body.items;
};
const nobody = { added: [], changed: [], doubtful: [], gone: [] };
const trail = async (type: string) =>
  (await (await council.as('auditor')).get(`/api/audit?type=${type}&limit=100`)).body.items as {
    decision: object;
    subject: string;
  }[];

beforeAll(async () => {
  keeper = await council.as('democratic.services');
  superuser = council.world.open(council.world.superuserUrl);
  const wards = (await everybody()).filter(({ ward, standing }) => ward !== null && standing === 'sitting');
  members = [
    ...fictionalMembers(76),
    ...wards.map(({ name, ward }, index) => ({
      externalId: String(8001 + index),
      name,
      ward: ward ?? '',
      email: null,
      posts: [],
      term: { from: null, to: null },
    })),
  ];
}, 30_000);

test('the first feed is imported: each member with an entry, an account if there is an address, and the posts', async () => {
  expect(members).toHaveLength(80);
  const before = await rowCounts(superuser);
  const shown = expectOk(await take(members, { dryRun: true })).body;
  const after = await rowCounts(superuser);
  const ofCouncil = (counts: typeof after) =>
    Object.entries(counts).filter(([table]) => !table.startsWith('audit.'));
  expect(ofCouncil(after)).toEqual(ofCouncil(before));
  expect(after['audit.entries']).toBe((before['audit.entries'] ?? 0) + 1);
  expect((await trail('register.compared'))[0]).toMatchObject({
    subject: 'register',
    decision: { added: 76, changed: 4, gone: 0 },
  });

  const { status, body } = await take(members);
  expect([status, body]).toEqual([200, shown]);
  expect([body.added.length, body.changed.length, body.gone]).toEqual([76, 4, []]);
  expect((await trail('register.imported'))[0]).toMatchObject({
    decision: { added: 76, changed: 4, gone: 0 },
  });
  expect(await trail('councillor.added')).toHaveLength(76);
  const [first] = fictionalMembers(2).slice(1);
  expect(
    await council.world
      .db('councillors as c')
      .leftJoin('people as p', 'p.councillor_id', 'c.id')
      .where('c.external_id', first?.externalId)
      .first(
        'c.name',
        'c.ward',
        'c.standing',
        'c.posts',
        'c.email',
        'c.term_from',
        'c.term_to',
        'p.email as account',
        'p.password_hash',
      ),
  ).toEqual({
    name: first?.name,
    ward: first?.ward,
    standing: 'sitting',
    posts: first?.posts,
    email: first?.email,
    term_from: first?.term.from,
    term_to: first?.term.to,
    account: first?.email,
    password_hash: null,
  });
  expect(
    (await council.world.db('people').whereNull('password_hash').whereNotNull('councillor_id')).length,
  ).toBe(57);
});

test('eighty members with two changed wards, one new and one gone: the dry run shows exactly that, and so does the import', async () => {
  const [moved, other, gone] = members as [FeedMember, FeedMember, FeedMember];
  const newcomer: FeedMember = {
    externalId: '7001',
    name: 'Councillor New Fiction',
    ward: 'Fictional Ward 99',
    email: 'new.fiction@council.example',
    posts: ['Chair, Committee of Inventions'],
    term: { from: '2026-05-08', to: null },
  };
  const feed = [
    { ...moved, ward: 'Fictional Ward 26' },
    { ...other, ward: 'Brand New Ward' },
    ...members.slice(3),
    newcomer,
  ];
  const expected = {
    added: [newcomer],
    changed: [
      {
        id: expect.any(String),
        name: moved.name,
        externalId: moved.externalId,
        ward: 'Fictional Ward 26',
        changes: [{ field: 'ward', from: moved.ward, to: 'Fictional Ward 26' }],
      },
      {
        id: expect.any(String),
        name: other.name,
        externalId: other.externalId,
        ward: 'Brand New Ward',
        changes: [{ field: 'ward', from: other.ward, to: 'Brand New Ward' }],
      },
    ],
    doubtful: [],
    gone: [{ id: expect.any(String), name: gone.name, ward: gone.ward }],
  };
  const before = await everybody();
  const dry = await take(feed, { dryRun: true });
  expect([dry.status, dry.body]).toEqual([200, expected]);
  expect(await everybody()).toEqual(before);
  const csv = await send(feedCsv(feed, { canary, named: true }), {
    dryRun: true,
    type: 'text/csv; charset=utf-8',
  });
  expect(csv.body).toEqual(dry.body);

  const taken = await take(feed);
  expect([taken.status, taken.body]).toEqual([200, dry.body]);
  const [left] = taken.body.gone;
  const path = `/api/councillors/${left.id}`;
  expect((await keeper.get(path)).body).toMatchObject({ standing: 'sitting', term: { to: gone.term.to } });
  expect((await take(feed)).body).toEqual({ ...nobody, gone: taken.body.gone });

  expectOk(await keeper.post(`${path}/gone`));
  expect((await keeper.get(path)).body.standing).toBe('former');
  expect((await take(feed)).body).toEqual(nobody);
  expect(await everybody()).toHaveLength(before.length + 1);
  const coopted = (await everybody()).filter(({ standing }) => standing === 'coopted');
  expect(coopted).toHaveLength(1);
});

test('somebody else’s address makes no account and takes nobody’s: it is said, and the rest is taken over', async () => {
  const feed: FeedMember[] = [
    ...(await currentFeed()),
    {
      ...fictionalMembers(1)[0],
      externalId: '7100',
      name: 'Councillor Same Address',
      email: 'LEGAL@council.example',
    } as FeedMember,
    {
      ...fictionalMembers(1)[0],
      externalId: '7101',
      name: 'Councillor Shared One',
      email: 'shared@council.example',
    } as FeedMember,
    {
      ...fictionalMembers(1)[0],
      externalId: '7102',
      name: 'Councillor Shared Two',
      email: 'Shared@council.example',
    } as FeedMember,
  ];
  const { status, body } = await take(feed);
  expect(status).toBe(200);
  expect(
    body.added.map(({ name, emailTaken }: { name: string; emailTaken?: true }) => [name, emailTaken]),
  ).toEqual([
    ['Councillor Same Address', true],
    ['Councillor Shared One', undefined],
    ['Councillor Shared Two', true],
  ]);
  const accounts = await council.world
    .db('people')
    .whereRaw(`lower(email) in ('legal@council.example', 'shared@council.example')`)
    .orderBy('email')
    .pluck('name');
  expect(accounts).toEqual(['Legal (demonstration)', 'Councillor Shared One']);
  expect((await take(feed)).body).toMatchObject({ added: [], changed: [] });
});

test('a telephone number or an address among the posts does not count: it is neither shown nor kept', async () => {
  const [first, ...rest] = await currentFeed();
  const post = 'Chair of Invented Things since 2019';
  const written = ['Tel: 01632 960 147', post, 'someone@home.example', '1 Nowhere Lane, SW1A 1AA'];
  const feed = [{ ...first, posts: written } as FeedMember, ...rest];
  const changed = [{ changes: [{ field: 'posts', from: first?.posts, to: [post] }] }];
  expect((await take(feed, { dryRun: true })).body).toMatchObject({ added: [], changed, gone: [] });
  expect((await take(feed)).body).toMatchObject({ added: [], changed, gone: [] });
  expect(await columnsWith(superuser, [post])).toContain('public.councillors.posts');
  expect(await columnsWith(superuser, ['01632 960', 'someone@home', 'SW1A 1AA'])).toEqual([]);
  expect((await take(feed)).body).toEqual(nobody);
});

/** What the register holds, as a feed would have it. */
const currentFeed = async (): Promise<FeedMember[]> => {
  const rows = await council.world
    .db('councillors')
    .whereNotNull('external_id')
    .whereNot('standing', 'former');
  return rows.map((row) => ({
    externalId: row.external_id ?? '',
    name: row.name,
    ward: row.ward ?? '',
    email: row.email ?? '',
    posts: row.posts,
    term: { from: row.term_from, to: row.term_to },
  }));
};

test('two imports at once come one after the other: nobody is entered twice', async () => {
  const feed: FeedMember[] = [
    ...(await currentFeed()),
    ...fictionalMembers(5).map((member, index) => ({
      ...member,
      externalId: String(7200 + index),
      name: `Councillor Twice ${index}`,
      email: `twice${index}@council.example`,
    })),
  ];
  const both = await Promise.all([take(feed), take(feed, { by: await council.as('two.offices') })]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect(new Set(both.map(({ body }) => body.added.length))).toEqual(new Set([0, 5]));
  expect((await everybody()).filter(({ name }) => name.startsWith('Councillor Twice'))).toHaveLength(5);
});

test('a member who comes back is sitting again with the new term, and the co-opted stay unchanged', async () => {
  const feed = await currentFeed();
  const returning = { ...members[2], term: { from: '2026-05-08', to: null } } as FeedMember;
  const { status, body } = await take([...feed, returning]);
  expect([status, body.added, body.gone, body.changed.length]).toEqual([200, [], [], 1]);
  const { body: back } = await keeper.get(`/api/councillors/${body.changed[0].id}`);
  expect(back).toMatchObject({ standing: 'sitting', term: { from: '2026-05-08', to: null } });
});

describe('an old number under a new name', () => {
  const fiction = fictionalMembers(40)[35] as FeedMember;
  const was: FeedMember = {
    ...fiction,
    externalId: '7300',
    name: 'Councillor Heath Oldname',
    email: 'old@council.example',
  };
  const now: FeedMember = { ...was, name: 'Councillor Fern Newcomer', email: 'newcomer@council.example' };
  const rowOf = (name: string) =>
    council.world.db('councillors').where({ name }).first('id', 'external_id', 'standing');
  const accountOf = (id: string) =>
    council.world.db('people').where({ councillor_id: id }).first('name', 'email');

  beforeAll(async () => {
    expectOk(await take([...(await currentFeed()), was]));
  });

  test('is asked about, and by itself makes nobody another person', async () => {
    const feed = [...(await currentFeed()).filter(({ externalId }) => externalId !== '7300'), now];
    const { id } = (await rowOf(was.name)) ?? { id: '' };
    const { body } = await take(feed);
    expect(body).toEqual({ ...nobody, doubtful: [{ id, name: was.name, ward: was.ward, member: now }] });
    expect(await accountOf(id)).toEqual({ name: was.name, email: was.email });
    expect(await rowOf(now.name)).toBeUndefined();
    expect((await trail('register.imported'))[0]).toMatchObject({ decision: { doubtful: 1, leftOut: 0 } });
  });

  test.each([
    ['leaveOut', '&leaveOut=9999'],
    ['same', '&same=9001'],
    ['another', '&another=9001'],
    ['another', '&same=7300&another=7300'],
  ])('is decided of those in doubt alone: %s', async (field, choices) => {
    const feed = [...(await currentFeed()).filter(({ externalId }) => externalId !== '7300'), now];
    const { status, body } = await take(feed, { choices });
    expect([status, body.errors]).toEqual([422, [{ field, message: expect.any(String) }]]);
  });

  test('is somebody new, once it is said: the other keeps the account, and is listed as not in the file', async () => {
    const feed = [...(await currentFeed()).filter(({ externalId }) => externalId !== '7300'), now];
    const { id } = (await rowOf(was.name)) ?? { id: '' };
    const { body } = await take(feed, { choices: '&another=7300' });
    expect(body).toEqual({
      ...nobody,
      added: [now],
      gone: [{ id, name: was.name, ward: was.ward }],
    });
    expect(await rowOf(was.name)).toEqual({ id, external_id: null, standing: 'sitting' });
    expect(await accountOf(id)).toEqual({ name: was.name, email: was.email });
    const added = await rowOf(now.name);
    expect(added).toMatchObject({ external_id: '7300', standing: 'sitting' });
    expect(await accountOf(added?.id ?? '')).toEqual({ name: now.name, email: now.email });
    expect((await trail('councillor.changed'))[0]).toMatchObject({
      subject: `councillor:${id}`,
      decision: { source: 'feed', fields: ['externalId'] },
    });
    expectOk(await keeper.post(`/api/councillors/${id}/gone`));
  });

  test('is the same person, once it is said', async () => {
    const married = { ...now, name: 'Councillor Ivy Unlike' };
    const feed = [...(await currentFeed()).filter(({ externalId }) => externalId !== '7300'), married];
    const { id } = (await rowOf(now.name)) ?? { id: '' };
    const { body } = await take(feed, { choices: '&same=7300' });
    expect(body).toMatchObject({ added: [], doubtful: [], gone: [], changed: [{ id, externalId: '7300' }] });
    expect(await accountOf(id)).toMatchObject({ name: married.name });
  });
});

test('one member of a file is left out, and is neither entered, changed nor gone', async () => {
  const feed = await currentFeed();
  const [first, second, ...others] = feed as [FeedMember, FeedMember, ...FeedMember[]];
  const fresh = {
    ...second,
    externalId: '7400',
    name: 'Councillor Left Out',
    email: 'left.out@council.example',
  };
  const file = [{ ...first, ward: 'Left Ward' }, { ...second, ward: 'Taken Ward' }, ...others, fresh];
  const { body } = await take(file, { choices: `&leaveOut=${first.externalId}&leaveOut=7400` });
  expect(body).toMatchObject({ added: [], gone: [], changed: [{ externalId: second.externalId }] });
  expect((await take(file, { dryRun: true })).body).toMatchObject({
    added: [{ externalId: '7400' }],
    changed: [{ externalId: first.externalId }],
    gone: [],
  });
  expect((await trail('register.imported'))[0]).toMatchObject({ decision: { leftOut: 2 } });
});

describe('a bad file', () => {
  const xml = () => feedXml(fictionalMembers(3), { canary });
  const doctype = `<!DOCTYPE councillorsbyward [<!ENTITY ${canary} "${canary}">]>`;
  const bad: readonly [string, () => string | Buffer, string][] = [
    [
      'with a document type',
      () => xml().replace('<councillorsbyward>', `${doctype}<councillorsbyward>`),
      'text/xml',
    ],
    ['with an entity', () => xml().replace('<fullusername>', `<fullusername>&${canary};`), 'application/xml'],
    ['that is cut off', () => xml().slice(0, -40), 'application/xml'],
    ['in UTF-16 that says it is UTF-8', () => Buffer.from(xml(), 'utf16le'), 'application/xml'],
    ['in Latin-1', () => Buffer.from(xml().replace('Fiction', 'Fictión'), 'latin1'), 'application/xml'],
    ['that says it is in another encoding', () => xml().replace('utf-8', 'iso-8859-1'), 'application/xml'],
    ['sent as another encoding', xml, 'application/xml; charset=iso-8859-1'],
    ['that is empty', () => '', 'application/xml'],
    ['of no member', () => feedXml([]), 'application/xml'],
    ['that is something else', () => `<html><body>${canary}</body></html>`, 'application/xml'],
    ['of CSV sent as XML', () => feedCsv(fictionalMembers(3), { canary }), 'application/xml'],
    [
      'with a telephone number in a name',
      () => xml().replace('<fullusername>', '<fullusername>01632 960147 '),
      'application/xml',
    ],
    ['of CSV cut off', () => feedCsv(fictionalMembers(3), { canary }).slice(0, -30), 'text/csv'],
    ['of CSV without a column', () => `politicalpartytitle\r\n${canary}\r\n`, 'text/csv'],
    [
      'of CSV with an impossible day',
      () => feedCsv(fictionalMembers(3), { canary }).replace('08/05/2023', '31/02/2023'),
      'text/csv',
    ],
  ];
  test.each(bad)(
    '%s is refused, the answer quotes nothing of it, and nothing changes',
    async (_what, content, type) => {
      const before = await rowCounts(superuser);
      for (const dryRun of [true, false]) {
        const { status, body } = await send(content(), { dryRun, type });
        expect({ status, rule: body.rule }).toEqual({ status: 422, rule: 'feed' });
        expect(body.errors.length).toBeGreaterThan(0);
      }
      expect(await rowCounts(superuser)).toEqual(before);
    },
  );

  test('of another type, compressed or too large is refused for that', async () => {
    const before = await rowCounts(superuser);
    expect((await send(xml(), { type: 'application/json' })).status).toBe(415);
    expect((await send(xml(), { type: 'multipart/form-data; boundary=x' })).status).toBe(415);
    expect((await send(xml(), { headers: { 'Content-Encoding': 'gzip' } })).status).toBe(415);
    expect((await send(Buffer.alloc(5_000_001, 'a'))).status).toBe(413);
    expect(
      (
        await keeper.post('/api/councillors/import?dryRun=perhaps', Buffer.from(xml()), {
          'Content-Type': 'text/xml',
        })
      ).status,
    ).toBe(422);
    expect(await rowCounts(superuser)).toEqual(before);
  });

  test('and a good one is taken from nobody but Democratic Services', async () => {
    for (const account of ['scrutiny.chair', 'legal', 'auditor', 'administrator']) {
      const by = await council.as(account);
      for (const dryRun of [true, false])
        expect(await send(xml(), { dryRun, by })).toMatchObject(byRule(403, 'office'));
    }
  });
});

test('by the pages the same file shows the same, is taken over, and the gone are confirmed one by one', async () => {
  const feed = await currentFeed();
  const [gone, ...rest] = feed;
  reader = await readerOf(council.server, 'democratic.services');
  await reader.open(paths.importCouncillors);
  const moved = rest.map((member, index) => (index === 0 ? { ...member, ward: 'Ward by Page' } : member));
  const shown = await reader.upload({
    name: `${canary}.xml`,
    content: feedXml(moved, { canary, named: true }),
  });
  expect(shown.text).toMatch(/0 are new, 1 has changed, 1 is in the register and not in office by the file/);
  expect(shown.text).toContain('Ward by Page');
  await reader.submit();
  await reader.open(reader.page.link(`Confirm that ${gone?.name} is gone`));
  expect((await reader.submit()).text).toContain('recorded as gone');
  await reader.open(paths.importCouncillors);
  expect(
    (await reader.upload({ name: 'b.xml', content: feedXml(moved, { canary }).slice(0, -40) })).status,
  ).toBe(422);
  let next: string | null = paths.councillors;
  while (next !== null) {
    const list = await reader.open(next);
    next = list.html.includes('More councillors') ? list.link('More councillors') : null;
  }
  for (const { id } of await everybody()) expect((await reader.open(paths.councillor(id))).status).toBe(200);
  await reader.open(paths.trail);
}, 60_000);

describe('afterwards', () => {
  const name = 'Councillor New Fiction';
  const address = 'new.fiction@council.example';
  const ward = 'Brand New Ward';

  test('no table holds a party, a home address or a telephone number; what should be there is found', async () => {
    expect(await columnsWith(superuser, [name])).toEqual(
      expect.arrayContaining(['public.councillors.name', 'public.people.name']),
    );
    expect(await columnsWith(superuser, [address])).toEqual(
      expect.arrayContaining(['public.councillors.email', 'public.people.email']),
    );
    expect(await columnsWith(superuser, [ward])).toEqual(
      expect.arrayContaining(['public.councillors.ward', 'public.register_history.facts']),
    );
    expect(await columnsWith(superuser, [canary])).toEqual([]);
  });

  test('no file of the database server does; what should be there is found', async () => {
    const found = await filesWith(superuser, name);
    if (found === null) {
      process.stderr.write('The database server’s files are not on this machine: they are not searched.\n');
      return;
    }
    expect(found.some((file) => file.includes('/base/'))).toBe(true);
    expect(await filesWith(superuser, canary)).toEqual([]);
  }, 60_000);

  test('no answer, no page and no line of the log does, at its most talkative', () => {
    const said = answers.join('\n');
    expect([name, address, ward].every((each) => said.includes(each))).toBe(true);
    expect(said).not.toContain(canary);
    const pages = reader.seen.map(({ html, path: at }) => at + html).join('\n');
    for (const each of [name, ward]) expect(pages).toContain(each);
    expect(pages).not.toContain(canary);
    const log = council.lines.join('\n');
    expect(log).toContain('/api/councillors/import');
    for (const never of [canary, name, address, ward]) expect(log).not.toContain(never);
  });
});
