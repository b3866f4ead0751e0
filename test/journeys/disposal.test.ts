/**
 * The end of a councillor's data (need-to-know.md, section 8; audit.md): two people, no hold, its time over; then
 * nothing of it is found in any table, log or message, others keep theirs, and the trail still holds.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { readLeaf } from '../../db/audit/leaf.js';
import { verifyBundle } from '../../db/audit/log/bundle/bundle-verify.js';
import { search } from '../../db/audit/search.js';
import { treeSize } from '../../db/audit/tree/tree-store.js';
import { dispose, findDisposal } from '../../db/retention/disposals.js';
import { addDays, addMonths, atLondonTime, londonDate } from '../../policies/core/time/london.js';
import { bundleOfTrail } from '../../server/bundles/of-trail.js';
import type { Ctx } from '../../server/case/ctx.js';
import { confirmDisposal } from '../../server/retention/confirm-disposal.js';
import { proposeDisposal } from '../../server/retention/propose-disposal.js';
import { type KeptTooLong, readRetention } from '../../server/retention/read-retention.js';
import { withdrawDisposal } from '../../server/retention/withdraw-disposal.js';
import { type Account, useCouncil } from '../support/council.js';
import { columnsWith } from '../support/leaks.js';
import { expectOk, Line, necessity } from '../support/line.js';
import { behindTheApi, ctxFor, personId, storedOf } from '../support/people.js';
import { readyToVisit } from '../support/visiting.js';

const council = useCouncil();
const { world } = council;
const acting = async (account: Account): Promise<Ctx> =>
  ctxFor(world.db, await personId(world.db, account), () => council.clock);
const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'It was not refused.',
    (error: unknown) => error,
  );

/** Words that stand in each free text, and nowhere else. */
const canary = (field: string) => `Zabernathy ${field}`;
const member = 'Quillon Zabernathy';

/** What they left behind, and what of others stands beside it. */
interface Left {
  readonly references: readonly string[];
  readonly others: string;
  readonly ofOthers: unknown;
  readonly ids: readonly string[];
}
const theirs = async (superuser: Knex, councillorId: string): Promise<string[]> => {
  const { rows } = await superuser.raw<{ rows: { id: string }[] }>(
    `select c.id::text from councillors c where c.id = :id
     union all select p.id::text from people p where p.councillor_id = :id
     union all select a.id::text from appointments a where a.councillor_id = :id
     union all select r.reference from requests r where r.councillor_id = :id
     union all select g.id::text from requests r join grants g on g.request_id = r.id where r.councillor_id = :id
     union all select v.id::text from requests r join grants g on g.request_id = r.id
       join visits v on v.grant_id = g.id where r.councillor_id = :id
     union all select q.id::text from requests r join grants g on g.request_id = r.id
       join visits v on v.grant_id = g.id join visit_questions q on q.visit_id = v.id where r.councillor_id = :id
     union all select i.id::text from incidents i where i.councillor_id = :id`,
    { id: councillorId },
  );
  return rows.map(({ id }) => id);
};

const as = (account: Account) => council.as(account);

