/**
 * The refusals on the officers' pages: on the page itself, in the words of the rule and with its authority, and with
 * the typed text. A command that cannot be given now says why; a person who may not see a page is told so, and the
 * trail records it.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { ruleOf, ruleSays, type RuleKey } from '../../../policies/core/rules.js';
import { useCouncil, type Account } from '../../support/council.js';
import { expectOk, Line, reason } from '../../support/line.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';
import { personId } from '../../support/people.js';

const council = useCouncil();
const as = readersOf(council);
const at = (line: Line, rest = '') => `/requests/${line.reference}${rest}`;
const typed = 'Typed with care, and to be kept.';
const fieldsOfDate = (name: string, date: string) => {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
};
const authority = (rule: RuleKey): string => ruleOf(rule).authority;

let submitted: Line;
let assessed: Line;
let ready: Line;
let blocked: Line;
beforeAll(async () => {
  submitted = await Line.submitted(council);
  assessed = await Line.assessed(council);
  ready = await Line.readyForLegal(council);
  blocked = await Line.assessed(council, {}, { necessity: { answer: 'curiosity', reason } });
}, 60_000);

interface Refused {
  readonly name: string;
  readonly by: Account;
  readonly path: () => string;
  readonly fields: () => Record<string, string>;
  readonly status: 409 | 422;
  readonly says: readonly string[];
  /** The rule whose authority stands in the summary. */
  readonly rule?: RuleKey;
  /** What is still in the form. */
  readonly kept?: Record<string, string>;
}

const signing = { outcome: 'agree', reasons: typed, noConflict: 'true' };
const today = () => londonDate(council.clock);

