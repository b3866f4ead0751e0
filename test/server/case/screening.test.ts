/**
 * Personal data in free text is refused before it is saved, in every field where text may be typed, and is
 * found nowhere afterwards: in no table, no log line and not in the database server's own log.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { Knex } from 'knex';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { question, questionKeys, type QuestionKey } from '../../../policies/need-to-know/questions.js';
import { observationType, observationTypeKeys } from '../../../policies/core/observation-types.js';
import { councilRuleKeys } from '../../../policies/core/authorities.js';
import { namedThings } from '../../../policies/settings/settings.js';
import { visitChecks } from '../../../policies/visit/visit.js';
import type { AnyRoute } from '../../../server/web/api/route.js';
import { maySayConsidered } from '../../../server/web/schema/considered.js';
import { routes } from '../../../server/routes.js';
import { useCouncil, type Account } from '../../support/council.js';
import { answerInOrder, complete, expectOk, Line, reason, rightBody } from '../../support/line.js';
import { authenticator } from '../../support/authenticator.js';

const council = useCouncil();

/** Stands beside everything personal that is sent, so that one search finds any of it. */
const marker = 'Merkwortzq';
/** What must not be kept, in words around it; `says` is how the refusal names the kind. */
const kinds = [
  // 999 is the NHS's own range for tests, and 8 its check digit here.
  { kind: 'NHS number', text: '999 000 0018', says: /NHS number/ },
  { kind: 'date of birth', text: 'born on 3 March 2012', says: /date of birth/ },
  { kind: 'postcode', text: 'SW1A 1AA', says: /postcode/ },
  // Ofcom keeps this range for drama.
  { kind: 'telephone number', text: '01632 960123', says: /telephone number/ },
  { kind: 'e-mail address', text: 'someone@example.org', says: /e-mail address/ },
  // HMRC's own example.
  { kind: 'National Insurance number', text: 'QQ 12 34 56 C', says: /National Insurance number/ },
] as const;
const needles = [marker, '9990000018', ...kinds.map(({ text }) => text)];

type Path = readonly (string | number)[];
interface Field {
  readonly route: string;
  /** As the refusal names it. */
  readonly field: string;
  readonly by: Account;
  readonly method: 'post' | 'put' | 'patch';
  readonly url: () => string;
  /** The body with that text in the field. */
  readonly body: (text: string) => Promise<object> | object;
  /** It is too short for one: what must not be kept is sent alone. */
  readonly takesNoSentence?: true;
}

const aDecision = { kind: 'decision', id: 'OBS-1999-9999/1', field: 'reasons' };
let line: Line;
let signed: Line;

const officer: Readonly<Record<string, Account>> = {
  childrens_services: 'childrens.services',
  democratic_services: 'democratic.services',
  legal: 'legal',
};
const one = '/api/requests/{reference}';
const nobodysId = '00000000-0000-4000-8000-000000000000';
const anAttendance = { kind: 'attendance', id: nobodysId, field: 'outcome' };

const ofRequest = (text: string) => {
  const today = londonDate(council.clock);
  return {
    necessity: { necessity: text },
    alternatives: { alternatives: text },
    'authority.citation': { authority: { kind: 'work_programme', citation: text } },
    'declarations.onBehalfOf': {
      declarations: {
        collateralPurpose: 'constituent_case',
        connection: 'none',
        documents: 'no',
        onBehalfOf: text,
      },
    },
    'papers.0.category': { papers: [{ category: text, from: today, to: today }] },
  };
};
const requestFields = Object.keys(ofRequest(''));

/** The text of each part of an answer: one reason, one for each item, a lawful route. */
const ofAnswer = (key: QuestionKey): Record<string, (text: string) => object> => {
  const { answers } = question(key);
  const inOrder = answerInOrder(key, line?.type ?? 'initial_child_protection_conference');
  const items =
    answers.shape === 'each' ? answers.items(observationType('initial_child_protection_conference')) : [];
  return {
    reason: (text) => ({ ...inOrder, reason: text }),
    ...Object.fromEntries(
      items.map((item) => [`reason.${item}`, (text: string) => ({ ...inOrder, reason: { [item]: text } })]),
    ),
    ...(key === 'lawful_basis'
      ? { 'basis.policyDocument': (text: string) => ({ ...inOrder, basis: { policyDocument: text } }) }
      : {}),
    ...(answers.shape === 'any'
      ? {
          'answer.0.lawfulRoute': (text: string) => ({ answer: [{ bar: 'proceedings', lawfulRoute: text }] }),
        }
      : {}),
  };
};