/** A councillor's years: seen and asked about, refused, returned, reported, searched for. */
const lived = async (): Promise<Left> => {
  const chair = await as('scrutiny.chair');
  await behindTheApi(world.db, async (trx) => {
    await trx('councillors').where({ id: chair.councillorId }).update({ name: member });
    await trx('people').where({ id: chair.id }).update({ name: member });
  });
  const today = londonDate(council.clock);
  const window = { from: addDays(today, 1), to: addDays(today, 28) };
  const walk = await readyToVisit(council, {
    date: addDays(today, 8),
    window,
    changes: {
      necessity: `${canary('necessity')}. ${necessity}`,
    },
  });
  walk.at('11:45');
  expectOk(await walk.attended());
  expectOk(await walk.post('confirm', { agrees: true, comment: canary('comment') }, 'scrutiny.chair'));
  const asked = await walk.post(
    'questions',
    { kind: 'question', text: canary('question') },
    'scrutiny.chair',
  );
  expectOk(asked);
  const { reference } = walk.grant.line;
  const reported = await (
    await as('democratic.services')
  ).post('/api/incidents', {
    reference,
    what: 'other',
    causedBy: 'host',
    happenedAt: council.clock.toISOString(),
    text: canary('incident'),
  });
  expectOk(reported);
  const dp = await as('data.protection');
  expectOk(await dp.post(`/api/incidents/${reported.body.id}/close`, { reasons: canary('closing') }));
  expectOk(await dp.post('/api/disclosures/search', { councillor: chair.councillorId }));

  const returned = await Line.submitted(council, {
    observationType: 'childs_journey',
    necessity: `${canary('second')}. ${necessity}`,
  });
  const bars = { answer: [{ bar: 'proceedings', lawfulRoute: canary('route') }] };
  expectOk(await returned.answer('legal_bars', bars));
  const lift = { version: 1, question: 'legal_bars', reasons: canary('lift') };
  expectOk(await (await as('legal')).post(`${returned.path}/lifts`, lift));
  const ds = await as('democratic.services');
  expectOk(await ds.post(`${returned.path}/return`, { version: 1, questions: canary('questions') }));
  expectOk(await ds.get(`/api/audit?subject=${returned.reference}`));
  expectOk(await (await as('scrutiny.chair')).post(`${returned.path}/withdraw`, { version: 1 }));
  const other = await Line.submitted(council, {}, 'scrutiny.member');
  const superuser = world.open(world.superuserUrl);
  return {
    references: [reference, returned.reference],
    others: other.reference,
    ofOthers: await storedOf(world.db, other.reference),
    ids: await theirs(superuser, chair.councillorId),
  };
};

let left: Left;
let councillorId: string;
beforeAll(async () => {
  ({ councillorId } = await as('scrutiny.chair'));
  left = await lived();
});

const sought = (): string[] => ['Zabernathy', 'scrutiny.chair@', ...left.ids];
const found = (): Promise<string[]> => columnsWith(world.open(world.superuserUrl), sought());
const proposed = async (): Promise<string> =>
  proposeDisposal(await acting('democratic.services'), { target: 'councillor', councillorId });
const dueOf = async (): Promise<KeptTooLong | undefined> =>
  (await readRetention(await acting('democratic.services'), { limit: 50 })).councillors.items.find(
    (item) => item.councillorId === councillorId,
  );

/** As if our rules had let it pass: what the database says to it. */
const pastTheRules = (account: Account, disposal: string): Promise<unknown> =>
  behindTheApi(world.db, async (trx) => {
    const { actor } = await acting(account);
    await dispose(trx, disposal, {
      by: actor.id,
      acting: { office: actor.holdings[0]?.office ?? 'host', capacity: 'principal', deputyFor: null },
      at: council.clock,
    });
  });
const placedHold = async (reference: string): Promise<string> => {
  const { actor } = await acting('legal');
  let hold = '';
  await behindTheApi(world.db, async (trx) => {
    const request = await trx('requests').where({ reference }).first<{ id: number }>('id');
    const [row] = await trx('legal_holds')
      .insert({
        councillor_id: councillorId,
        request_id: request?.id,
        reasons: 'A claim was announced.',
        placed_at: council.clock,
        placed_by: actor.id,
        office: 'legal',
        capacity: 'principal',
      })
      .returning<{ id: string }[]>('id');
    hold = row?.id ?? '';
  });
  return hold;
};
const liftedHold = async (id: string): Promise<void> => {
  const { actor } = await acting('legal');
  await behindTheApi(world.db, (trx) =>
    trx('legal_holds').where({ id }).update({
      lifted_at: council.clock,
      lifted_by: actor.id,
      lifted_office: 'legal',
      lifted_capacity: 'principal',
      lift_reasons: 'The claim was settled.',
    }),
  );
};
/** A draft of long ago that nobody saw when it was proposed. */
const addedRequest = async (): Promise<{ readonly id: number }> => {
  let id = 0;
  await behindTheApi(world.db, async (trx) => {
    const [row] = await trx('requests')
      .insert({ reference: 'OBS-2026-9999', councillor_id: councillorId, created_at: new Date() })
      .returning<{ id: number }[]>('id');
    id = row?.id ?? 0;
  });
  return { id };
};