const refusals: readonly Refused[] = [
  {
    name: 'an answer that contradicts the register',
    by: 'democratic.services',
    path: () => at(submitted, '/test/standing'),
    fields: () => ({ answer: 'former', reason: typed }),
    status: 409,
    says: [
      'The register says: the person is a sitting member for the whole window.',
      'Correct the register first.',
    ],
    rule: 'register',
    kept: { answer: 'former', reason: typed },
  },
  {
    name: 'a training that the register does not know, in words and not by its code',
    by: 'democratic.services',
    path: () => at(submitted, '/test/prerequisites'),
    fields: () => ({ 'answer.safeguarding_training': 'missing', reason: typed }),
    status: 409,
    says: ['The register says: safeguarding training is in place.'],
    rule: 'register',
    kept: { 'answer.safeguarding_training': 'missing', reason: typed },
  },
  {
    name: 'no answer at all',
    by: 'legal',
    path: () => at(submitted, '/test/necessity'),
    fields: () => ({ reason: typed }),
    status: 422,
    says: ['Select the answer'],
    kept: { reason: typed },
  },
  {
    name: 'none of the items answered',
    by: 'childrens.services',
    path: () => at(submitted, '/test/alternatives'),
    fields: () => ({ reason: typed }),
    status: 422,
    says: ['Select an answer for at least one of these'],
    kept: { reason: typed },
  },
  {
    name: 'no bar and not "none of these" either',
    by: 'legal',
    path: () => at(submitted, '/test/legal_bars'),
    fields: () => ({ reason: typed }),
    status: 422,
    says: ['Select what affects what will be observed, or none'],
    kept: { reason: typed },
  },
  {
    name: 'personal data in a reason',
    by: 'legal',
    path: () => at(submitted, '/test/lawful_basis'),
    fields: () => ({ answer: 'confirmed', reason: `${typed} Call 01632 960123.` }),
    status: 422,
    says: ['This looks like a telephone number.', ruleSays('personal_data')],
    rule: 'personal_data',
    kept: { answer: 'confirmed', reason: `${typed} Call 01632 960123.` },
  },
  {
    name: 'personal data in the reason for all, told where it was typed',
    by: 'childrens.services',
    path: () => at(submitted, '/test/alternatives'),
    fields: () => ({
      'answer.briefing': 'insufficient',
      'answer.data': 'insufficient',
      'reason.data': typed,
      reason: 'Call 01632 960123.',
    }),
    status: 422,
    says: ['This looks like a telephone number.'],
    rule: 'personal_data',
    kept: { reason: 'Call 01632 960123.', 'reason.data': typed },
  },
  {
    name: 'personal data in a lawful route',
    by: 'legal',
    path: () => at(submitted, '/test/legal_bars'),
    fields: () => ({ answer: 'court_order', 'lawfulRoute.court_order': 'See someone@example.org.' }),
    status: 422,
    says: ['This looks like an e-mail address.'],
    rule: 'personal_data',
    kept: { answer: 'court_order', 'lawfulRoute.court_order': 'See someone@example.org.' },
  },
  {
    name: 'nothing said in the discussion',
    by: 'legal',
    path: () => at(submitted, '/discussion'),
    fields: () => ({ privileged: 'true' }),
    status: 422,
    says: ['Enter what you want to say'],
    kept: { privileged: 'true' },
  },
  {
    name: 'advice marked by the wrong one of two offices',
    by: 'two.offices',
    path: () => at(submitted, '/discussion'),
    fields: () => ({ office: 'democratic_services', privileged: 'true', text: typed }),
    status: 422,
    says: [ruleSays('privilege')],
    rule: 'privilege',
    kept: { office: 'democratic_services', text: typed },
  },
  {
    name: 'a meeting that has not taken place',
    by: 'legal',
    path: () => at(submitted, '/discussion/meeting'),
    fields: () => ({
      ...fieldsOfDate('meeting.date', addDays(today(), 3)),
      'meeting.present': 'legal',
      'meeting.note': typed,
    }),
    status: 422,
    says: ['The meeting has not taken place yet.', ruleSays('nothing_backdated')],
    rule: 'nothing_backdated',
    kept: { 'meeting.note': typed, 'meeting.present': 'legal' },
  },
  {
    name: 'a meeting of nobody on no real day',
    by: 'legal',
    path: () => at(submitted, '/discussion/meeting'),
    fields: () => ({
      'meeting.date-day': '31',
      'meeting.date-month': '2',
      'meeting.date-year': '2026',
      'meeting.note': typed,
    }),
    status: 422,
    says: ['must be a real date', 'Select the offices that were present'],
    kept: { 'meeting.date-day': '31', 'meeting.note': typed },
  },
  {
    name: 'signing with nothing filled in',
    by: 'childrens.services',
    path: () => at(assessed, '/sign/childrens_services'),
    fields: () => ({}),
    status: 422,
    says: [
      'Select whether your office agrees or objects',
      'Enter the reasons',
      'Confirm that you have no conflict of interest',
    ],
  },
  {
    name: 'agreeing with a ground',
    by: 'childrens.services',
    path: () => at(assessed, '/sign/childrens_services'),
    fields: () => ({ ...signing, grounds: 'curiosity' }),
    status: 422,
    says: ['Leave the grounds out.', ruleSays('no_ground')],
    rule: 'no_ground',
    kept: { reasons: typed, grounds: 'curiosity', noConflict: 'true' },
  },
  {
    name: 'objecting without a ground',
    by: 'childrens.services',
    path: () => at(assessed, '/sign/childrens_services'),
    fields: () => ({ ...signing, outcome: 'object' }),
    status: 422,
    says: ['Give at least one ground.', ruleSays('coded_ground')],
    rule: 'coded_ground',
    kept: { reasons: typed, outcome: 'object' },
  },
  {
    name: 'objecting with a condition, which would be lost',
    by: 'childrens.services',
    path: () => at(assessed, '/sign/childrens_services'),
    fields: () => ({ ...signing, outcome: 'object', grounds: 'curiosity', 'conditions.1.text': typed }),
    status: 422,
    says: ['An objection has no conditions. Leave this empty.'],
    kept: { 'conditions.1.text': typed },
  },
  {
    name: 'a finding that is not on the register',
    by: 'childrens.services',
    path: () => at(assessed, '/sign/childrens_services'),
    fields: () => ({ ...signing, outcome: 'object', grounds: 'confidentiality_breach' }),
    status: 409,
    says: ['“A finding of a breach of confidentiality was upheld” needs an upheld finding'],
    rule: 'upheld_finding',
    kept: { reasons: typed, grounds: 'confidentiality_breach' },
  },
  {
    name: 'personal data in the third condition, told at the third',
    by: 'childrens.services',
    path: () => at(assessed, '/sign/childrens_services'),
    fields: () => ({ ...signing, 'conditions.2.text': 'Call 01632 960123.', 'conditions.2.owner': 'host' }),
    status: 422,
    says: ['This looks like a telephone number.'],
    rule: 'personal_data',
    kept: { 'conditions.2.text': 'Call 01632 960123.', 'conditions.2.owner': 'host' },
  },
  {
    name: 'withdrawing without reasons',
    by: 'childrens.services',
    path: () => at(ready, '/sign/childrens_services/withdraw'),
    fields: () => ({}),
    status: 422,
    says: ['Enter the reasons'],
  },
  {
    name: 'a window that leaves the one asked for',
    by: 'legal',
    path: () => at(ready, '/decide'),
    fields: () => ({
      outcome: 'approve',
      reasons: typed,
      noConflict: 'true',
      ...fieldsOfDate('to', addDays(today(), 99)),
    }),
    status: 422,
    says: ['Choose a day from \\d+ \\w+ \\d{4} to', ruleSays('grant_window')],
    rule: 'grant_window',
    kept: { reasons: typed, outcome: 'approve' },
  },
  {
    name: 'approving with a ground',
    by: 'legal',
    path: () => at(ready, '/decide'),
    fields: () => ({ outcome: 'approve', reasons: typed, noConflict: 'true', grounds: 'curiosity' }),
    status: 422,
    says: ['Leave the grounds out.'],
    rule: 'no_ground',
    kept: { reasons: typed },
  },
  {
    name: 'refusing by another ground than that of the block, named in words',
    by: 'legal',
    path: () => at(blocked, '/decide'),
    fields: () => ({ outcome: 'refuse', reasons: typed, noConflict: 'true', grounds: 'legal_bar' }),
    status: 422,
    says: ['Select these grounds as well: “Curiosity is not a need to know”.', ruleSays('grounds_of_blocks')],
    rule: 'grounds_of_blocks',
    kept: { reasons: typed, grounds: 'legal_bar' },
  },
  {
    name: 'returning without a question',
    by: 'legal',
    path: () => at(submitted, '/return'),
    fields: () => ({}),
    status: 422,
    says: ['Enter the questions'],
  },
  {
    name: 'a host whom nobody knows',
    by: 'childrens.services',
    path: () => at(submitted, '/host'),
    fields: () => ({ host: 'nobody@council.example', manager: 'not an address' }),
    status: 422,
    says: ['Enter the line manager’s e-mail address'],
    kept: { host: 'nobody@council.example', manager: 'not an address' },
  },
  {
    name: 'a host who is their own line manager',
    by: 'childrens.services',
    path: () => at(submitted, '/host'),
    fields: () => ({ host: 'host@council.example', manager: 'host@council.example' }),
    status: 422,
    says: ['The line manager is somebody other than the host.', ruleSays('people')],
    rule: 'people',
    kept: { host: 'host@council.example' },
  },
  {
    name: 'the absence of who is no principal',
    by: 'democratic.services',
    path: () => '/standby/absence',
    fields: () => ({
      office: 'legal',
      principal: 'host@council.example',
      ...fieldsOfDate('from', today()),
      ...fieldsOfDate('to', addDays(today(), 2)),
    }),
    status: 422,
    says: ['This is no principal of that office.'],
    rule: 'people',
    kept: { principal: 'host@council.example', office: 'legal' },
  },
  {
    name: 'days the wrong way round',
    by: 'democratic.services',
    path: () => '/standby/deputy',
    fields: () => ({
      office: 'legal',
      deputy: 'host@council.example',
      authority: typed,
      ...fieldsOfDate('from', addDays(today(), 2)),
      ...fieldsOfDate('to', today()),
    }),
    status: 422,
    says: ['Enter a day that is not before the first.'],
    kept: { authority: typed, deputy: 'host@council.example' },
  },
  {
    name: 'a deputy who is a councillor',
    by: 'democratic.services',
    path: () => '/standby/deputy',
    fields: () => ({
      office: 'legal',
      deputy: 'ward.member@council.example',
      authority: typed,
      ...fieldsOfDate('from', today()),
      ...fieldsOfDate('to', today()),
    }),
    status: 422,
    says: ['No councillor stands in for an office.'],
    rule: 'people',
    kept: { authority: typed },
  },
  {
    name: 'a conflict with nobody on nothing',
    by: 'legal',
    path: () => '/conflicts/new',
    fields: () => ({ kind: 'relation' }),
    status: 422,
    says: ['Enter the reference, or select the councillor, that it is about'],
    kept: { kind: 'relation' },
  },
];

