/**
 * A requirement of Internal Audit (Accounts and Audit Regulations 2015, regulation 5(2); need-to-know.md, section 5): recorded
 * by Democratic Services, confirmed by a second person, and open to one auditor, on its days, of the records that it names.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { readerOf } from '../../support/browser-less.js';
import { type Account, type Answer, useCouncil } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';
import { behindTheApi, byRule } from '../../support/people.js';

const council = useCouncil();
const as = (account: Account) => council.as(account);
const today = () => londonDate(council.clock);

let line: Line;
let other: Line;
const advice = 'Zebrafinch advice of Legal.';
const said = 'Quillwort was said in the discussion.';
beforeAll(async () => {
  line = await Line.readyForLegal(council);
  other = await Line.readyForLegal(council);
  expectOk(await (await as('legal')).post(`${line.path}/discussion`, { version: 1, text: said }));
  expectOk(
    await (await as('legal')).post(`${line.path}/discussion`, { version: 1, text: advice, privileged: true }),
  );
});

const requirement = (changes: object = {}) => ({
  auditor: 'auditor@council.example',
  references: [line.reference],
  from: today(),
  until: addDays(today(), 5),
  reasons: 'The audit of decisions, letter 7 of Internal Audit.',
  ...changes,
});
const record = async (changes: object = {}, by: Account = 'democratic.services'): Promise<Answer> =>
  (await as(by)).post('/api/audit-requirements', requirement(changes));
const confirm = async (id: string, by: Account = 'monitoring.officer'): Promise<Answer> =>
  (await as(by)).post(`/api/audit-requirements/${id}/confirm`);
const end = async (id: string, by: Account = 'democratic.services'): Promise<Answer> =>
  (await as(by)).post(`/api/audit-requirements/${id}/end`, { reasons: 'The audit is done.' });
const confirmed = async (changes: object = {}): Promise<string> => {
  const { id } = expectOk(await record(changes)).body;
  expectOk(await confirm(id as string));
  return id as string;
};

/** What the auditor reads of a request: whether the test, the discussion and the seats’ reasons are open to them. */
const reads = async (of: Line = line, by: Account = 'auditor') => {
  const client = await as(by);
  const request = expectOk(await client.get(of.path)).body;
  return {
    assessment: (await client.get(`${of.path}/assessment`)).status,
    discussion: (await client.get(`${of.path}/discussion`)).status,
    seats: JSON.stringify(request.signOffs ?? []).includes('"reasons"'),
    necessity: 'necessity' in request,
  };
};
const closed = { assessment: 404, discussion: 404, seats: false, necessity: false };
const open = { assessment: 200, discussion: 200, seats: true, necessity: true };

