/**
 * An administrator who is alone, with people of their own making: they try every call of the API, and none of them
 * brings a request to a decision, reads one, or changes anything but accounts.
 */
import { beforeAll, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { demoPassword } from '../../../db/demo/accounts.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { offices } from '../../../policies/core/office.js';
import { routes } from '../../../server/routes.js';
import { wellFormed } from '../../support/bodies.js';
import { sockets, useCouncil } from '../../support/council.js';
import { digests } from '../../support/digests.js';
import { expectOk, necessity, reason, type Line } from '../../support/line.js';
import { added, cameIn, type Newcomer } from '../../support/newcomers.js';
import { lineAt } from '../../support/people.js';

const council = useCouncil();
type Agent = ReturnType<typeof supertest.agent>;
interface Someone {
  readonly office: string;
  readonly agent: Agent;
}

/** What they may change at most: accounts with their own codes, and what they wish for themselves. */
const ofAccounts =
  /^(audit|runtime|graphile_worker)\.|^public\.(people|offices_held|password_links|code_\w+|messages|reminder_\w+)$/;

let line: Line;
let puppets: (Someone & { readonly person: Newcomer; readonly holding: string })[];
let alone: Someone;

beforeAll(async () => {
  line = await lineAt(council, 'ready');
  const administrator = await council.as('administrator');
  puppets = [];
  for (const office of offices.filter((each) => each !== 'councillor')) {
    const person = await added(administrator, 'A Puppet');
    const given = { office, capacity: 'principal', from: londonDate(council.clock) };
    const { body } = expectOk(await administrator.post(`/api/people/${person.id}/offices`, given));
    const [{ id: holding }] = body.offices;
    puppets.push({ office, person, holding, agent: await cameIn(council, person) });
  }
  // The administrator themselves, over a connection of their own.
  const agent = supertest.agent(council.server);
  await agent
    .post('/api/session')
    .agent(sockets)
    .send({ email: 'administrator@council.example', password: demoPassword });
  alone = { office: 'administrator alone', agent };
}, 120_000);

/** Every call that names no other thing than the request, with a body as it should be. */
const everyCall = async ({ agent }: Someone) => {
  const bodies = await wellFormed(council, line);
  const own = routes.filter(
    ({ path }) => !/\{(?!reference)/.test(path) && !/^\/api\/(session|password)/.test(path),
  );
  const answers = [];
  for (const { method, path } of own) {
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    const sending = agent[verb](path.replace('{reference}', line.reference)).agent(sockets);
    const sent = bodies[`${method} ${path}`]?.body;
    const { status, text } = await (method === 'GET' || sent === undefined ? sending : sending.send(sent));
    answers.push({ call: `${method} ${path}`, status, text });
  }
  return answers;
};

test('reach no request by any call, read nothing of one, and change nothing but accounts', async () => {
  const { world } = council;
  const owner = world.open(world.superuserUrl);
  const before = await digests(owner);
  let about = 0;
  for (const someone of [alone, ...puppets]) {
    for (const { call, status, text } of await everyCall(someone)) {
      const as = `${someone.office}: ${call}`;
      if (call.includes('{reference}')) {
        about += 1;
        expect([as, status]).toEqual([as, 404]);
      }
      // What was sent may come back; of what is on record nothing does.
      const secrets = call.startsWith('GET ') ? [line.reference, necessity, reason] : [line.reference];
      for (const secret of secrets) expect([as, text.includes(secret)]).toEqual([as, false]);
      expect([as, status < 500]).toEqual([as, true]);
    }
  }
  const after = await digests(owner);
  await owner.destroy();
  expect(about).toBeGreaterThan(150);
  const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
  expect(changed.filter((table) => !ofAccounts.test(table))).toEqual([]);
}, 120_000);

test('confirm none of the offices, each for each of the others', async () => {
  for (const someone of [alone, ...puppets]) {
    for (const { person, holding, office } of puppets) {
      const confirming = await someone.agent
        .post(`/api/people/${person.id}/offices/${holding}/confirm`)
        .agent(sockets)
        .send({});
      const as = `${someone.office} confirms ${office}`;
      expect([as, confirming.status]).toEqual([as, someone === alone ? 403 : 404]);
    }
  }
  const confirmed = await council.world
    .db('offices_held')
    .whereIn(
      'person_id',
      puppets.map(({ person }) => person.id),
    )
    .where('confirmed', true);
  expect(confirmed).toEqual([]);
});
