/** All members invited at once: one link, one mail and one entry each, and nothing twice. */
import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { accountsToInvite, addLinks } from '../../../db/account/invitations.js';
import { lockRegister } from '../../../db/register/register.js';
import { linkEnds } from '../../../policies/account/link.js';
import { paths } from '../../../server/web/paths.js';
import { readerOf, type Reader } from '../../support/browser-less.js';
import { useCouncil, type Answer } from '../../support/council.js';
import { expectOk } from '../../support/line.js';
import { behindTheApi, byRule } from '../../support/people.js';
import { feedXml, fictionalMembers } from '../../support/register-feed.js';

const council = useCouncil();
const invite = async (body: object = {}, by = 'democratic.services'): Promise<Answer> =>
  (await council.as(by)).post('/api/councillors/invite', body);

/** Links, entries and messages of invitations so far. */
const sent = async () => {
  const { db } = council.world;
  return {
    links: (await db('password_links').pluck('id')).length,
    entries: (await db('audit.entries').where({ type: 'person.invited' }).pluck('seq')).length,
    messages: (await db('messages').where({ kind: 'password_link' }).pluck('id')).length,
  };
};
/** Links that were made at that moment. */
const sentOn = async (at: Date) => ({
  count: (await council.world.db('password_links').where({ made_at: at }).pluck('id')).length,
});
const all = (count: number) => ({ links: count, entries: count, messages: count });

/** Eight members of a file, six of them with an address. */
const imported = async (from = 0, to = 8): Promise<void> => {
  const file = Buffer.from(feedXml(fictionalMembers(to).slice(from)));
  const keeper = await council.as('democratic.services');
  expectOk(await keeper.post('/api/councillors/import', file, { 'Content-Type': 'application/xml' }));
};

describe('the members of the register', () => {
  beforeAll(() => imported());

  test('who have an account and no password are sent a link each, and those alone', async () => {
    const { body } = expectOk(await invite());
    expect(body).toMatchObject({ toInvite: 0, invited: 6, withoutAccount: 2 });
    expect(await sent()).toEqual(all(6));
    const to: string[] = await council.world
      .db('messages as m')
      .join('people as p', 'p.id', 'm.to_person')
      .where({ kind: 'password_link' })
      .orderBy('p.email')
      .pluck('p.email');
    expect(to).toEqual([1, 2, 3, 5, 6, 7].map((number) => `member${number}@council.example`));
  });

  test('are sent nothing twice, asked again or at once by two', async () => {
    expectOk(await invite());
    const before = await sent();
    expectOk(await invite());
    expect(await sent()).toEqual(before);
    await imported(0, 12);
    const both = await Promise.all([invite(), invite()]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const after = await sent();
    const more = { links: after.links - before.links, entries: after.entries - before.entries };
    expect({ ...more, messages: after.messages - before.messages }).toEqual(all(3));
  });

  test('are sent nothing by who asks while another invites them: the second waits, and finds the links of the first', async () => {
    const { db } = council.world;
    await imported(0, 16);
    const before = await sent();
    const seen = { settled: false };
    let second: Promise<Answer> | undefined;
    await behindTheApi(db, async (trx) => {
      await lockRegister(trx);
      const people = await accountsToInvite(trx, council.clock);
      expect(people.length).toBe(3);
      second = invite().finally(() => (seen.settled = true));
      const waiting = async () => {
        const { rows } = await council.world.owner.raw<{ rows: object[] }>(
          `select from pg_locks where locktype = 'advisory' and not granted
             and database = (select oid from pg_database where datname = current_database())`,
        );
        return rows.length > 0;
      };
      while (!seen.settled && !(await waiting()));
      const [at, expiresAt] = [council.clock, linkEnds(council.clock)];
      const linkOf = (personId: string) => ({ id: randomUUID(), tokenHash: randomBytes(32), personId });
      await addLinks(
        trx,
        people.map((personId) => ({ ...linkOf(personId), at, expiresAt })),
      );
    });
    expect((await second)?.status).toBe(200);
    expect(await sent()).toEqual({ ...before, links: before.links + 3 });
  });

  test('are invited again once their link is over, and not while they are suspended', async () => {
    const { db } = council.world;
    await behindTheApi(db, (trx) =>
      trx('people').where({ email: 'member1@council.example' }).update({ suspended_at: council.clock }),
    );
    council.clock = new Date(council.clock.getTime() + 25 * 60 * 60 * 1000);
    const { body } = expectOk(await invite());
    expect(body).toMatchObject({ toInvite: 0, suspended: 1 });
    const { count } = await sentOn(council.clock);
    expect(count).toBe(body.invited);
  });

  test('are not invited where another number of them was shown', async () => {
    const before = await sent();
    expect(await invite({ expected: 3 })).toMatchObject(byRule(409, 'members_shown'));
    expect(await sent()).toEqual(before);
  });

  test('are invited by Democratic Services, and by nobody else', async () => {
    for (const by of ['administrator', 'legal', 'scrutiny.chair', 'auditor', 'host'])
      expect([by, (await invite({}, by)).status]).toEqual([by, 403]);
  });
});

describe('on the page', () => {
  let keeper: Reader;
  beforeAll(async () => {
    await imported(0, 20);
    keeper = await readerOf(council.server, 'democratic.services');
    keeper.stopsToCheck = true;
  });

  test('they are checked, then sent, and sending the form again sends nothing', async () => {
    const before = await sent();
    const page = await keeper.open(paths.inviteMembers);
    const count = Number(page.form.fields['expected']);
    expect(count).toBeGreaterThan(1);
    const check = await keeper.submit({}, page);
    expect(check.headings).toEqual(['Check before you invite the members']);
    expect(check.text).toContain('Set your password');
    expect(await sent()).toEqual(before);

    const done = await keeper.submit({}, check);
    expect(done.headings).toEqual([`You have sent ${count} links to set a password`]);
    const after = await sent();
    expect(after.links - before.links).toBe(count);
    expect((await keeper.submit({}, check)).headings).toEqual(done.headings);
    expect(await sent()).toEqual(after);
    expect((await keeper.open(paths.inviteMembers)).text).toContain('There is nobody to invite now');
  });

  test('the list of councillors leads there, for who keeps the register alone', async () => {
    expect((await keeper.open(paths.councillors)).html).toContain(`href="${paths.inviteMembers}"`);
    const administrator = await readerOf(council.server, 'administrator');
    expect((await administrator.open(paths.inviteMembers)).status).toBe(403);
  });
});