describe('a requirement that stands', () => {
  test('opens nothing before a second person confirms it, then its record and no other, until it ends', async () => {
    expect(await reads()).toEqual(closed);
    const { body } = expectOk(await record());
    expect(body).toMatchObject({
      ...requirement(),
      auditor: { name: expect.any(String) },
      status: 'waiting',
      open: false,
    });
    expect(await reads()).toEqual(closed);
    expect(expectOk(await confirm(body.id)).body).toMatchObject({ status: 'confirmed', open: true });
    expect(await reads()).toEqual(open);
    expect(await reads(other)).toEqual(closed);
    expect(expectOk(await end(body.id)).body).toMatchObject({ status: 'ended', open: false });
    expect(await reads()).toEqual(closed);
  });

  test('opens to the auditor whom it names, and to no other', async () => {
    const { id: another } = await as('host');
    await behindTheApi(council.world.db, (trx) =>
      trx('offices_held').insert({ person_id: another, office: 'auditor', capacity: 'authorised' }),
    );
    const id = await confirmed();
    expect(await reads()).toEqual(open);
    expect(await reads(line, 'host')).toEqual(closed);
    await end(id);
  });

  test('opens on its days alone, the last one included', async () => {
    const before = council.clock;
    const id = await confirmed({ from: addDays(today(), 2), until: addDays(today(), 3) });
    const after = async (days: number) => {
      council.clock = new Date(before.getTime() + days * 86_400_000);
      const auditor = await as('auditor');
      expectOk(
        await auditor.post('/api/session', {
          email: 'auditor@council.example',
          password: 'observe-and-account-2026',
        }),
      );
      return reads();
    };
    expect(await reads()).toEqual(closed);
    expect(await after(1)).toEqual(closed);
    expect(await after(2)).toEqual(open);
    expect(await after(3)).toEqual(open);
    expect(await after(4)).toEqual(closed);
    council.clock = before;
    await end(id);
  });

  test('shows no privileged advice, and no case', async () => {
    const id = await confirmed();
    const { body } = expectOk(await (await as('auditor')).get(`${line.path}/discussion`));
    expect(JSON.stringify(body)).toContain('Quillwort');
    expect(JSON.stringify(body)).not.toContain('Zebrafinch');
    const whole = expectOk(await (await as('auditor')).get(line.path)).body;
    expect(JSON.stringify(whole)).not.toContain('caseReference');
    await end(id);
  });

  test('leaves the list of requests as it was: metadata', async () => {
    const id = await confirmed();
    const { body } = expectOk(await (await as('auditor')).get('/api/requests?limit=100'));
    const listed = (body.items as { reference: string }[]).find((each) => each.reference === line.reference);
    expect(listed).toBeDefined();
    expect(listed).not.toHaveProperty('councillor');
    await end(id);
  });

  test('is named by each reading under it, on the trail', async () => {
    const id = await confirmed();
    const auditor = await as('auditor');
    await reads();
    for (const type of ['request.read', 'assessment.read', 'discussion.read'] as const) {
      const [entry] = await search(council.world.db, { type, limit: 1 });
      expect(entry).toMatchObject({
        actor: auditor.id,
        subject: line.reference,
        decision: { requirement: id },
      });
    }
    await reads(other);
    const [entry] = await search(council.world.db, { type: 'request.read', limit: 1 });
    expect(entry?.decision).not.toHaveProperty('requirement');
    await end(id);
    await reads();
    const [later] = await search(council.world.db, { type: 'request.read', limit: 1 });
    expect(later?.decision).not.toHaveProperty('requirement');
  });

  test('lets the auditor change nothing', async () => {
    const id = await confirmed();
    const { can } = expectOk(await (await as('auditor')).get(line.path)).body;
    expect(can).toEqual([]);
    const spoken = await (
      await as('auditor')
    ).post(`${line.path}/discussion`, { version: 1, text: 'A word.' });
    expect(spoken.status).toBe(403);
    await end(id);
  });
});

describe('who records, confirms and ends it', () => {
  test('is Democratic Services, then a second person of theirs or the Monitoring Officer', async () => {
    expect(await record({}, 'legal')).toMatchObject({ status: 403 });
    expect(await record({}, 'auditor')).toMatchObject({ status: 403 });
    const { id } = expectOk(await record()).body;
    expect(await confirm(id, 'democratic.services')).toMatchObject(byRule(403, 'requirement_two_people'));
    expect((await confirm(id, 'legal')).status).toBe(404);
    expect((await confirm(id, 'auditor')).status).toBe(403);
    expectOk(await confirm(id, 'democratic.services.second'));
    expect(await confirm(id)).toMatchObject(byRule(409, 'requirement_over'));
    expectOk(await end(id, 'monitoring.officer'));
    expect(await end(id)).toMatchObject(byRule(409, 'requirement_over'));
  });

  test('is nobody to whom it opens records', async () => {
    const services = await as('democratic.services');
    await behindTheApi(council.world.db, (trx) =>
      trx('offices_held').insert({ person_id: services.id, office: 'auditor', capacity: 'authorised' }),
    );
    expect(await record({ auditor: 'democratic.services@council.example' })).toMatchObject(
      byRule(403, 'requirement_own'),
    );
  });

  test('names an auditor, requests that were submitted, and days that are not over', async () => {
    const draft = await Line.drafted(council);
    for (const [changes, field] of [
      [{ auditor: 'legal@council.example' }, 'auditor'],
      [{ auditor: 'nobody@council.example' }, 'auditor'],
      [{ references: [line.reference, 'OBS-1999-9999'] }, 'references'],
      [{ references: [draft.reference] }, 'references'],
      [{ from: addDays(today(), -9), until: addDays(today(), -1) }, 'until'],
      [{ from: addDays(today(), 9) }, 'until'],
    ] as const) {
      const answer = await record(changes);
      expect(answer).toMatchObject(byRule(422, 'audit_requirement'));
      expect(answer.body.errors[0].field).toBe(field);
    }
    expect((await record({ references: [] })).status).toBe(422);
    expect((await record({ note: 'more' })).status).toBe(422);
  });

  test('is on the trail with its reasons, and told without them', async () => {
    const id = await confirmed();
    const services = await as('democratic.services');
    const [entry] = await search(council.world.db, { type: 'audit_requirement.recorded', limit: 1 });
    expect(entry).toMatchObject({
      actor: services.id,
      subject: 'audit-requirements',
      reasons: requirement().reasons,
      decision: { requirement: id, records: [line.reference] },
    });
    const mail = await council.world
      .db('messages')
      .whereIn('kind', ['requirement_waits', 'requirement_stands']);
    expect(mail.length).toBeGreaterThan(1);
    expect(JSON.stringify(mail)).not.toContain('letter 7');
    await end(id);
  });
});