const seat = {
  version: 1,
  outcome: 'agree',
  office: 'childrens_services',
  reasons: reason,
  noConflict: true,
};
const member = { name: 'Councillor Fiction', standing: 'sitting', term: { from: '2026-05-11' } };
const decision = { version: 1, outcome: 'refuse', grounds: ['curiosity'], reasons: reason, noConflict: true };
const today = () => londonDate(council.clock);
const naming = { person: 'host@council.example', namedBy: 'The Chief Executive', authority: reason };
const conflict = { person: 'host@council.example', kind: 'other', councillor: nobodysId };
const direction = () => ({
  body: 'The committee',
  date: today(),
  minute: 'Minute 7',
  outcome: 'remitted',
});

const divisions = ['england-and-wales', 'scotland', 'northern-ireland'] as const;

const plan = () => ({ date: today(), from: '10:00', to: '12:00' });
const programme = () => ({
  title: reason,
  observationTypes: ['initial_child_protection_conference'],
  window: { from: today(), to: today() },
  places: 1,
});

const post = (
  route: string,
  by: Account,
  url: () => string,
  fields: Record<string, (text: string) => object>,
) =>
  Object.entries(fields).map(([field, body]): Field => ({
    route: `POST ${route}`,
    field,
    by,
    method: 'post',
    url,
    body,
  }));
const conditions = (rest: object) => ({
  'conditions.0': (text: string) => ({ ...rest, conditions: [text] }),
  'conditions.1.text': (text: string) => ({
    ...rest,
    conditions: [reason, { text, owner: 'host', before: 'closing' }],
  }),
});

const ofPapers = { category: 'health', finding: 'not_exempt', reasons: 'They name nobody.' } as const;
const ofRight = ['reasons', 'document', 'cites.body', 'cites.scrutiny'] as const;
/** What Legal sends about a right, with that text in one of its fields. */
const withText = (field: (typeof ofRight)[number], text: string): object => {
  const { cites, ...body } = { cites: {}, ...rightBody('reg17', today()) };
  const [name = '', part] = field.split('.');
  return part === undefined
    ? { version: 1, ...body, cites, [name]: text }
    : { version: 1, ...body, cites: { ...cites, [part]: text } };
};