describe('refused on its page, with the rule, its authority and the typed text', () => {
  test.each(refusals)('$name', async ({ by, path, fields, status, says, rule, kept = {} }) => {
    const page = await fillIn(await as(by), path(), fields());
    expectRefused(page, status, ...says.map((each) => new RegExp(each.replace(/[()?]/g, '\\$&'))));
    if (rule) expect(page.errors.map(({ text }) => text).join('\n')).toContain(`(${authority(rule)})`);
    expect(page.form.fields).toMatchObject(kept);
    expect(page.html).not.toMatch(/This is missing\.|\b[a-z]+_[a-z]+ is\b/);
  });

  test('a version that has moved on, and a seat taken meanwhile: the typed text is still there', async () => {
    const line = await Line.assessed(council);
    const reader = await as('childrens.services');
    const page = await reader.open(at(line, '/sign/childrens_services'));
    expectOk(await line.sign('childrens_services'));
    const taken = await reader.submit(signing, page);
    expectRefused(taken, 409, 'Your office has signed this version already.');
    expect(taken.form.fields).toMatchObject({ reasons: typed });
    expectOk(await line.edit({ events: 2 }));
    const stale = await reader.submit(signing, page);
    expectRefused(stale, 409, 'The request has been changed since you read it.');
    expect(stale.form.fields).toMatchObject({ reasons: typed, version: '2' });
  }, 30_000);
});