describe('the database', () => {
  const stored = (id: string, change: object) =>
    behindTheApi(council.world.db, (trx) => trx('audit_requirements').where({ id }).update(change));

  test('keeps a requirement as a second person confirmed it, and ended as it ended', async () => {
    const id = await confirmed();
    const { id: by } = await as('legal');
    await expect(stored(id, { confirmed_by: by })).rejects.toThrow();
    const { id: request } = (await council.world
      .db('requests')
      .where({ reference: other.reference })
      .first('id')) as { id: number };
    await expect(
      behindTheApi(council.world.db, (trx) =>
        trx('audit_requirement_records').insert({ requirement_id: id, request_id: request }),
      ),
    ).rejects.toThrow();
    await end(id);
    await expect(stored(id, { ended_by: by })).rejects.toThrow();
  });

  test('lets nobody confirm what they recorded, or for an office that is not theirs', async () => {
    const { id } = expectOk(await record()).body;
    const at = council.clock;
    const by = async (account: Account, office: string) => ({
      confirmed_at: at,
      confirmed_by: (await as(account)).id,
      confirmed_office: office,
      confirmed_capacity: 'principal',
    });
    await expect(stored(id, await by('democratic.services', 'democratic_services'))).rejects.toThrow();
    await expect(stored(id, await by('legal', 'monitoring_officer'))).rejects.toThrow();
    await expect(stored(id, await by('auditor', 'monitoring_officer'))).rejects.toThrow();
    await stored(id, await by('monitoring.officer', 'monitoring_officer'));
    await end(id);
  });
});

describe('on pages', () => {
  test('it is recorded, confirmed by a second person, read by the auditor, and ended', async () => {
    const services = await readerOf(council.server, 'democratic.services');
    await services.open(paths.newAuditRequirement);
    const parts = (name: string, on: string) => {
      const [year = '', month = '', day = ''] = on.split('-');
      return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
    };
    const refused = await services.submit({ auditor: 'auditor@council.example' });
    expect(refused.text).toContain('Enter the references of the records');
    const done = await services.submit({
      auditor: 'auditor@council.example',
      references: `${line.reference.toLowerCase()}, ${other.reference}`,
      ...parts('from', today()),
      ...parts('until', addDays(today(), 3)),
      reasons: requirement().reasons,
    });
    expect(done.text).toContain('Nothing opens until a second person confirms it.');
    expect(done.text).toContain(other.reference);
    const { body } = await (await as('democratic.services')).get('/api/audit-requirements?limit=1');
    const id = body.items[0].id as string;
    const officer = await readerOf(council.server, 'monitoring.officer');
    await officer.open(paths.confirmAuditRequirement(id));
    expect((await officer.submit({})).text).toContain('The requirement has been confirmed.');
    const auditor = await readerOf(council.server, 'auditor');
    const page = await auditor.open(paths.auditRequirement(id));
    expect(page.text).toContain('Open today');
    expect((await auditor.open(paths.request(line.reference))).text).toContain(line.reference);
    expect((await auditor.open(paths.discussion(line.reference))).text).toContain('Quillwort');
    await services.open(paths.endAuditRequirement(id));
    expect((await services.submit({ reasons: 'The audit is done.' })).text).toContain(
      'The requirement has ended.',
    );
  });

  test('auditors read those that name them, the two offices all, and nobody else any', async () => {
    const id = await confirmed();
    expect((await (await as('auditor')).get(`/api/audit-requirements/${id}`)).status).toBe(200);
    for (const account of ['legal', 'childrens.services', 'scrutiny.chair', 'administrator'] as const) {
      expect((await (await as(account)).get(`/api/audit-requirements/${id}`)).status).toBe(404);
      expect((await (await as(account)).get('/api/audit-requirements')).status).toBe(404);
    }
    await end(id);
  });
});