const fields: readonly Field[] = [
  ...requestFields.flatMap((field): Field[] => [
    {
      route: 'POST /api/requests',
      field,
      by: 'scrutiny.chair',
      method: 'post',
      url: () => '/api/requests',
      body: async (text) =>
        complete(council, await council.as('scrutiny.chair'), ofRequest(text)[field as 'necessity']),
    },
    {
      route: `PATCH ${one}`,
      field,
      by: 'scrutiny.chair',
      method: 'patch',
      url: () => line.path,
      body: (text) => ({ version: 1, ...ofRequest(text)[field as 'necessity'] }),
    },
  ]),
  ...questionKeys.flatMap((key) =>
    Object.entries(ofAnswer(key)).flatMap(([field, answer]): Field[] => [
      {
        route: `PUT ${one}/assessment/${key}`,
        field,
        by: officer[question(key).office] ?? '',
        method: 'put',
        url: () => `${line.path}/assessment/${key}`,
        body: (text) => ({ version: 1, ...answer(text) }),
      },
      {
        route: 'POST /api/need-to-know/preview',
        field: `answers.${key}.${field}`,
        by: 'legal',
        method: 'post',
        url: () => '/api/need-to-know/preview',
        body: (text) => ({
          observationType: 'initial_child_protection_conference',
          answers: { [key]: answer(text) },
        }),
      },
    ]),
  ),
  ...post(`${one}/return`, 'legal', () => `${line.path}/return`, {
    questions: (questions) => ({ version: 1, questions }),
  }),
  ...post(`${one}/discussion`, 'legal', () => `${line.path}/discussion`, {
    text: (text) => ({ version: 1, text, privileged: true }),
    'meeting.note': (note) => ({ version: 1, meeting: { date: today(), present: ['legal'], note } }),
  }),
  ...post(`${one}/lifts`, 'legal', () => `${line.path}/lifts`, {
    reasons: (reasons) => ({ version: 1, question: 'legal_bars', reasons }),
  }),
  ...post(`${one}/sign-offs`, 'childrens.services', () => `${line.path}/sign-offs`, {
    reasons: (reasons) => ({ ...seat, reasons }),
    ...conditions(seat),
  }),
  ...post(
    `${one}/sign-offs/{office}/withdraw`,
    'democratic.services',
    () => `${signed.path}/sign-offs/democratic_services/withdraw`,
    { reasons: (reasons) => ({ version: 1, reasons }) },
  ),
  ...post(`${one}/decision`, 'legal', () => `${signed.path}/decision`, {
    reasons: (reasons) => ({ ...decision, reasons }),
    ...conditions(decision),
  }),
  ...post(`${one}/hearing`, 'legal', () => `${line.path}/hearing`, { gist: (gist) => ({ gist }) }),
  ...post(`${one}/hearing/answer`, 'scrutiny.chair', () => `${line.path}/hearing/answer`, {
    text: (text) => ({ text }),
  }),
  ...post(`${one}/review`, 'scrutiny.chair', () => `${line.path}/review`, {
    reasons: (reasons) => ({ reasons }),
    late: (late) => ({ reasons: reason, late }),
  }),
  ...post(`${one}/review/late`, 'monitoring.officer', () => `${line.path}/review/late`, {
    reasons: (reasons) => ({ outcome: 'accepted', noConflict: true, reasons }),
  }),
  ...post(`${one}/remittal`, 'monitoring.officer', () => `${line.path}/remittal`, {
    reasons: (reasons) => ({ noConflict: true, reasons }),
    ownBecause: (ownBecause) => ({ noConflict: true, reasons: reason, ownBecause }),
  }),
  ...post(`${one}/review/reviewer`, 'democratic.services', () => `${line.path}/review/reviewer`, {
    namedBy: (namedBy) => ({ ...naming, namedBy }),
    authority: (authority) => ({ ...naming, authority }),
  }),
  ...post(`${one}/review/decision`, 'monitoring.officer', () => `${line.path}/review/decision`, {
    reasons: (reasons) => ({ outcome: 'upheld', noConflict: true, reasons }),
  }),
  ...post(`${one}/direction`, 'monitoring.officer', () => `${line.path}/direction`, {
    body: (body) => ({ ...direction(), body }),
    minute: (minute) => ({ ...direction(), minute }),
  }),
  ...ofRight.map((field): Field => ({
    route: `PUT ${one}/statutory-right`,
    field,
    by: 'legal',
    method: 'put',
    url: () => `${line.path}/statutory-right`,
    body: (text) => withText(field, text),
  })),
  ...post(
    `${one}/statutory-right/confirm`,
    'democratic.services',
    () => `${line.path}/statutory-right/confirm`,
    {
      delegation: (delegation) => ({ version: 1, delegation }),
      'findings.0.category': (category) => ({ version: 1, findings: [{ ...ofPapers, category }] }),
      'findings.0.reasons': (reasons) => ({ version: 1, findings: [{ ...ofPapers, reasons }] }),
    },
  ),
  ...post(`${one}/statutory-right/review`, 'scrutiny.chair', () => `${line.path}/statutory-right/review`, {
    reasons: (reasons) => ({ version: 1, reasons }),
  }),
  ...post(
    `${one}/statutory-right/review/decision`,
    'monitoring.officer',
    () => `${line.path}/statutory-right/review/decision`,
    { reasons: (reasons) => ({ version: 1, outcome: 'upheld', reasons, noConflict: true }) },
  ),
  ...post(`${one}/releases`, 'childrens.services', () => `${line.path}/releases`, {
    category: (category) => ({ category, at: `${today()}T00:00:00Z` }),
  }),
  ...post('/api/programmes', 'democratic.services', () => '/api/programmes', {
    title: (title) => ({ ...programme(), title }),
    ...Object.fromEntries(
      questionKeys.flatMap((key) =>
        Object.entries(ofAnswer(key)).map(([field, answer]) => [
          `draftAnswers.${key}.${field}`,
          (text: string) => ({ ...programme(), draftAnswers: { [key]: answer(text) } }),
        ]),
      ),
    ),
  }),
  ...post('/api/grants/{id}/visits', 'host', () => `/api/grants/${nobodysId}/visits`, {
    caseReference: (caseReference) => ({ ...plan(), caseReference }),
    chaperone: (chaperone) => ({ ...plan(), chaperone }),
  }),
  ...['caseReference', 'chaperone'].map((field): Field => ({
    route: 'PATCH /api/visits/{id}',
    field,
    by: 'host',
    method: 'patch',
    url: () => `/api/visits/${nobodysId}`,
    body: (text) => ({ [field]: text }),
  })),
  ...visitChecks.flatMap((key) =>
    Object.entries(ofAnswer(key)).map(([field, answer]): Field => ({
      route: `PUT /api/visits/{id}/checks/${key}`,
      field,
      by: 'host',
      method: 'put',
      url: () => `/api/visits/${nobodysId}/checks/${key}`,
      body: answer,
    })),
  ),
  ...post('/api/visits/{id}/attendance', 'host', () => `/api/visits/${nobodysId}/attendance`, {
    chaperone: (chaperone) => ({ outcome: 'attended', chaperone }),
    'departures.0.text': (text) => ({ outcome: 'attended', departures: [{ text, causedBy: 'host' }] }),
  }),
  ...post('/api/visits/{id}/confirm', 'scrutiny.chair', () => `/api/visits/${nobodysId}/confirm`, {
    comment: (comment) => ({ agrees: false, comment }),
  }),
  ...post('/api/visits/{id}/questions', 'scrutiny.chair', () => `/api/visits/${nobodysId}/questions`, {
    text: (text) => ({ kind: 'question', text }),
  }),
  ...post(
    '/api/questions/{id}/response',
    'childrens.services',
    () => `/api/questions/${nobodysId}/response`,
    {
      text: (text) => ({ text, toCommittee: false }),
    },
  ),
  ...(['revoke', 'release', 'confirm-freeze'] as const).flatMap((act) =>
    post(`/api/grants/{id}/${act}`, 'legal', () => `/api/grants/${nobodysId}/${act}`, {
      reasons: (reasons) => ({ reasons }),
    }),
  ),
  ...post('/api/grants/{id}/revoke', 'legal', () => `/api/grants/${nobodysId}/revoke`, {
    told: (told) => ({ reasons: 'The visits are done.', told }),
  }),
  ...post('/api/incidents', 'legal', () => '/api/incidents', {
    text: (text) => ({
      what: 'outside_scope',
      causedBy: 'host',
      happenedAt: `${today()}T00:00:00Z`,
      councillor: nobodysId,
      text,
    }),
    caseReference: (caseReference) => ({
      what: 'unauthorised_access',
      causedBy: 'host',
      happenedAt: `${today()}T00:00:00Z`,
      councillor: nobodysId,
      text: 'A file was handed over.',
      caseReference,
    }),
  }),
  ...post(
    '/api/incidents/{id}/assessment',
    'data.protection',
    () => `/api/incidents/${nobodysId}/assessment`,
    Object.fromEntries(
      (['reasons', 'commissionerReference', 'delay', 'told'] as const).map((field) => [
        field,
        (text: string) => ({
          exposed: true,
          risk: 'unlikely',
          reportable: true,
          reasons: 'The file was shown for a minute.',
          reportedAt: `${today()}T00:00:00Z`,
          subjectsTold: false,
          [field]: text,
        }),
      ]),
    ),
  ),
  ...post('/api/incidents/{id}/hearing', 'data.protection', () => `/api/incidents/${nobodysId}/hearing`, {
    gist: (gist) => ({ gist }),
  }),
  ...post(
    '/api/incidents/{id}/hearing/answer',
    'scrutiny.chair',
    () => `/api/incidents/${nobodysId}/hearing/answer`,
    { text: (text) => ({ text }) },
  ),
  ...post('/api/incidents/{id}/cases', 'host', () => `/api/incidents/${nobodysId}/cases`, {
    caseReference: (caseReference) => ({ caseReference }),
  }),
  ...post('/api/incidents/{id}/close', 'data.protection', () => `/api/incidents/${nobodysId}/close`, {
    reasons: (reasons) => ({ reasons }),
  }),
  ...post('/api/tokens', 'auditor', () => '/api/tokens', {
    name: (name) => ({ name, scope: 'trail', expires: today() }),
  }),
  ...post('/api/disclosures/search', 'childrens.services', () => '/api/disclosures/search', {
    caseReference: (caseReference) => ({ caseReference }),
  }),
  ...post('/api/access-requests', 'data.protection', () => '/api/access-requests', {
    by: (by) => ({ councillor: nobodysId, receivedOn: today(), by, identityChecked: true }),
  }),
  ...post(
    '/api/access-requests/{id}/extend',
    'data.protection',
    () => `/api/access-requests/${nobodysId}/extend`,
    {
      reasons: (reasons) => ({ reasons }),
    },
  ),
  {
    route: 'PUT /api/access-requests/{id}/passages/{passage}',
    field: 'instead',
    by: 'data.protection',
    method: 'put',
    url: () => `/api/access-requests/${nobodysId}/passages/${'0'.repeat(32)}`,
    body: (instead) => ({
      mark: 'redact',
      exemption: 'rights_of_others',
      instead,
      fingerprint: '0'.repeat(32),
    }),
  },
  ...post('/api/audit-requirements', 'democratic.services', () => '/api/audit-requirements', {
    reasons: (reasons) => ({
      auditor: nobodysId,
      references: ['OBS-1999-9999'],
      from: today(),
      until: today(),
      reasons,
    }),
  }),
  ...post(
    '/api/audit-requirements/{id}/end',
    'democratic.services',
    () => `/api/audit-requirements/${nobodysId}/end`,
    { reasons: (reasons) => ({ reasons }) },
  ),
  ...post('/api/conflicts', 'democratic.services', () => '/api/conflicts', {
    reasons: (reasons) => ({ ...conflict, reasons }),
    authority: (authority) => ({ ...conflict, authority }),
  }),
  ...post('/api/conflicts/{id}/contest', 'legal', () => `/api/conflicts/${nobodysId}/contest`, {
    reasons: (reasons) => ({ reasons }),
  }),
  ...post('/api/conflicts/{id}/settle', 'monitoring.officer', () => `/api/conflicts/${nobodysId}/settle`, {
    reasons: (reasons) => ({ outcome: 'upheld', reasons }),
    authority: (authority) => ({ outcome: 'upheld', reasons: 'They are married.', authority }),
  }),
  ...post('/api/conflicts/{id}/end', 'democratic.services', () => `/api/conflicts/${nobodysId}/end`, {
    reasons: (reasons) => ({ reasons }),
    authority: (authority) => ({ reasons: 'They are no longer married.', authority }),
  }),
  ...post('/api/corrections', 'legal', () => '/api/corrections', {
    corrected: (corrected) => ({ of: aDecision, corrected, reasons: reason }),
    reasons: (reasons) => ({ of: aDecision, corrected: reason, reasons }),
  }),
  ...post('/api/corrections', 'host', () => '/api/corrections', {
    'corrected.chaperone': (chaperone) => ({ of: anAttendance, corrected: { chaperone }, reasons: reason }),
    'corrected.departures.0.text': (words) => ({
      of: anAttendance,
      corrected: { departures: [{ text: words, causedBy: 'host' }] },
      reasons: reason,
    }),
  }),
  ...post('/api/corrections/{id}/refuse', 'legal', () => `/api/corrections/${nobodysId}/refuse`, {
    reasons: (reasons) => ({ reasons }),
  }),
  ...post('/api/redactions', 'legal', () => '/api/redactions', {
    reasons: (reasons) => ({ of: { kind: 'discussion', id: nobodysId, field: 'text' }, reasons }),
  }),
  ...post('/api/redactions/{id}/put-back', 'data.protection', () => `/api/redactions/${nobodysId}/put-back`, {
    reasons: (reasons) => ({ reasons }),
  }),
  ...post('/api/holds', 'legal', () => '/api/holds', {
    reasons: (reasons) => ({ councillor: nobodysId, reasons }),
  }),
  ...post('/api/holds/{id}/lift', 'legal', () => `/api/holds/${nobodysId}/lift`, {
    reasons: (reasons) => ({ reasons }),
  }),
  ...post('/api/councillors', 'democratic.services', () => '/api/councillors', {
    name: (name) => ({ ...member, name }),
    ward: (ward) => ({ ...member, ward }),
  }),
  ...observationTypeKeys.map((key): Field => ({
    route: 'PATCH /api/settings',
    field: `types.${key}.label`,
    by: 'democratic.services',
    method: 'patch',
    url: () => '/api/settings',
    body: (label) => ({ revision: 0, types: { [key]: { label } } }),
  })),
  ...namedThings.map((thing): Field => ({
    route: 'PATCH /api/settings',
    field: `names.${thing}`,
    by: 'democratic.services',
    method: 'patch',
    url: () => '/api/settings',
    body: (name) => ({ revision: 0, names: { [thing]: name } }),
  })),
  ...Object.entries<(text: string) => object>({
    title: (title) => ({ title }),
    link: (link) => ({ link }),
    ...Object.fromEntries(
      councilRuleKeys.map((key) => [
        `paragraphs.${key}`,
        (text: string) => ({ paragraphs: { [key]: text } }),
      ]),
    ),
  }).map(([field, adopted]): Field => ({
    route: 'PATCH /api/settings',
    field: `adopted.${field}`,
    by: 'democratic.services',
    method: 'patch',
    url: () => '/api/settings',
    body: (text) => ({
      revision: 0,
      adopted: { title: 'The protocol', date: today(), ...adopted(text) },
    }),
  })),
  ...(['prefixes', 'patterns'] as const).map((list): Field => ({
    route: 'PATCH /api/settings',
    field: `caseReferences.${list}.0`,
    by: 'democratic.services',
    method: 'patch',
    url: () => '/api/settings',
    body: (text) => ({ revision: 0, caseReferences: { [list]: [text] } }),
    takesNoSentence: true,
  })),
  ...divisions.map((division): Field => ({
    route: 'POST /api/settings/bank-holidays',
    field: `${division}.events.0.title`,
    by: 'democratic.services',
    method: 'post',
    url: () => '/api/settings/bank-holidays',
    body: (text) =>
      Object.fromEntries(
        divisions.map((each) => [
          each,
          { events: [{ title: each === division ? text : 'A day', date: today() }] },
        ]),
      ),
  })),
  ...['name', 'ward'].map((field): Field => ({
    route: 'PATCH /api/councillors/{id}',
    field,
    by: 'democratic.services',
    method: 'patch',
    url: () => `/api/councillors/${nobodysId}`,
    body: (text) => ({ [field]: text }),
  })),
  ...post(
    '/api/councillors/{id}/appointments',
    'democratic.services',
    () => `/api/councillors/${nobodysId}/appointments`,
    {
      title: (title) => ({ title, kind: 'other', from: today() }),
    },
  ),
  ...post('/api/people', 'administrator', () => '/api/people', {
    name: (name) => ({ name, email: 'fiction@council.example' }),
  }),
  {
    route: 'PATCH /api/people/{id}',
    field: 'name',
    by: 'administrator',
    method: 'patch',
    url: () => `/api/people/${nobodysId}`,
    body: (name) => ({ name }),
  },
  ...post('/api/people/{id}/offices', 'administrator', () => `/api/people/${nobodysId}/offices`, {
    authority: (authority) => ({ office: 'legal', capacity: 'authorised', from: today(), authority }),
  }),
  ...(['suspend', 'restore', 'codes/removal'] as const).flatMap((act) =>
    post(`/api/people/{id}/${act}`, 'administrator', () => `/api/people/${nobodysId}/${act}`, {
      reasons: (reasons) => ({ reasons }),
    }),
  ),
  ...post('/api/me/passkeys', 'legal', () => '/api/me/passkeys', {
    name: (name) => ({ name, response: authenticator().made({ challenge: 'AAAA' }) }),
  }),
  ...post('/api/people/{id}/address', 'administrator', () => `/api/people/${nobodysId}/address`, {
    reasons: (reasons) => ({ email: 'fiction@council.example', reasons }),
  }),
  ...post('/api/protocol', 'democratic.services', () => '/api/protocol', { text: (text) => ({ text }) }),
  ...(['body', 'minute'] as const).flatMap((field) =>
    post(
      '/api/councillors/{id}/findings',
      'monitoring.officer',
      () => `/api/councillors/${nobodysId}/findings`,
      {
        [field]: (text: string) => ({
          body: 'Standards Committee',
          minute: 'Minute 7',
          date: today(),
          until: today(),
          [field]: text,
        }),
      },
    ),
  ),
  ...post('/api/leaflets/{leaflet}', 'democratic.services', () => '/api/leaflets/families', {
    text: (text) => ({ text }),
  }),
  ...post(`${one}/direction/carried-out`, 'legal.second', () => `${line.path}/direction/carried-out`, {
    ...conditions({ version: 1, noConflict: true }),
  }),
  ...post('/api/delegations', 'democratic.services', () => '/api/delegations', {
    authority: (authority) => ({
      delegate: 'childrens.services.deputy@council.example',
      from: today(),
      to: addDays(today(), 1),
      authority,
    }),
  }),
  ...post('/api/deputies', 'democratic.services', () => '/api/deputies', {
    authority: (authority) => ({
      office: 'legal',
      deputy: 'two.offices@council.example',
      from: today(),
      to: addDays(today(), 1),
      authority,
    }),
  }),
];