describe('what cannot be done now says why, in place of its form', () => {
  test.each<[string, Account, () => string, RuleKey]>([
    [
      'signing before the test is complete',
      'childrens.services',
      () => at(submitted, '/sign/childrens_services'),
      'test_incomplete',
    ],
    [
      'signing a second time',
      'childrens.services',
      () => at(ready, '/sign/childrens_services'),
      'seat_taken',
    ],
    [
      'withdrawing what was not signed',
      'democratic.services',
      () => at(assessed, '/sign/democratic_services/withdraw'),
      'no_seat',
    ],
    ['naming the host after a sign-off', 'childrens.services', () => at(ready, '/host'), 'seat_signed'],
    [
      'signing as deputy while the principal is there',
      'childrens.services.deputy',
      () => at(assessed, '/sign/childrens_services'),
      'principal_present',
    ],
  ])('%s', async (_name, account, path, rule) => {
    const page = await (await as(account)).open(path());
    expect([page.status, page.forms.length]).toEqual([200, 0]);
    expect(page.text).toContain('You cannot do this now.');
    expect(page.text).toContain(ruleSays(rule));
    expect(page.text).toContain(`Authority: ${authority(rule)}`);
  });

  test('neither approving nor refusing is possible before the others: both say why', async () => {
    const page = await (await as('legal')).open(at(submitted, '/decide'));
    expect([page.status, page.forms.length]).toEqual([200, 0]);
    expect(page.text).toContain('It cannot be approved now.');
    expect(page.text).toContain('It cannot be refused now.');
    expect(page.text).toContain(ruleSays('legal_last'));
  });

  test('one person signs for one office only', async () => {
    const line = await Line.assessed(council);
    await line.discuss();
    expectOk(await line.sign('childrens_services'));
    expectOk(await line.sign('democratic_services', {}, 'two.offices'));
    const page = await (await as('two.offices')).open(at(line, '/decide'));
    expect(page.forms).toHaveLength(0);
    expect(page.text).toContain(ruleSays('one_person_one_office'));
  }, 30_000);

  test('a person who is not a principal has no absence to record', async () => {
    const page = await (await as('legal.second')).open('/standby/absence');
    expect(page.text).toContain('You are not the principal of an office');
    const own = await (await as('legal')).open('/standby/absence');
    expect(own.form.fields).toMatchObject({ principal: 'legal@council.example', office: 'legal' });
  });
});

