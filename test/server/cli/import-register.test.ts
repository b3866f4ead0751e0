/** The nightly import of the register: from a file, from an address, and what it does and leaves. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { userInfo, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import type { FeedMember } from '../../../policies/register/register-feed.js';
import { noticesOf } from '../../../server/web/notices.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { ran, type Ran } from '../../support/commands.js';
import { useCouncil } from '../../support/council.js';
import { personId } from '../../support/people.js';
import { feedCsv, feedXml, fictionalMembers } from '../../support/register-feed.js';

const council = useCouncil();
const { world } = council;
const type = 'register_differs';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'import-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (args: readonly string[], days = 0): Promise<Ran> =>
  ran(['import-register', ...args], {
    DATABASE_URL: world.serviceUrl,
    MIGRATION_DATABASE_URL: world.ownerUrl,
    DATA_DIR: folder,
    LOG_LEVEL: 'error',
    CLOCK_OFFSET_DAYS: String(days),
  });

let files = 0;
const fileOf = async (members: readonly FeedMember[], name = `feed-${(files += 1)}.csv`): Promise<string> => {
  const file = path.join(folder, name);
  await writeFile(file, name.endsWith('.xml') ? feedXml(members) : feedCsv(members));
  return file;
};
const mails = async () =>
  world.db('messages').where({ kind: type }).orderBy('created_at').select('to_person', 'counts', 'reference');
const register = async () =>
  world
    .db('councillors')
    .orderBy('id')
    .select('id', 'name', 'ward', 'standing', 'term_from', 'term_to', 'email');
const last = async (entry: 'register.imported' | 'register.compared') =>
  (await search(world.db, { type: entry, limit: 1 }))[0];

const members = fictionalMembers(4);
const [first, ...others] = members as [FeedMember, ...FeedMember[]];

describe('a file', () => {
  test('is taken over: new members are entered, and everybody who is not in it stays and is listed', async () => {
    const before = await register();
    const { code, out, err } = await run([await fileOf(members)]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Taken over: 4 new members, changes of 0 members.');
    expect(out).toMatch(
      /^Left for Democratic Services: \d+ members in the register and not in office by the file\.$/m,
    );
    const after = await register();
    expect(after).toHaveLength(before.length + 4);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(out).not.toContain('Fiction');
  });

  test('is on the trail as the service’s own, with the user who ran the command', async () => {
    expect(await last('register.imported')).toMatchObject({
      actor: 'system',
      actorName: `The operating-system user ${userInfo().username}`,
      decision: { added: 4, changed: 0, unattended: true },
    });
    expect((await search(world.db, { type: 'councillor.added', limit: 1 }))[0]).toMatchObject({
      actor: 'system',
      decision: { source: 'feed' },
    });
  });

  test('is told to Democratic Services in numbers, and to nobody else', async () => {
    const sent = await mails();
    const keepers = [
      await personId(world.db, 'democratic.services'),
      await personId(world.db, 'democratic.services.second'),
    ];
    expect(sent.map(({ to_person: to }) => to)).toEqual(expect.arrayContaining(keepers));
    for (const { counts, reference } of sent) {
      expect(reference).toBe('register');
      expect(counts).toMatchObject({ added: 4, changed: 0, doubtful: 0 });
    }
    const { body } = await (await council.as('administrator')).get('/api/me');
    expect(sent.map(({ to_person: to }) => to)).not.toContain(body.id);
  });

  test('a second time changes nothing, and is no news: no mail, also where the same members are left', async () => {
    const [before, sent] = [await register(), await mails()];
    const again = await run([await fileOf(members)]);
    expect(again.code).toBe(0);
    expect(again.out).toContain('Taken over: 0 new members, changes of 0 members.');
    expect(await register()).toEqual(before);
    expect(await mails()).toEqual(sent);
    expect(await last('register.compared')).toMatchObject({
      actor: 'system',
      decision: { unattended: true },
    });
    const later = await run([await fileOf(members)], 8);
    expect(later.code).toBe(0);
    expect((await mails()).length).toBe(2 * sent.length);
  });

  test('as XML is read like the page’s, and changes what is plain', async () => {
    const moved = { ...first, ward: 'Elsewhere', posts: ['Chair, Invented Matters and Fables Committee'] };
    const { code, out } = await run([await fileOf([moved, ...others], 'moved.xml')]);
    expect(code).toBe(0);
    expect(out).toContain('Taken over: 0 new members, changes of 1 member.');
    expect(await world.db('councillors').where({ external_id: first.externalId }).first('ward')).toEqual({
      ward: 'Elsewhere',
    });
  });

  test('ends, shortens and brings back nobody, and takes no address of somebody else', async () => {
    const today = londonDate(council.clock);
    const before = await register();
    const feed: FeedMember[] = [
      { ...first, ward: 'Elsewhere', term: { from: '2023-05-08', to: addDays(today, -1) } },
      { ...(others[0] ?? first), email: 'legal@council.example' },
      { ...(others[1] ?? first), name: 'Councillor Somebody Quite-Different' },
    ];
    const { code, out } = await run([await fileOf(feed)]);
    expect(code).toBe(0);
    expect(out).toContain('Taken over: 0 new members, changes of 0 members.');
    expect(out).toMatch(/\d+ members in the register and not in office by the file./);
    expect(out).toContain('1 member with the e-mail address of somebody else.');
    expect(out).toContain('1 member whose number has another name now.');
    expect(await register()).toEqual(before);
  });

  test('that cannot be read changes nothing, and says what is wrong with it and where', async () => {
    const before = await register();
    const file = path.join(folder, 'wrong.csv');
    await writeFile(file, 'number,who\n1,Zirkonfall\n');
    const { code, err } = await run([file]);
    expect(code).toBe(1);
    expect(err).toMatch(/column\./);
    expect(err).not.toContain('Zirkonfall');
    expect(await run([path.join(folder, 'nowhere.csv')])).toMatchObject({ code: 1 });
    const text = path.join(folder, 'feed.txt');
    await writeFile(text, feedCsv(members));
    expect(await run([text])).toMatchObject({ code: 1, err: expect.stringContaining('--type') });
    const large = path.join(folder, 'large.csv');
    await writeFile(large, Buffer.alloc(5_000_001, 'a'));
    expect(await run([large])).toMatchObject({ code: 1, err: expect.stringContaining('larger than 5 MB') });
    expect(await register()).toEqual(before);
    expect((await run([text, '--type', 'text/csv'])).code).toBe(0);
  });

  test('is asked for in one word: anything else is a wrong use', async () => {
    for (const args of [
      [],
      ['one', 'two'],
      ['ftp://committee.example/feed.csv'],
      ['a.csv', '--type', 'text/plain'],
    ]) {
      expect([args, (await run(args)).code]).toEqual([args, 2]);
    }
    expect((await run(['--help'])).code).toBe(0);
  });
});

describe('an address', () => {
  let server: Server;
  let base: string;
  let answer: (req: IncomingMessage, res: ServerResponse) => void;
  beforeAll(async () => {
    server = createServer((req, res) => answer(req, res));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const sends = (status: number, headers: Record<string, string>, body: string | Buffer = '') => {
    answer = (_req, res) => void res.writeHead(status, headers).end(body);
  };
  const csv = () => feedCsv([{ ...first, ward: 'Elsewhere' }, ...others]);

  test('is read as a file is, by its type', async () => {
    sends(200, { 'Content-Type': 'text/csv; charset=utf-8' }, csv());
    expect(await run([`${base}/feed?key=zirkonfall`])).toMatchObject({ code: 0, err: '' });
  });

  test('may lead on within its host, and to no other', async () => {
    answer = (req, res) => {
      if (req.url === '/feed') res.writeHead(302, { Location: '/there' }).end();
      else res.writeHead(200, { 'Content-Type': 'text/csv' }).end(csv());
    };
    expect((await run([`${base}/feed`])).code).toBe(0);
    sends(302, { Location: 'http://127.0.0.1:9/there' });
    expect(await run([`${base}/feed`])).toMatchObject({
      code: 1,
      err: expect.stringContaining('another host'),
    });
    sends(302, { Location: '/feed' });
    expect(await run([`${base}/feed`])).toMatchObject({
      code: 1,
      err: expect.stringContaining('without an end'),
    });
  });

  test.each([
    ['another type', 200, { 'Content-Type': 'text/html' }, '<p>', 'neither XML nor CSV'],
    ['no type', 200, {}, 'a,b', 'neither XML nor CSV'],
    ['an error', 500, { 'Content-Type': 'text/csv' }, 'a,b', 'answers 500'],
    ['too much', 200, { 'Content-Type': 'text/csv' }, Buffer.alloc(5_000_001, 'a'), 'larger than 5 MB'],
  ] as const)(
    'that answers with %s is a failure, and changes nothing',
    async (_what, status, headers, body, says) => {
      const before = await register();
      sends(status, headers, body);
      const { code, err } = await run([`${base}/feed?key=zirkonfall`]);
      expect([code, err]).toEqual([1, expect.stringContaining(says)]);
      expect(err).not.toContain('zirkonfall');
      expect(await register()).toEqual(before);
    },
  );

  test('is asked over https alone, but on this machine, and takes no password', async () => {
    expect(await run(['http://committee.example/feed.csv'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('https'),
    });
    const withPassword = base.replace('//', '//somebody:zirkonfall@');
    const refused = await run([`${withPassword}/feed`]);
    expect([refused.code, refused.err.includes('zirkonfall')]).toEqual([1, false]);
  });

  test('that nobody answers at is a failure', async () => {
    answer = (_req, res) => void res.destroy();
    expect(await run([`${base}/feed`])).toMatchObject({
      code: 1,
      err: expect.stringContaining('does not answer'),
    });
  });
});

test('the mail says the numbers and leads to the page, and names nobody', async () => {
  const [sent] = await mails();
  const words = noticesOf({
    baseUrl: new URL('https://ntk.council.example'),
    councilName: 'Test Council',
    sessionSecret: council.sessionSecret,
  })({ kind: type, reference: 'register', due: null, counts: sent?.counts as Record<string, number> });
  expect(words?.text).toContain('Taken over: 4 members who are new.');
  expect(words?.text).toMatch(/Left for you: \d+ members in the register and not in office by the file\./);
  expect(words?.link.href).toBe('https://ntk.council.example/councillors/import');
  expect(words?.text).not.toMatch(/Fiction|@council\.example/);
});