/** Free text that is only compared with existing data, or stored as a hash; the last tests check that none of it is kept. */
const compared = [
  'POST /api/session email',
  'POST /api/session password',
  'POST /api/session code',
  'POST /api/session/step-up password',
  'POST /api/session/step-up code',
  'POST /api/me/codes/confirm code',
  'POST /api/me/password current',
  'POST /api/me/password password',
  'POST /api/password token',
  'POST /api/password password',
  'GET /api/audit actor',
  'GET /api/audit subject',
  ...['leaveOut', 'same', 'another'].flatMap((field) => [
    `POST /api/councillors/import ${field}`,
    `POST /api/councillors/import ${field}.#`,
  ]),
];

/** Where a schema takes any text at all: no list of values, no form of its own. Its named parts count where they stand. */
interface Json {
  readonly [name: string]: unknown;
}
const textIn = (whole: Json, { $ref, ...own }: Json = whole, at: Path = []): string[] => {
  const named =
    typeof $ref === 'string' ? (whole['$defs'] as Record<string, Json>)[$ref.slice('#/$defs/'.length)] : {};
  const schema = { ...named, ...own };
  const inAll = (['anyOf', 'oneOf', 'allOf'] as const).flatMap((word) =>
    ((schema[word] as Json[] | undefined) ?? []).flatMap((each) => textIn(whole, each, at)),
  );
  const properties = Object.entries((schema['properties'] as Record<string, Json> | undefined) ?? {});
  const items = schema['items'] as Json | undefined;
  const patterns = [
    schema['pattern'],
    ...((schema['allOf'] as Json[] | undefined) ?? []).map((each) => each['pattern']),
  ];
  const free =
    schema['type'] === 'string' &&
    schema['enum'] === undefined &&
    schema['const'] === undefined &&
    schema['format'] === undefined &&
    patterns.every((pattern) => pattern === undefined || pattern === '\\S');
  return [
    ...(free ? [at.join('.')] : []),
    ...inAll,
    ...properties.flatMap(([name, each]) => textIn(whole, each, [...at, name])),
    ...(items ? textIn(whole, items, [...at, '#']) : []),
  ];
};
/** The schema with each named part in the place of its reference. */
const written = (part: unknown, named: Json): unknown => {
  if (Array.isArray(part)) return part.map((each) => written(each, named));
  if (typeof part !== 'object' || part === null) return part;
  const { $ref, $defs: _defs, ...own } = part as Json;
  const from = typeof $ref === 'string' ? written(named[$ref.split('/').at(-1) ?? ''], named) : {};
  return {
    ...(from as Json),
    ...Object.fromEntries(Object.entries(own).map(([key, each]) => [key, written(each, named)])),
  };
};