describe('people who may not', () => {
  const lastRefusal = async (account: Account) => {
    const id = await personId(council.world.db, account);
    const answer = await (
      await council.as('auditor')
    ).get(`/api/audit?actor=${id}&type=authority.refused&limit=1`);
    return answer.body.items[0] as { subject: string; decision: Record<string, unknown> } | undefined;
  };

  test.each<[Account, string, number]>([
    ['scrutiny.chair', '/test', 404],
    ['scrutiny.chair', '/test/necessity', 404],
    ['scrutiny.chair', '/discussion', 404],
    ['scrutiny.chair', '/decide', 403],
    ['scrutiny.member', '/notice', 404],
    ['scrutiny.member', '/decide', 404],
    ['host', '/test', 404],
    ['host', '/discussion', 404],
    ['host', '/return', 403],
    ['auditor', '/test', 404],
    ['auditor', '/discussion', 404],
    ['data.protection', '/discussion', 404],
    ['data.protection', '/sign/childrens_services', 403],
    ['legal', '/sign/childrens_services', 403],
    ['legal', '/host', 403],
    ['legal', '/test/standing', 403],
    ['democratic.services', '/sign/childrens_services', 403],
    ['democratic.services', '/decide', 403],
    ['monitoring.officer', '/test/necessity', 403],
    ['administrator', '/test', 404],
    ['administrator', '/notice', 404],
    ['legal', '/notice', 404],
  ])('%s at %s: a page of %i, and an entry on the trail', async (account, path, status) => {
    const page = await (await as(account)).open(at(ready, path));
    expect([page.status, page.headings]).toEqual([
      status,
      [status === 404 ? 'Not found' : 'You may not do this'],
    ]);
    expect(page.html).not.toContain(reason);
    expect(await lastRefusal(account)).toMatchObject({
      subject: ready.reference,
      decision: { status, method: 'GET' },
    });
  });

  test('a question that does not exist, and an office that signs nothing, are not found', async () => {
    for (const path of ['/test/guilt', '/sign/legal', '/sign/monitoring_officer'])
      expect((await (await as('legal')).open(at(ready, path))).status).toBe(404);
  });

  test('the trail is for Democratic Services and the auditor, and deputies are for Democratic Services', async () => {
    for (const account of [
      'legal',
      'scrutiny.chair',
      'childrens.services',
      'host',
      'administrator',
    ] as const) {
      expect([account, (await (await as(account)).open('/trail')).status]).toEqual([account, 404]);
    }
    expect((await (await as('auditor')).open('/trail')).status).toBe(200);
    expect((await (await as('legal')).open('/standby/deputy')).status).toBe(403);
    expect((await (await as('legal')).open('/standby')).text).toContain(
      'Democratic Services register deputies.',
    );
  });
});

describe('an entry in the discussion', () => {
  const canary = 'Kanarienwortqx';
  test('is on no page of a councillor, a host, an auditor or Data Protection, and in no address', async () => {
    const line = await Line.approved(council);
    const other = await Line.assessed(council);
    for (const [account, path] of [
      ['legal', at(other, '/discussion')],
      ['childrens.services', at(other, '/discussion')],
    ] as const) {
      const advice = account === 'legal' ? { privileged: 'true' } : {};
      const page = await fillIn(await as(account), path, { text: `${canary} in words.`, ...advice });
      expect(page.text).toContain(canary);
      expect(page.path).not.toContain(canary);
    }
    const places = [line, other].flatMap((each) =>
      [
        '',
        '/test',
        '/test/necessity',
        '/discussion',
        '/discussion/meeting',
        '/decide',
        '/notice',
        '/return',
        '/host',
        '/sign/childrens_services',
      ].map((rest) => at(each, rest)),
    );
    for (const account of [
      'scrutiny.chair',
      'scrutiny.member',
      'host',
      'auditor',
      'data.protection',
      'administrator',
    ]) {
      const reader = await as(account);
      for (const path of [
        ...places,
        '/requests',
        '/standby',
        '/trail',
        `/trail?subject=${other.reference}`,
      ]) {
        const page = await reader.open(path);
        expect([account, path, page.html.includes(canary)]).toEqual([account, path, false]);
      }
    }
    expect(council.lines.join('\n')).not.toContain(canary);
  }, 60_000);
});
