/** Whoever may not read a thing is not told that it is there: not by the answer, and not by the work that it takes. */
import { beforeAll, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { useCouncil, type Client } from '../../support/council.js';
import { granted, plannedVisit } from '../../support/granted.js';
import { behindTheApi, personId } from '../../support/people.js';
import { isLong } from '../../support/long.js';
import { likelihoodAbove } from '../../support/ranks.js';
import { statementsOf } from '../../support/statements.js';
import { asTold } from '../../support/told.js';

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
  ids.set('request', grant.line.reference);
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

const kinds: readonly (readonly [string, (id: string) => string])[] = [
  ['grant', (id) => `/api/grants/${id}`],
  ['visit', (id) => `/api/visits/${id}`],
  ['incident', (id) => `/api/incidents/${id}`],
  ['hold', (id) => `/retention/holds/${id}/lift`],
  ['request', (reference) => `/api/requests/${reference}`],
];
const absentOf = (kind: string): string => (kind === 'request' ? 'OBS-1999-9999' : nobodys);

test.each(kinds)(
  'a hidden %s takes the very statements that one takes which is not there',
  async (kind, address) => {
    const taken = async (id: string) => {
      const { statements, answer } = await statementsOf(council.world.db, () => reader.get(address(id)));
      expect(answer.status).toBe(404);
      return statements;
    };
    const there = await taken(ids.get(kind) ?? '');
    expect(there.length).toBeGreaterThan(3);
    expect(there).toEqual(await taken(absentOf(kind)));
  },
);

/** In short the answers are compared; how long they take is compared where there are enough of them. */
const tries = isLong ? 500 : 20;

test.each(kinds)(
  'of a hidden %s neither status, headers, body nor time tells that it is there',
  async (kind, address) => {
    const [there, absent] = [ids.get(kind) ?? '', absentOf(kind)];
    const took = { there: [] as number[], absent: [] as number[] };
    const told = new Set<string>();
    const ask = async (which: 'there' | 'absent') => {
      const began = performance.now();
      const answer = await reader.get(address(which === 'there' ? there : absent));
      took[which].push(performance.now() - began);
      const answered = asTold(answer);
      // A page has a key of its own for each form, and its own address to come back to.
      told.add(
        JSON.stringify(answered)
          .replaceAll(/(name=\\"_\w+\\" value=\\")[^"]*/g, '$1')
          .replaceAll(/nonce=\\"[^"]*/g, 'nonce'),
      );
    };
    for (let each = 0; each < tries; each += 1) {
      // In turn the one and the other comes first, so that neither always finds the machine warm.
      const [first, second] =
        each % 2 === 0 ? (['there', 'absent'] as const) : (['absent', 'there'] as const);
      await ask(first);
      await ask(second);
    }
    expect([...told]).toHaveLength(1);
    if (!isLong) return;
    const likelihood = likelihoodAbove(took.there, took.absent);
    expect(likelihood).toBeGreaterThan(0.4);
    expect(likelihood).toBeLessThan(0.6);
  },
  60_000,
);
