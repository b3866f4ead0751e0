/** Rights to papers from before they had reasons and were confirmed: what becomes of them. */
import { expect, test } from '@jest/globals';
import { loadDemo } from '../../../db/demo/demo.js';
import { migrations, migrationSource } from '../../../db/migrations/index.js';
import { migrateLatest } from '../../../db/schema/migrate.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { confirmRight } from '../../../server/papers/confirm-right.js';
import { recordRight } from '../../../server/papers/record-right.js';
import { releasePapers } from '../../../server/papers/release-papers.js';
import { readRequest } from '../../../server/request/read-request.js';
import { useDatabase } from '../../support/database.js';
import { foundRow } from '../../support/found-row.js';
import { reason } from '../../support/line.js';
import { behindTheApi, brought, ctxFor, personId } from '../../support/people.js';

const world = useDatabase();
const category = 'Audits of recording';
const papers = [{ category, from: '2026-01-01', to: '2026-03-31' }];

test('a right under which papers were released counts as it did; one under which none were waits to be recorded again', async () => {
  await migrateLatest(world.ownerUrl);
  const db = world.open();
  const at = new Date();
  await loadDemo(db, at);
  const asked = { changes: { observationType: 'document_inspection', papers } } as const;
  const used = await brought(db, 'submitted', asked);
  const unused = await brought(db, 'submitted', asked);
  const none = await brought(db, 'submitted', asked);
  const idOf = async (reference: string): Promise<number> =>
    (await foundRow(db('requests').where({ reference }).first('id'))).id;

  const since = migrations.filter(({ name }) => name >= '0062').length;
  for (let left = since; left > 0; left -= 1) {
    await world.owner.migrate.down({ migrationSource, tableName: 'knex_migrations' });
  }
  await behindTheApi(world.owner, async (trx) => {
    const by = await personId(trx, 'legal');
    const right = async (reference: string, given: string) =>
      trx.raw(
        `insert into statutory_rights (request_id, version, right_given, due_on, recorded_at, person_id, capacity)
           values (?, 1, ?, ?, ?, ?, 'principal')`,
        [
          await idOf(reference),
          given,
          given === 'none' ? null : addDays(londonDate(at), 5),
          new Date(at.getTime() - 3_600_000),
          by,
        ],
      );
    await right(used.reference, 's100F');
    await right(unused.reference, 's100F');
    await right(none.reference, 'none');
    await trx.raw(
      `insert into releases (request_id, version, category, released_at, recorded_at, person_id, office, capacity)
         values (?, 1, ?, ?, ?, ?, 'childrens_services', 'principal')`,
      [await idOf(used.reference), category, at, at, by],
    );
  });
  expect(await migrateLatest(world.ownerUrl)).toContain('0062_rights_confirmed');

  const now = () => new Date(at.getTime() + 60_000);
  const as = async (account: string) => ctxFor(db, await personId(db, account), now);
  const [legal, services, proper] = [
    await as('legal'),
    await as('childrens.services'),
    await as('democratic.services'),
  ];
  const rightOf = async ({ reference }: { readonly reference: string }) =>
    (await readRequest(legal, reference)).row.statutoryRight;
  expect(await rightOf(used)).toMatchObject({ right: 's100F', counts: true, reasoned: false });
  expect(await rightOf(unused)).toMatchObject({ right: 's100F', counts: false, reasoned: false });
  expect(await rightOf(none)).toMatchObject({ right: 'none', counts: true });

  const releasing = (reference: string) => releasePapers(services, reference, { category, at: now() });
  await expect(releasing(unused.reference)).rejects.toMatchObject({ rule: 'right_waits' });
  await expect(confirmRight(proper, unused.reference, { version: 1 })).rejects.toMatchObject({
    rule: 'right_reasons',
  });
  await recordRight(legal, unused.reference, {
    version: 1,
    right: 's100F',
    reasons: reason,
    document: 'The report on how cases are recorded.',
    cites: { kind: 'meeting', body: 'Cabinet', date: addDays(londonDate(at), 5) },
  });
  await confirmRight(proper, unused.reference, { version: 1 });
  expect(await rightOf(unused)).toMatchObject({ counts: true, reasoned: true });
  // What was out comes back.
  const back = await releasePapers(services, used.reference, { category, at, returned: now() });
  expect(back.papers.releases).toMatchObject([{ authorised: true, returnedAt: now() }]);
}, 60_000);
