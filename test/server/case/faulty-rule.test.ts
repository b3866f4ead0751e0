/** A rule that fails is a fault of ours: the answer is 500, and never a refusal in the rule's name. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Hindrance } from '../../../policies/command/command.js';
import { nameHost, withdraw } from '../../../policies/request/commands.js';
import { revoke } from '../../../policies/grant/commands.js';
import { useCouncil } from '../../support/council.js';
import type { Line } from '../../support/line.js';
import { granted } from '../../support/granted.js';
import { readersOf } from '../../support/officers.js';
import { lineAt } from '../../support/people.js';

const council = useCouncil();
const as = readersOf(council);

/** Where a rule was planted, to be taken out again. */
const planted: unknown[][] = [];
afterEach(() => {
  for (const list of planted.splice(0)) list.pop();
});

const plant = (list: readonly Hindrance<never, never>[]): void => {
  const rules = list as unknown as Hindrance<unknown, unknown>[];
  planted.push(rules);
  rules.push({
    rule: 'status',
    when: (of) => (of as { readonly nothing: { readonly there: boolean } }).nothing.there,
  });
};

const status = async (account: 'scrutiny.chair' | 'childrens.services', line: Line): Promise<number[]> => {
  const agent = await council.as(account);
  const path = `/requests/${line.reference}`;
  return [
    (await agent.get(`/api${path}`)).status,
    (await (await as(account)).open(path)).status,
    (await agent.post(`/api${path}/withdraw`, { version: line.version })).status,
  ];
};

describe('a rule that throws a TypeError', () => {
  test('about the state of the request is a 500 to a reading, on the page and to the command, and not a missing button', async () => {
    const line = await lineAt(council, 'submitted');
    expect(await status('scrutiny.chair', line)).toEqual([200, 200, 200]);
    const next = await lineAt(council, 'submitted');
    plant(withdraw.closedBy);
    expect(await status('scrutiny.chair', next)).toEqual([500, 500, 500]);
  });

  test('about another hindrance is a 500 on the page that would say so', async () => {
    const line = await lineAt(council, 'submitted');
    plant(nameHost.hinders);
    const services = await as('childrens.services');
    expect((await services.open(`/requests/${line.reference}`)).status).toBe(500);
    expect((await services.open(`/requests/${line.reference}/host`)).status).toBe(500);
  });

  test('does not concern people who may never give the command', async () => {
    const line = await lineAt(council, 'submitted');
    plant(withdraw.closedBy);
    expect(await status('childrens.services', line)).toEqual([200, 200, 403]);
  });

  test('about a grant is a 500 to a reading of it', async () => {
    const grant = await granted(council);
    expect((await grant.read('legal')).status).toBe(200);
    plant(revoke.closedBy);
    expect((await grant.read('legal')).status).toBe(500);
  });
});