const freeText = (route: AnyRoute): string[] =>
  [route.body, route.query]
    .filter((schema) => schema !== undefined)
    .map((schema) => z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any' }) as Json)
    .flatMap((schema) => textIn(written(schema, (schema['$defs'] ?? {}) as Json) as Json))
    .filter((name) => !['limit', 'cursor'].includes(name))
    .map((name) => `${route.method} ${route.path} ${name}`);

/** The columns and tables that hold any of these, read as the superuser. */
const whereFound = async (superuser: Knex, sought: readonly string[]): Promise<string[]> => {
  const { rows: columns } = await superuser.raw<{ rows: { place: string; name: string; bytes: boolean }[] }>(
    `select format('%I.%I', n.nspname, c.relname) as place, format('%I', a.attname) as name, a.atttypid = 'bytea'::regtype as bytes
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'm') and a.attnum > 0 and not a.attisdropped
         and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
  );
  expect(new Set(columns.map(({ place }) => place.split('.')[0]))).toEqual(
    new Set(['public', 'audit', 'runtime', 'graphile_worker']),
  );
  const found = await Promise.all(
    columns.map(async ({ place, name, bytes }) => {
      const text = bytes ? `encode(${name}, 'escape')` : `${name}::text`;
      const { rows } = await superuser.raw<{ rows: unknown[] }>(
        `select 1 from ${place} where exists (select from unnest(?::text[]) s where position(lower(s) in lower(${text})) > 0) limit 1`,
        [[...sought]],
      );
      return rows.length > 0 ? [`${place}.${name}`] : [];
    }),
  );
  return found.flat();
};

/** The database server's own log, where it is the run's own server; null where another was given. */
const serverLog = async (superuser: Knex): Promise<string | null> => {
  const { rows } = await superuser.raw<{ rows: { folder: string }[] }>(
    `select current_setting('data_directory') as folder`,
  );
  const file = path.join(rows[0]?.folder ?? '', '../postgres.log');
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
};

beforeAll(async () => {
  line = await Line.assessed(council);
  signed = await Line.assessed(council);
  expectOk(await signed.sign('democratic_services'));
}, 30_000);

const sent = async ({ by, method, url, body }: Field, text: string) => {
  const client = await council.as(by);
  return client[method](url(), await body(text));
};
const around = (text: string) => `${marker} says that ${text} is known to the committee.`;

test('every field of every route that takes free text is among those that are tried here', () => {
  const general = (name: string) => name.replaceAll(/\.\d+/g, '.#').replace(/(reason)\.\w+$/, '$1.*');
  const published = new Set(routes.flatMap(freeText).map((name) => general(name)));
  const tried = new Set(fields.map(({ route, field }) => general(`${route} ${field}`)));
  expect([...published].filter((name) => !tried.has(name) && !compared.includes(name))).toEqual([]);
  expect(published.size).toBeGreaterThan(40);
  expect([...tried].filter((name) => !published.has(name))).toEqual([]);
});

/** Where free text is screened and no caution is asked about, and why. */
const neverAsked: Readonly<Record<string, string>> = {
  'POST /api/need-to-know/preview': 'it stores nothing',
};

test('every call that takes screened text takes what was considered as well, or keeps nothing anybody wrote', () => {
  const screened = new Set(fields.map(({ route }) => route));
  const silent = routes.filter(
    (each) => screened.has(`${each.method} ${each.path}`) && !maySayConsidered(each),
  );
  expect(silent.map(({ method, path: at }) => `${method} ${at}`).toSorted()).toEqual(
    Object.keys(neverAsked).toSorted(),
  );
});

describe.each(fields.map((field) => [`${field.route}: ${field.field}`, field] as const))(
  '%s',
  (_name, field) => {
    test('refuses each kind of personal data, naming the field and the kind and repeating nothing', async () => {
      for (const { text, says } of kinds) {
        const { status, body } = await sent(field, field.takesNoSentence ? text : around(text));
        expect({ status, rule: body.rule, authority: typeof body.authority }).toEqual({
          status: 422,
          rule: 'personal_data',
          authority: 'string',
        });
        expect(body.errors).toEqual([{ field: field.field, message: expect.stringMatching(says) }]);
        for (const needle of needles) expect(JSON.stringify(body)).not.toContain(needle);
      }
    });
  },
);

test('several kinds in several fields are all named at once', async () => {
  const { status, body } = await (
    await council.as('legal')
  ).post(`${signed.path}/decision`, {
    ...decision,
    reasons: around(`${kinds[0].text}, ${kinds[2].text}`),
    conditions: [reason, around(kinds[4].text)],
  });
  expect(status).toBe(422);
  expect(body.rule).toBe('personal_data');
  expect(new Set(body.errors.map(({ field }: { field: string }) => field))).toEqual(
    new Set(['reasons', 'conditions.1']),
  );
});

test('under an Idempotency-Key the refused text is not kept either, and the key is still free', async () => {
  const client = await council.as('legal');
  const headers = { 'Idempotency-Key': 'a-key-of-the-screening' };
  const refused = await client.post(
    `${line.path}/discussion`,
    { version: 1, text: around(kinds[1].text) },
    headers,
  );
  expect(refused.status).toBe(422);
  const { status } = await client.post(`${line.path}/discussion`, { version: 1, text: reason }, headers);
  expect(status).toBe(201);
});

test('a citation may name an old date, and no date of birth', async () => {
  const chair = await council.as('scrutiny.chair');
  const citing = (citation: string) =>
    chair.post('/api/requests', { authority: { kind: 'work_programme', citation } });
  expect((await citing('Minute 42 of 15 September 2011')).status).toBe(201);
  expect((await citing('Minute 42, child born 15 September 2011')).body.rule).toBe('personal_data');
});

test('nothing typed to sign in is stored anywhere', async () => {
  const password = around(kinds[0].text);
  const stranger = await council.as('auditor');
  const { status } = await stranger.post('/api/session', { email: `${marker}@example.org`, password });
  expect(status).toBe(401);
});

describe('afterwards', () => {
  let superuser: Knex;
  beforeAll(() => {
    superuser = council.world.open(council.world.superuserUrl);
  });

  test('the search finds accepted text: in the tables, in the trail and in the server’s log', async () => {
    const harmless = 'Harmloszq';
    const client = await council.as('legal');
    expectOk(await client.post(`${line.path}/discussion`, { version: 1, text: `${harmless}a ${reason}` }));
    expect(await whereFound(superuser, [`${harmless}a`])).toEqual(['public.discussion.text']);
    expectOk(await client.post(`${line.path}/return`, { version: 1, questions: `${harmless}b ${reason}` }));
    expect((await whereFound(superuser, [`${harmless}b`])).toSorted()).toEqual([
      'audit.secret.value',
      'public.request_returns.questions',
    ]);
    // Bytes are searched as well: every leaf of the trail names its type.
    expect(await whereFound(superuser, ['"type":"request.returned"'])).toContain('audit.entries.leaf');

    await superuser.raw(`do $$ begin raise log '${harmless}c'; end $$`);
    const log = await serverLog(superuser);
    if (log !== null) expect(log).toContain(`${harmless}c`);
  });

  test('nothing that was refused is in any column of any table', async () => {
    expect(await whereFound(superuser, needles)).toEqual([]);
  });

  test('nothing that was refused is in a log line of the service', () => {
    expect(council.lines.length).toBeGreaterThan(500);
    for (const needle of needles) expect(council.lines.filter((each) => each.includes(needle))).toEqual([]);
  });

  test('nothing that was refused is in the database server’s own log', async () => {
    const log = (await serverLog(superuser)) ?? '';
    for (const needle of needles) expect([needle, log.includes(needle)]).toEqual([needle, false]);
  });

  test('a search of the trail keeps nothing personal of its terms', async () => {
    const client = await council.as('democratic.services');
    for (const { text } of kinds) {
      for (const field of ['subject', 'actor']) {
        const { status } = await client.get(`/api/audit?${field}=${encodeURIComponent(around(text))}`);
        expect([200, 422]).toContain(status);
      }
    }
    expect(await whereFound(superuser, needles)).toEqual([]);
  });
});
