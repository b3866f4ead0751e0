import { addDays, londonDate } from '../../policies/core/time/london.js';
import { acceptProtocol } from '../../server/protocol/accept-protocol.js';
import type { Council } from './council.js';
import { expectOk } from './line.js';
import { ctxFor, lineAt, personId } from './people.js';

/** A member entered by Democratic Services, with everything that a grant of theirs needs. */
export interface Member {
  readonly id: string;
  /** The part of their e-mail address before `@council.example`. */
  readonly account: string;
  readonly path: string;
  readonly appointment: string;
}

export interface Entering {
  /** So many days from today. */
  readonly trained?: number;
}

/** Enters a member through the API: an appointment without an end, both trainings, the undertaking. */
export const enter = async (
  council: Council,
  account: string,
  { trained = 400 }: Entering = {},
): Promise<Member> => {
  const today = londonDate(council.clock);
  const keeper = await council.as('democratic.services');
  const { body } = expectOk(
    await keeper.post('/api/councillors', {
      name: `Councillor ${account}`,
      ward: 'Fictional Ward',
      standing: 'sitting',
      term: { from: addDays(today, -300), to: addDays(today, 900) },
      email: `${account}@council.example`,
    }),
  );
  const path = `/api/councillors/${body.id}`;
  const appointed = expectOk(
    await keeper.post(`${path}/appointments`, {
      title: 'Children and Families Scrutiny Committee',
      kind: 'relevant_committee',
      from: addDays(today, -200),
    }),
  );
  for (const kind of ['safeguarding', 'data_protection']) {
    const expires = addDays(today, kind === 'safeguarding' ? trained : 400);
    expectOk(await keeper.post(`${path}/training`, { kind, completed: addDays(today, -20), expires }));
  }
  const person = await personId(council.world.db, account);
  await acceptProtocol(await ctxFor(council.world.db, person, () => council.clock), 1);
  return { id: body.id, account, path, appointment: appointed.body.appointments[0].id };
};

/** The path of a grant of theirs, made today: its window opens in seven days and closes in thirty-five. */
export const grantOf = async (council: Council, { account }: Member): Promise<string> => {
  const line = await lineAt(council, 'ready', { author: account });
  const { body } = expectOk(await line.decide('approve'));
  return `/api/grants/${body.grant.id}`;
};
