/**
 * Who hosts, or manages the host, was named wrongly: Children’s Services put it right beside the original, at once and also
 * after the grant. The conflict check is repeated, and whoever hosts from now on is told (need-to-know.md, section 6a).
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { addDays } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';
import { behindTheApi, byRule, notFound, personId } from '../../support/people.js';
import { readyToVisit } from '../../support/visiting.js';

const council = useCouncil();
const as = readersOf(council);
const { world } = council;

const monday = '2027-01-11';
const tuesday = addDays(monday, 1);
const window = { from: monday, to: '2027-02-05' };
beforeEach(() => {
  council.clock = new Date(`${monday}T10:00:00Z`);
});

const reasons = 'The name of another officer was taken from an old list.';
const email = (account: string): string => `${account}@council.example`;
const name = { host: 'Host (demonstration)', auditor: 'Auditor (demonstration)' };
const get = async (by: Account, path: string): Promise<Answer> => (await council.as(by)).get(path);
const correct = async (
  reference: string,
  to: string,
  { by = 'childrens.services', field = 'host' }: { by?: Account; field?: string } = {},
): Promise<Answer> =>
  (await council.as(by)).post('/api/corrections', {
    of: { kind: 'request', id: reference, field },
    corrected: to,
    reasons,
  });
const told = (reference: string, kind: string): Promise<string[]> =>
  world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ 'm.reference': reference, 'm.kind': kind })
    .orderBy('p.email')
    .pluck<string[]>('p.email');

describe('a wrong host', () => {
  test('a wrong host named after the grant is corrected at once, and the one before reads it no more', async () => {
    const visit = await readyToVisit(council, { date: tuesday, window });
    const { line, path: grant } = visit.grant;
    visit.at('13:00');
    expectOk(await visit.attended());
    expectOk(await visit.post('confirm', { agrees: true }, 'scrutiny.chair'));
    const text = 'How often does the group meet without health partners?';
    expectOk(await visit.post('questions', { kind: 'question', text }, 'scrutiny.chair'));
    for (const at of [line.path, grant, `/api/visits/${visit.id}`])
      expect([at, (await get('host', at)).status]).toEqual([at, 200]);

    const made = await correct(line.reference, email('auditor'));
    expect(made).toMatchObject({
      status: 201,
      body: { status: 'counts', was: name.host, corrected: name.auditor, reasons, can: [] },
    });

    for (const at of [line.path, grant, `/api/visits/${visit.id}`])
      expect([at, await get('host', at)]).toMatchObject([at, notFound]);
    expect((await visit.read('auditor')).body.questions).toMatchObject([{ owner: name.auditor }]);
    expect((await get('auditor', line.path)).body.host).toBeUndefined();
    for (const by of ['childrens.services', 'legal', 'scrutiny.chair'] as const) {
      const { body } = await get(by, line.path);
      expect([by, body.host.name]).toEqual([by, name.auditor]);
      expect(body.corrections).toMatchObject([
        { of: { kind: 'request', field: 'host' }, was: name.host, corrected: name.auditor, reasons },
      ]);
    }
    expect(await told(line.reference, 'host_released')).toEqual([email('host')]);
    expect(await told(line.reference, 'visit_expected')).toContain(email('auditor'));
    expect(await told(line.reference, 'record_corrected')).toEqual(
      expect.arrayContaining([email('legal'), email('democratic.services'), email('scrutiny.chair')]),
    );
    expect(council.lines.join('')).not.toContain(email('auditor'));
  });

  test('hosts from then on: plans the visit, and the one before is refused', async () => {
    const line = await Line.approved(council, { window });
    const grant = (await get('host', line.path)).body.grant.id as string;
    expectOk(await correct(line.reference, email('auditor')));
    const plan = async (by: Account) =>
      (await council.as(by)).post(`/api/grants/${grant}/visits`, {
        date: tuesday,
        from: '10:00',
        to: '12:00',
      });
    expect(await plan('host')).toMatchObject(notFound);
    expect((await plan('auditor')).status).toBe(201);
  });

  test('is replaced by nobody who signed, who is conflicted, a councillor or an administrator', async () => {
    const line = await Line.approved(council, { window });
    for (const signer of ['legal', 'democratic.services', 'childrens.services'])
      expect([signer, await correct(line.reference, email(signer))]).toMatchObject([
        signer,
        byRule(403, 'host_signed'),
      ]);
    expect(await correct(line.reference, email('scrutiny.member'))).toMatchObject(
      byRule(403, 'host_is_councillor'),
    );
    expect(await correct(line.reference, email('administrator'))).toMatchObject(
      byRule(403, 'administrator_alone'),
    );
    expectOk(
      await (
        await council.as('democratic.services')
      ).post('/api/conflicts', {
        person: email('data.protection'),
        kind: 'complaint',
        reference: line.reference,
        reasons: 'They are a party to a complaint with the councillor.',
      }),
    );
    expect(await correct(line.reference, email('data.protection'))).toMatchObject(
      byRule(403, 'host_conflicted'),
    );
    expect((await get('legal', line.path)).body).toMatchObject({
      host: { name: name.host },
      corrections: [],
    });
  });

  test('is corrected by Children’s Services alone, to another person whom the service knows', async () => {
    const line = await Line.approved(council, { window });
    for (const by of ['legal', 'democratic.services', 'monitoring.officer', 'data.protection'] as const)
      expect([by, await correct(line.reference, email('auditor'), { by })]).toMatchObject([
        by,
        byRule(403, 'office'),
      ]);
    expect((await correct(line.reference, email('auditor'), { by: 'scrutiny.chair' })).status).toBe(403);
    for (const by of ['host', 'auditor', 'administrator'] as const)
      expect([by, await correct(line.reference, email('auditor'), { by })]).toMatchObject([
        by,
        { status: 422, body: { rule: 'correction_unknown' } },
      ]);
    for (const [to, rule] of [
      ['nobody@council.example', 'people'],
      ['somebody', 'people'],
      [email('host.line.manager'), 'people'],
      [email('host'), 'correction_same'],
    ] as const)
      expect([to, await correct(line.reference, to)]).toMatchObject([
        to,
        { status: 422, body: { rule, errors: [{ field: 'corrected' }] } },
      ]);
  });

  test('is corrected on pages, and the request says so with the day', async () => {
    const line = await Line.approved(council, { window });
    const officer = await as('childrens.services');
    const page = await officer.open(paths.request(line.reference));
    const link = (
      /href="(\/corrections\/new\?kind=request[^"]+field=host)"/.exec(page.html)?.[1] ?? ''
    ).replaceAll('&amp;', '&');
    expect((await officer.open(link)).text).toContain(name.host);
    expectRefused(
      await fillIn(officer, link, { corrected: 'nobody', reasons }),
      422,
      'There is no such person',
    );
    expect((await fillIn(officer, link, { corrected: email('auditor'), reasons })).text).toContain(
      'The correction has been recorded.',
    );
    for (const by of ['childrens.services', 'scrutiny.chair'] as const) {
      const { text } = await (await as(by)).open(paths.request(line.reference));
      expect(text).toMatch(/Corrected on \d+ January 2027/);
      expect(text).toContain(`From ${name.host} to ${name.auditor}`);
    }
  });
});

test('a wrong line manager is corrected, and only the offices read who it was', async () => {
  const line = await Line.approved(council, { window });
  const made = await correct(line.reference, email('monitoring.officer'), { field: 'manager' });
  expect(made).toMatchObject({ status: 201, body: { status: 'counts' } });
  expect((await get('legal', line.path)).body).toMatchObject({
    host: { name: name.host, manager: { name: made.body.corrected } },
    corrections: [{ of: { field: 'manager' } }],
  });
  for (const by of ['scrutiny.chair', 'data.protection', 'host'] as const) {
    expect([by, (await get(by, line.path)).body.corrections ?? []]).toEqual([by, []]);
    expect([by, await get(by, `/api/corrections/${made.body.id}`)]).toMatchObject([by, notFound]);
    expect((await get(by, '/api/corrections')).body.items).not.toContainEqual(
      expect.objectContaining({ id: made.body.id }),
    );
  }
  expect(await told(line.reference, 'record_corrected')).not.toContain(email('scrutiny.chair'));
  expect(await told(line.reference, 'host_released')).toEqual([]);
  expect(await correct(line.reference, email('legal'), { field: 'manager' })).toMatchObject(
    byRule(403, 'host_signed'),
  );
});

describe('behind the service', () => {
  const correction = async (line: Line, to: Account, more: Readonly<Record<string, string>> = {}) => {
    const [by, host, named] = await Promise.all(
      (['childrens.services', 'host', to] as const).map((account) => personId(world.db, account)),
    );
    return {
      of_kind: 'request',
      of_id: line.reference,
      of_field: 'host',
      request_id: world.db('requests').where({ reference: line.reference }).select('id') as unknown as number,
      office: 'childrens_services' as const,
      was: JSON.stringify({ host }),
      corrected: JSON.stringify({ host: named }),
      reasons,
      proposed_at: council.clock,
      proposed_by: by ?? '',
      proposed_capacity: 'principal',
      status: 'counts' as const,
      ...more,
    };
  };

  test('nobody changes who hosts once somebody has signed, but by a correction', async () => {
    const line = await Line.approved(council, { window });
    const named = await personId(world.db, 'auditor');
    for (const column of ['host_id', 'manager_id'])
      await expect(
        behindTheApi(world.db, (trx) =>
          trx('requests')
            .where({ reference: line.reference })
            .update({ [column]: named }),
        ),
      ).rejects.toMatchObject({ constraint: 'hosts_kept' });
  });

  test('no correction names a host who signed, or another than the one it replaces', async () => {
    const line = await Line.approved(council, { window });
    const signed = await correction(line, 'legal');
    await expect(behindTheApi(world.db, (trx) => trx('corrections').insert(signed))).rejects.toMatchObject({
      constraint: 'hosts_unsigned',
    });
    const named = await personId(world.db, 'auditor');
    for (const more of [
      { was: JSON.stringify({ host: named }) },
      { office: 'legal' },
      { of_id: 'another' },
    ]) {
      const wrong = await correction(line, 'auditor', more);
      await expect(behindTheApi(world.db, (trx) => trx('corrections').insert(wrong))).rejects.toMatchObject({
        constraint: 'corrections_of_hosts',
      });
    }
  });
});