/** The last day on which everything of theirs is kept: six years after the end of the term. */
const keptUntil = async (): Promise<string> => {
  const row = await world.db('councillors').where({ id: councillorId }).first<{ term_to: string }>('term_to');
  return addMonths(row?.term_to ?? '', 72);
};

test('on the last day of six years after the term nothing is due yet', async () => {
  council.clock = atLondonTime(await keptUntil(), '23:59');
  expect(await dueOf()).toBeUndefined();
  expect(await refusal(proposed())).toMatchObject({ rule: 'nothing_due' });
});

describe('from the day after', () => {
  beforeAll(async () => {
    council.clock = atLondonTime(addDays(await keptUntil(), 1), '00:01');
  });
  /** The open proposal; makes one if there is none. */
  const open = async (): Promise<string> => (await dueOf())?.proposalId ?? proposed();

  test('all of it is due, and Democratic Services propose it, once', async () => {
    expect(await dueOf()).toMatchObject({ councillor: true, requests: [{}, {}] });
    await open();
    expect(await refusal(proposed())).toMatchObject({ constraint: 'disposals_one_open' });
  });

  test('who proposed it does not confirm it, by our rules or past them', async () => {
    const disposal = await open();
    const proposer = await acting('democratic.services');
    expect(await refusal(confirmDisposal(proposer, disposal))).toMatchObject({
      status: 403,
      rule: 'two_people',
    });
    expect(await refusal(pastTheRules('democratic.services', disposal))).toMatchObject({
      constraint: 'disposals_two_people',
    });
  });

  test('nobody but Democratic Services and Data Protection confirms it, by our rules or past them', async () => {
    const disposal = await open();
    for (const account of ['legal', 'auditor', 'monitoring.officer']) {
      expect(await refusal(confirmDisposal(await acting(account), disposal))).toMatchObject({ status: 403 });
    }
    expect(await refusal(pastTheRules('legal', disposal))).toMatchObject({
      constraint: 'disposals_settler_check',
    });
  });

  test('a hold on one of their requests keeps it, by our rules and past them, until it is lifted', async () => {
    const disposal = await open();
    const hold = await placedHold(left.references[0] ?? '');
    expect(await dueOf()).toMatchObject({ councillor: false, requests: [{ reference: left.references[1] }] });
    const second = await acting('data.protection');
    expect(await refusal(confirmDisposal(second, disposal))).toMatchObject({ status: 409, rule: 'held' });
    expect(await refusal(pastTheRules('data.protection', disposal))).toMatchObject({
      constraint: 'disposal_held',
    });
    await liftedHold(hold);
  });

  test('data that has changed since the proposal is not disposed of', async () => {
    const disposal = await open();
    const { id: more } = await addedRequest();
    const second = await acting('data.protection');
    expect(await refusal(confirmDisposal(second, disposal))).toMatchObject({
      status: 409,
      rule: 'disposal_changed',
    });
    await behindTheApi(world.owner, (trx) => trx('requests').where({ id: more }).delete());
  });

  test('one who withdraws it ends it, and it can be proposed again', async () => {
    const disposal = await open();
    await withdrawDisposal(await acting('democratic.services.second'), disposal);
    const second = await acting('data.protection');
    expect(await refusal(confirmDisposal(second, disposal))).toMatchObject({ rule: 'disposal_over' });
    expect(await proposed()).not.toBe(disposal);
  });

  describe('confirmed by two at once', () => {
    let disposal: string;
    let before: string[];
    let ended: PromiseSettledResult<string>[];
    beforeAll(async () => {
      disposal = await open();
      before = await found();
      ended = await Promise.allSettled(
        ['data.protection', 'democratic.services.second'].map(async (account) =>
          confirmDisposal(await acting(account), disposal),
        ),
      );
    });

    test('one does it, the other learns that it is over', () => {
      expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(ended.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { status: 409, rule: 'disposal_over' },
      });
    });

    test('no table holds anything of it, where dozens of columns did before', async () => {
      expect(before.length).toBeGreaterThan(30);
      expect(await found()).toEqual([]);
    });

    test('the certificate says what went, of nobody by name', async () => {
      const done = await findDisposal(world.db, disposal);
      expect(done).toMatchObject({ status: 'disposed', councillor: null, requests: [], whole: true });
      expect(done.settled?.id).not.toBe(done.proposed.id);
      expect(done.certificate?.rows).toMatchObject({
        requests: 2,
        grants: 1,
        visits: 1,
        councillors: 1,
        people: 1,
      });
      expect(done.certificate?.trail).toBeGreaterThan(100);
      const [entry] = await search(world.db, {
        subject: `disposal:${disposal}`,
        type: 'retention.disposed',
        limit: 1,
      });
      expect(entry?.decision).toEqual({
        target: 'councillor',
        proof: 'passphrase',
        rows: done.certificate?.rows,
        trail: done.certificate?.trail,
      });
    });

    test('data of others stays whole', async () => {
      expect(await storedOf(world.db, left.others)).toEqual(left.ofOthers);
      const trail = await search(world.db, { subject: left.others, limit: 50 });
      expect(trail.every(({ actor }) => actor !== 'erased')).toBe(true);
    });

    test('a bundle over all of it is still valid, and names the erased values', async () => {
      await council.place();
      const to = await treeSize(world.db);
      const files = new Map<string, Buffer>();
      for await (const file of await bundleOfTrail(
        world.db,
        council.signer,
        { from: 0, to },
        council.clock,
      )) {
        files.set(file.name, file.bytes);
      }
      const report = await verifyBundle(
        {
          read: (name) => Promise.resolve(files.get(name) ?? null),
          list: (folder) => Promise.resolve([...files.keys()].filter((name) => name.startsWith(folder))),
        },
        { pinnedKey: council.signer.vkey },
      );
      expect(report).toMatchObject({ from: 0, to });
      const { certificate } = await findDisposal(world.db, disposal);
      expect(JSON.parse(String(files.get('manifest.json')))).toMatchObject({
        counts: { erased: certificate?.trail },
      });
      const text = [...files.values()].map(String).join('');
      expect(sought().filter((word) => text.includes(word))).toEqual([]);
    });

    test('no commitment of the whole trail repeats, whatever was equal or erased', async () => {
      const leaves: { leaf: Buffer }[] = await world.db('audit.entries').select('leaf');
      const all = leaves.flatMap(({ leaf }) => Object.values(readLeaf(leaf).commitments));
      expect(all.length).toBeGreaterThan(500);
      expect(new Set(all).size).toBe(all.length);
    });

    test('no log line ever held any of it', () => {
      const said = council.lines.join('');
      expect(['Zabernathy', 'scrutiny.chair@'].filter((word) => said.includes(word))).toEqual([]);
    });
  });
});

test('no table that belongs to a councillor or a request is forgotten', async () => {
  const { rows } = await world.owner.raw<{ rows: { name: string }[] }>(
    `with recursive hanging (oid) as (
       select unnest(array['public.councillors', 'public.requests']::regclass[])
       union
       select c.conrelid from pg_constraint c join hanging h on c.confrelid = h.oid
         -- What refers to an account is somebody's act, and stands under its own matter; what goes with its row
         -- by the constraint itself cannot be forgotten.
         where c.contype = 'f' and c.confdeltype <> 'c' and h.oid <> 'public.people'::regclass
     )
     select relname as name from hanging join pg_class c using (oid) order by 1`,
  );
  const { rows: source } = await world.owner.raw<{ rows: { source: string }[] }>(
    `select prosrc as source from pg_proc where oid = 'public.dispose'::regproc`,
  );
  expect(rows.length).toBeGreaterThan(25);
  expect(rows.filter(({ name }) => !source[0]?.source.includes(`delete from public.${name} `))).toEqual([]);
});
