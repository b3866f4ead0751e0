/** The register of councillors as it may be read: one's own record, and all of them for Democratic Services. */
import { describe, expect, test } from '@jest/globals';
import { append } from '../../../db/audit/append.js';
import { inTransaction } from '../../../db/core/connection.js';
import { useCouncil, type Client } from '../../support/council.js';

const council = useCouncil();
const members = [
  'scrutiny.chair',
  'scrutiny.member',
  'lead.member',
  'ward.member',
  'coopted.member',
  'former.member',
] as const;
const nobodysId = '00000000-0000-4000-8000-000000000000';

const idOf = async (account: (typeof members)[number]) => (await council.as(account)).councillorId;
const newCouncillor = (name: string): Promise<string> =>
  inTransaction(council.world.db, async (trx) => {
    const [made] = await trx('councillors')
      .insert({ name, ward: 'Market', standing: 'sitting', term_from: '2025-05-05' })
      .returning<{ id: string }[]>('id');
    await append(trx, {
      type: 'council.seeded',
      at: council.clock,
      actor: 'system',
      actorName: 'The service',
      office: null,
      capacity: null,
      subject: 'council',
    });
    return made?.id ?? '';
  });

interface Listed {
  readonly id: string;
  readonly name: string;
}
const pages = async (
  client: Client,
  limit: number,
  between: (page: number) => Promise<void> = async () => {},
) => {
  const all: Listed[] = [];
  let next: string | null = null;
  let page = 0;
  do {
    const { status, body } = await client.get(
      `/api/councillors?limit=${limit}${next === null ? '' : `&cursor=${next}`}`,
    );
    expect(status).toBe(200);
    expect(body.items.length).toBeLessThanOrEqual(limit);
    all.push(...body.items);
    next = body.next;
    page += 1;
    if (next !== null) await between(page);
  } while (next !== null);
  return all;
};
const entries = async (subject: string, type: string) =>
  (await (await council.as('auditor')).get(`/api/audit?subject=${subject}&type=${type}&limit=100`)).body
    .items as {
    actor: string;
    decision?: object;
  }[];

describe('one record', () => {
  test.each(members)('%s reads their own entry, and that is one entry on the trail', async (account) => {
    const client = await council.as(account);
    const before = await entries(`councillor:${client.councillorId}`, 'councillor.read');
    const { status, body } = await client.get(`/api/councillors/${client.councillorId}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: client.councillorId, can: [] });
    expect(body.standing).toBe(
      { 'coopted.member': 'coopted', 'former.member': 'former' }[account as 'former.member'] ?? 'sitting',
    );
    expect(body.ward === null).toBe(account === 'coopted.member');
    expect(JSON.stringify(body)).not.toMatch(/breach|party|address|phone|email/i);
    const after = await entries(`councillor:${client.councillorId}`, 'councillor.read');
    expect(after).toHaveLength(before.length + 1);
    expect(after[0]?.actor).toBe(client.id);
  });

  test('the chair’s is in good order: appointment, training and the undertaking in force', async () => {
    const { body } = await (
      await council.as('scrutiny.chair')
    ).get(`/api/councillors/${await idOf('scrutiny.chair')}`);
    expect(body.appointments).toEqual([
      expect.objectContaining({
        title: 'Children and Families Scrutiny Committee',
        kind: 'relevant_committee',
      }),
    ]);
    expect(body.training).toHaveLength(2);
    expect(body.undertaking).toEqual({ version: 1, acceptedAt: expect.any(String) });
    const ward = await (await council.as('ward.member')).get(`/api/councillors/${await idOf('ward.member')}`);
    expect(ward.body.undertaking).toBeNull();
  });

  test.each(['democratic.services', 'democratic.services.second', 'two.offices'])(
    '%s reads every one',
    async (account) => {
      const client = await council.as(account);
      for (const member of members) {
        const { status, body } = await client.get(`/api/councillors/${await idOf(member)}`);
        expect([member, status, body.id]).toEqual([member, 200, await idOf(member)]);
      }
    },
  );

  test.each([
    'childrens.services',
    'legal',
    'monitoring.officer',
    'host',
    'data.protection',
    'auditor',
    'administrator',
    'scrutiny.member',
  ])('%s finds no other’s: the answer is that of a record that is not there', async (account) => {
    const client = await council.as(account);
    const nothing = await client.get(`/api/councillors/${nobodysId}`);
    expect(nothing.status).toBe(404);
    const refused = async () => {
      const { body } = await (
        await council.as('auditor')
      ).get(`/api/audit?type=authority.refused&actor=${client.id}&limit=100`);
      return body.items.length as number;
    };
    const before = await refused();
    const others = members.filter((each) => each !== account);
    for (const member of others) {
      const hidden = await client.get(`/api/councillors/${await idOf(member)}`);
      expect([hidden.status, hidden.body]).toEqual([404, nothing.body]);
    }
    expect(await refused()).toBe(before + others.length);
  });

  test('however the id is written, the reading is found under the one record it is of', async () => {
    const client = await council.as('lead.member');
    const before = await entries(`councillor:${client.councillorId}`, 'councillor.read');
    const { status } = await client.get(`/api/councillors/${client.councillorId.toUpperCase()}`);
    expect(status).toBe(200);
    expect(await entries(`councillor:${client.councillorId}`, 'councillor.read')).toHaveLength(
      before.length + 1,
    );
  });
});

describe('the list', () => {
  test('Democratic Services see everybody once, by name, whatever the size of the page', async () => {
    const client = await council.as('democratic.services');
    const whole = await pages(client, 100);
    expect(new Set(whole.map(({ id }) => id))).toEqual(new Set(await Promise.all(members.map(idOf))));
    expect(whole.map(({ name }) => name)).toEqual(
      whole.map(({ name }) => name).toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    );
    for (const limit of [1, 2, 3, 5, 6, 7]) expect(await pages(client, limit)).toEqual(whole);
  });

  test('two people with one name are two, and a newcomer between two pages neither hides nor repeats anybody', async () => {
    const client = await council.as('democratic.services');
    const twins = [await newCouncillor('Twin Name'), await newCouncillor('Twin Name')];
    const before = await pages(client, 100);
    expect(before.filter(({ name }) => name === 'Twin Name').map(({ id }) => id)).toEqual(twins.toSorted());
    const newcomers: string[] = [];
    const walked = await pages(client, 1, async (page) => {
      newcomers.push(await newCouncillor(page % 2 === 0 ? `Aa newcomer ${page}` : `Zz newcomer ${page}`));
    });
    const ids = walked.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !newcomers.includes(id))).toEqual(before.map(({ id }) => id));
  }, 30_000);

  test.each(members)('%s sees themselves alone', async (account) => {
    const client = await council.as(account);
    expect((await pages(client, 25)).map(({ id }) => id)).toEqual([client.councillorId]);
  });

  test.each([
    'childrens.services',
    'legal',
    'monitoring.officer',
    'host',
    'data.protection',
    'auditor',
    'administrator',
  ])('%s sees an empty list', async (account) => {
    const { status, body } = await (await council.as(account)).get('/api/councillors');
    expect({ status, body }).toEqual({ status: 200, body: { items: [], next: null } });
  });

  test('each page is one entry on the trail', async () => {
    const client = await council.as('democratic.services.second');
    const mine = async () =>
      (await entries('councillors', 'councillor.listed')).filter(({ actor }) => actor === client.id);
    const before = await mine();
    await client.get('/api/councillors?limit=2');
    const [newest, ...rest] = await mine();
    expect(rest).toEqual(before);
    expect(newest?.decision).toHaveProperty('shown');
  });
});
