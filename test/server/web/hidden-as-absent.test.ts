/** Whoever may not read a thing is not told that it is there: not by the answer, and not by the work that it takes. */
import { beforeAll, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { useCouncil, type Client } from '../../support/council.js';
import { granted, plannedVisit } from '../../support/granted.js';
import { behindTheApi, personId } from '../../support/people.js';
import { statementsOf } from '../../support/statements.js';

const council = useCouncil();
const nobodys = '00000000-0000-4000-8000-000000000000';

let reader: Client;
const ids = new Map<string, string>();
beforeAll(async () => {
  const { db } = council.world;
  const today = londonDate(council.clock);
  const window = { from: today, to: addDays(today, 30) };
  const grant = await granted(council, { changes: { window } });
  ids.set('grant', grant.id);
  const by = await personId(db, 'host');
  await behindTheApi(db, async (trx) => {
    ids.set('visit', await plannedVisit(trx, grant.id, { date: addDays(today, 9), at: council.clock, by }));
  });
  const [host, legal] = [await council.as('host'), await council.as('legal')];
  const { body: incident } = await host.post('/api/incidents', {
    what: 'outside_scope',
    causedBy: 'other',
    text: 'The councillor stayed in the room after the closed part had begun.',
    happenedAt: council.clock.toISOString(),
    grant: grant.id,
  });
  ids.set('incident', incident.id);
  const { body: hold } = await legal.post('/api/holds', {
    reference: grant.line.reference,
    reasons: 'A claim was announced, and this may be asked for.',
  });
  ids.set('hold', hold.id);
  reader = await council.as('administrator');
  // The session is complete from then on.
  await reader.get('/reminders');
});

test.each([
  ['grant', (id: string) => `/api/grants/${id}`],
  ['visit', (id: string) => `/api/visits/${id}`],
  ['incident', (id: string) => `/api/incidents/${id}`],
  ['hold', (id: string) => `/retention/holds/${id}/lift`],
])('a hidden %s takes the very statements that one takes which is not there', async (kind, address) => {
  const taken = async (id: string) => {
    const { statements, answer } = await statementsOf(council.world.db, () => reader.get(address(id)));
    expect(answer.status).toBe(404);
    return statements;
  };
  const there = await taken(ids.get(kind) ?? '');
  expect(there.length).toBeGreaterThan(3);
  expect(there).toEqual(await taken(nobodys));
});
