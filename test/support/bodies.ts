/** A well-formed body for each route that changes something: whatever refuses it, its shape does not. */
import { authenticator } from './authenticator.js';
import { addDays, londonDate } from '../../policies/core/time/london.js';
import { question, questionKeys } from '../../policies/need-to-know/questions.js';
import type { Account, Council } from './council.js';
import { answerInOrder, complete, reason, rightBody, type Line } from './line.js';

/** Stands in every text of a body that may be anything. */
export const marker = 'zqMarkerzq';
export const absent = 'OBS-1999-9999';
export const nobodysId = '00000000-0000-4000-8000-000000000000';

const officer: Readonly<Record<string, Account>> = {
  childrens_services: 'childrens.services',
  democratic_services: 'democratic.services',
  legal: 'legal',
};

/** Somebody who may give the command, or who is signed in at all, and a body of it. */
export interface WellFormed {
  readonly by: Account;
  readonly body: object;
}

/** By method and path, for a request that stands on its first version. */
export const wellFormed = async (
  council: Council,
  line: Pick<Line, 'type'>,
): Promise<Readonly<Record<string, WellFormed>>> => {
  const today = londonDate(council.clock);
  const content = await complete(council, await council.as('scrutiny.chair'), {
    papers: [{ category: 'Minutes', from: today, to: today }],
    continues: absent,
    programme: nobodysId,
  });
  const condition = { text: reason, owner: 'host', before: 'attendance' };
  const signed = { version: 1, reasons: reason, conditions: [condition], noConflict: true };
  const at = '/api/requests/{reference}';
  const chair = 'scrutiny.chair';
  const member = { name: reason, ward: reason, standing: 'sitting', term: { from: today, to: today } };
  return {
    'POST /api/session': { by: chair, body: { email: `${marker}@council.example`, password: marker } },
    'DELETE /api/session': { by: chair, body: {} },
    'POST /api/password': { by: chair, body: { token: marker.repeat(4), password: `${marker} lantern` } },
    'POST /api/password/forgotten': { by: chair, body: { email: `${marker}@council.example` } },
    'POST /api/need-to-know/preview': {
      by: 'legal',
      body: {
        observationType: 'core_group',
        events: 1,
        now: '2026-09-15T10:00:00+01:00',
        eventAt: '2026-09-15T10:00:00+01:00',
        answers: Object.fromEntries(questionKeys.map((each) => [each, answerInOrder(each, 'core_group')])),
      },
    },
    'POST /api/requests': { by: chair, body: content },
    [`PATCH ${at}`]: { by: chair, body: { version: 1, ...content } },
    [`POST ${at}/submit`]: { by: chair, body: { version: 1 } },
    [`POST ${at}/withdraw`]: { by: chair, body: { version: 1 } },
    [`POST ${at}/return`]: { by: 'legal', body: { version: 1, questions: reason } },
    [`PUT ${at}/host`]: {
      by: 'childrens.services',
      body: { version: 1, host: nobodysId, manager: 'host@council.example' },
    },
    [`POST ${at}/discussion`]: {
      by: 'legal',
      body: { version: 1, text: reason, privileged: false, office: 'legal' },
    },
    [`POST ${at}/discussion/{entry}/confirm`]: {
      by: 'legal',
      body: { version: 1, present: true, office: 'legal' },
    },
    [`POST ${at}/lifts`]: {
      by: 'legal',
      body: { version: 1, question: 'legal_bars', reasons: reason, outcome: 'lift', office: 'legal' },
    },
    [`POST ${at}/sign-offs`]: {
      by: 'childrens.services',
      body: { ...signed, office: 'childrens_services', outcome: 'agree', grounds: [] },
    },
    [`POST ${at}/sign-offs/{office}/withdraw`]: {
      by: 'democratic.services',
      body: { version: 1, reasons: reason },
    },
    [`POST ${at}/decision`]: {
      by: 'legal',
      body: {
        ...signed,
        outcome: 'refuse',
        grounds: ['curiosity'],
        categories: ['process'],
        from: today,
        to: today,
      },
    },
    [`POST ${at}/hearing`]: { by: 'legal', body: { version: 1, gist: reason } },
    [`POST ${at}/hearing/answer`]: { by: chair, body: { version: 1, text: reason } },
    [`POST ${at}/review`]: { by: chair, body: { version: 1, reasons: reason, late: reason } },
    [`POST ${at}/review/late`]: {
      by: 'monitoring.officer',
      body: { version: 1, outcome: 'accepted', reasons: reason, noConflict: true },
    },
    [`POST ${at}/remittal`]: {
      by: 'monitoring.officer',
      body: { version: 1, reasons: reason, ownBecause: reason, noConflict: true },
    },
    [`POST ${at}/review/reviewer`]: {
      by: 'democratic.services',
      body: { version: 1, person: nobodysId, namedBy: reason, authority: reason, office: 'legal' },
    },
    [`POST ${at}/review/decision`]: {
      by: 'monitoring.officer',
      body: { version: 1, outcome: 'upheld', reasons: reason, noConflict: true },
    },
    [`POST ${at}/direction`]: {
      by: 'monitoring.officer',
      body: { version: 1, body: reason, date: today, minute: reason, outcome: 'remitted', givenBy: 'court' },
    },
    [`POST ${at}/direction/carried-out`]: { by: 'legal', body: { version: 1, noConflict: true } },
    [`PUT ${at}/statutory-right`]: { by: 'legal', body: { version: 1, ...rightBody('s100F', today, today) } },
    [`POST ${at}/statutory-right/confirm`]: { by: 'democratic.services', body: { version: 1 } },
    [`POST ${at}/statutory-right/review`]: { by: 'scrutiny.chair', body: { version: 1, reasons: reason } },
    [`POST ${at}/statutory-right/review/decision`]: {
      by: 'monitoring.officer',
      body: { version: 1, outcome: 'upheld', reasons: reason, noConflict: true },
    },
    [`POST ${at}/releases`]: {
      by: 'childrens.services',
      body: {
        category: reason,
        at: '2026-09-15T10:00:00+01:00',
        returned: '2026-09-15T11:00:00+01:00',
        causedBy: 'other',
      },
    },
    'POST /api/programmes': {
      by: 'democratic.services',
      body: {
        title: reason,
        observationTypes: ['core_group'],
        window: { from: today, to: '2020-01-01' },
        places: 1,
        draftAnswers: { necessity: { answer: 'duty', reason } },
      },
    },
    'POST /api/grants/{id}/visits': {
      by: 'childrens.services',
      body: { date: today, from: '10:00', to: '12:00' },
    },
    'PATCH /api/visits/{id}': { by: 'childrens.services', body: { chaperone: reason } },
    'POST /api/visits/{id}/cancel': { by: 'childrens.services', body: {} },
    'PUT /api/visits/{id}/checks/connection': { by: 'childrens.services', body: { answer: 'ward', reason } },
    'PUT /api/visits/{id}/checks/agreements': {
      by: 'childrens.services',
      body: { answer: { family: 'agreed' }, reason },
    },
    'PUT /api/visits/{id}/checks/legal_bars': {
      by: 'legal',
      body: { answer: [{ bar: 'privilege' }], reason },
    },
    'POST /api/visits/{id}/attendance': {
      by: 'childrens.services',
      body: {
        outcome: 'attended',
        arrived: '10:00',
        left: '11:00',
        chaperone: reason,
        categories: ['process'],
        closedPartsLeft: true,
        departures: [{ text: reason, causedBy: 'host' }],
      },
    },
    'POST /api/visits/{id}/confirm': { by: 'scrutiny.chair', body: { agrees: true, comment: reason } },
    'POST /api/visits/{id}/questions': { by: 'scrutiny.chair', body: { kind: 'question', text: reason } },
    'POST /api/questions/{id}/response': {
      by: 'childrens.services',
      body: { text: reason, toCommittee: false },
    },
    'POST /api/grants/{id}/revoke': { by: 'legal', body: { reasons: reason } },
    'POST /api/grants/{id}/confirm-freeze': { by: 'legal', body: { reasons: reason } },
    'POST /api/grants/{id}/release': { by: 'legal', body: { reasons: reason } },
    'POST /api/grants/{id}/conditions/{condition}': { by: 'legal', body: { state: 'met' } },
    'POST /api/incidents': {
      by: 'legal',
      body: {
        what: 'outside_scope',
        causedBy: 'host',
        text: reason,
        happenedAt: '2026-09-15T10:00:00+01:00',
        awareAt: '2026-09-15T11:00:00+01:00',
        exposed: 'yes',
        councillor: nobodysId,
        caseReference: 'Case 12',
        categories: ['family'],
        from: '2026-09-15T10:00:00+01:00',
        until: '2026-09-15T11:00:00+01:00',
      },
    },
    'POST /api/incidents/{id}/cases': { by: 'legal', body: { caseReference: 'Case 12' } },
    'POST /api/incidents/{id}/hearing': { by: 'legal', body: { gist: reason } },
    'POST /api/incidents/{id}/hearing/answer': { by: 'legal', body: { text: reason } },
    'POST /api/incidents/{id}/assessment': {
      by: 'legal',
      body: {
        exposed: true,
        risk: 'high_risk',
        reportable: true,
        reasons: reason,
        awareAt: '2026-09-15T10:00:00+01:00',
        reportedAt: '2026-09-20T10:00:00+01:00',
        commissionerReference: 'IC-2026-0042',
        delay: reason,
        subjectsTold: true,
        told: reason,
      },
    },
    'POST /api/incidents/{id}/close': { by: 'legal', body: { reasons: reason } },
    'POST /api/disclosures/search': {
      by: 'childrens.services',
      body: { caseReference: 'Case 12', limit: 5, cursor: 'nowhere' },
    },
    'POST /api/access-requests': {
      by: 'data.protection',
      body: { councillor: nobodysId, receivedOn: today, by: reason, identityChecked: true },
    },
    'PUT /api/access-requests/{id}/passages/{passage}': {
      by: 'data.protection',
      body: { mark: 'redact', exemption: 'crime', instead: reason, fingerprint: '0'.repeat(32) },
    },
    'POST /api/access-requests/{id}/proposals/{kind}': { by: 'data.protection', body: {} },
    'POST /api/access-requests/{id}/extend': { by: 'data.protection', body: { reasons: reason } },
    'POST /api/access-requests/{id}/release': {
      by: 'data.protection',
      body: { fingerprint: '0'.repeat(32) },
    },
    'POST /api/audit-requirements': {
      by: 'democratic.services',
      body: {
        auditor: `${marker}@council.example`,
        references: [absent],
        from: today,
        until: today,
        reasons: reason,
      },
    },
    'POST /api/audit-requirements/{id}/confirm': { by: 'monitoring.officer', body: {} },
    'POST /api/audit-requirements/{id}/end': { by: 'democratic.services', body: { reasons: reason } },
    'POST /api/corrections': {
      by: 'legal',
      body: {
        of: { kind: 'decision', id: `${absent}/1`, field: 'reasons' },
        corrected: reason,
        reasons: reason,
      },
    },
    'POST /api/corrections/{id}/confirm': { by: 'legal', body: {} },
    'POST /api/corrections/{id}/refuse': { by: 'legal', body: { reasons: reason } },
    'POST /api/corrections/{id}/withdraw': { by: 'legal', body: {} },
    'POST /api/redactions': {
      by: 'legal',
      body: { of: { kind: 'discussion', id: nobodysId, field: 'text' }, reasons: reason },
    },
    'POST /api/redactions/{id}/confirm': { by: 'legal', body: {} },
    'POST /api/redactions/{id}/put-back': { by: 'data.protection', body: { reasons: reason } },
    'POST /api/holds': { by: 'legal', body: { reference: 'OBS-2026-9999', reasons: reason } },
    'POST /api/holds/{id}/lift': { by: 'legal', body: { reasons: reason } },
    'POST /api/disposals': {
      by: 'democratic.services',
      body: { target: 'councillor', councillor: nobodysId },
    },
    'POST /api/disposals/{id}/confirm': { by: 'democratic.services', body: {} },
    'POST /api/disposals/{id}/withdraw': { by: 'democratic.services', body: {} },
    'POST /api/councillors': {
      by: 'democratic.services',
      body: { ...member, email: 'nobody@council.example' },
    },
    'PATCH /api/councillors/{id}': {
      by: 'democratic.services',
      body: { ...member, defeat: { poll: today, declaredAt: '2026-09-15T10:00:00+01:00' } },
    },
    'POST /api/councillors/{id}/gone': { by: 'democratic.services', body: { on: today } },
    'POST /api/councillors/{id}/appointments': {
      by: 'democratic.services',
      body: { title: reason, kind: 'other', from: today, to: today },
    },
    'PATCH /api/councillors/{id}/appointments/{appointment}': {
      by: 'democratic.services',
      body: { to: today },
    },
    'POST /api/councillors/{id}/training': {
      by: 'democratic.services',
      body: { kind: 'dbs', completed: today, expires: today },
    },
    'POST /api/protocol': {
      by: 'democratic.services',
      body: { text: reason, inForceFrom: '2099-09-15T10:00:00+01:00' },
    },
    'POST /api/councillors/{id}/findings': {
      by: 'monitoring.officer',
      body: { body: reason, date: today, minute: reason, until: today },
    },
    'POST /api/leaflets/{leaflet}': {
      by: 'democratic.services',
      body: { text: reason, inForceFrom: '2099-09-15T10:00:00+01:00' },
    },
    'POST /api/protocol/acceptance': { by: chair, body: { version: 1 } },
    'POST /api/councillors/invite': { by: 'legal', body: { expected: 3 } },
    'POST /api/people': { by: 'legal', body: { name: reason, email: `${marker}@council.example` } },
    'PATCH /api/people/{id}': { by: 'legal', body: { name: reason, email: `${marker}@council.example` } },
    'POST /api/people/{id}/offices': {
      by: 'legal',
      body: {
        office: 'legal',
        capacity: 'authorised',
        head: false,
        from: today,
        to: addDays(today, 1),
        authority: reason,
      },
    },
    'PATCH /api/people/{id}/offices/{holding}': { by: 'legal', body: { to: today } },
    'POST /api/people/{id}/offices/{holding}/confirm': { by: 'legal', body: {} },
    'POST /api/people/{id}/codes/removal': { by: 'legal', body: { reasons: reason } },
    'DELETE /api/people/{id}/codes/removal': { by: 'legal', body: {} },
    'POST /api/people/{id}/codes/removal/confirm': { by: 'legal', body: {} },
    'POST /api/people/{id}/address': {
      by: 'legal',
      body: { email: 'other@borough.example', reasons: reason },
    },
    'DELETE /api/people/{id}/address': { by: 'legal', body: {} },
    'POST /api/people/{id}/address/confirm': { by: 'legal', body: {} },
    'POST /api/people/{id}/invite': { by: 'legal', body: {} },
    'POST /api/people/{id}/sign-out': { by: 'legal', body: {} },
    'POST /api/people/{id}/suspend': { by: 'legal', body: { reasons: reason } },
    'POST /api/people/{id}/restore': { by: 'legal', body: { reasons: reason } },
    'POST /api/deputies': {
      by: 'democratic.services',
      body: {
        office: 'legal',
        deputy: 'host@council.example',
        from: today,
        to: addDays(today, 1),
        authority: reason,
      },
    },
    'POST /api/delegations': {
      by: 'democratic.services',
      body: {
        delegate: 'childrens.services.deputy@council.example',
        from: today,
        to: addDays(today, 1),
        authority: reason,
      },
    },
    'POST /api/absences': {
      by: 'democratic.services',
      body: { office: 'legal', principal: nobodysId, from: today, to: addDays(today, 1) },
    },
    // Made from settings that were never in force, so that none of them is.
    'PATCH /api/settings': {
      by: 'democratic.services',
      body: {
        revision: 999,
        nation: 'scotland',
        periods: { decide: 12 },
        types: { core_group: { label: reason.slice(0, 60), maxHours: 2 } },
        retention: { requests: 72 },
        names: { legal: reason.slice(0, 60) },
      },
    },
    'POST /api/settings/bank-holidays': {
      by: 'legal',
      body: Object.fromEntries(
        ['england-and-wales', 'scotland', 'northern-ireland'].map((each) => [
          each,
          { events: [{ title: reason, date: today }] },
        ]),
      ),
    },
    'POST /api/messages/{id}/send-again': { by: 'democratic.services', body: {} },
    'DELETE /api/me/sessions/{id}': { by: 'auditor', body: {} },
    'POST /api/session/step-up': { by: 'auditor', body: { code: reason.slice(0, 60) } },
    'POST /api/me/password': {
      by: 'auditor',
      body: { current: `${marker} lantern`, password: `${marker} kettle moss` },
    },
    'POST /api/me/codes': { by: 'auditor', body: {} },
    'POST /api/me/codes/confirm': { by: 'auditor', body: { code: '123456' } },
    'POST /api/me/codes/recovery': { by: 'auditor', body: {} },
    'POST /api/me/passkeys/options': { by: 'auditor', body: {} },
    'POST /api/me/passkeys': {
      by: 'auditor',
      body: { name: reason.slice(0, 60), response: authenticator().made({ challenge: 'AAAA' }) },
    },
    'DELETE /api/me/passkeys/{id}': { by: 'auditor', body: {} },
    'POST /api/session/passkey/options': { by: 'auditor', body: {} },
    'POST /api/session/passkey': {
      by: 'auditor',
      body: { response: authenticator().answer({ challenge: 'AAAA' }, { userHandle: 'AAAA' }) },
    },
    'POST /api/session/step-up/options': { by: 'auditor', body: {} },
    'PUT /api/me/calendar': { by: 'auditor', body: {} },
    'DELETE /api/me/calendar': { by: 'auditor', body: {} },
    'POST /api/tokens': {
      by: 'auditor',
      body: { name: reason.slice(0, 90), scope: 'trail', expires: addDays(today, 30) },
    },
    'DELETE /api/tokens/{id}': { by: 'democratic.services', body: {} },
    'PUT /api/me/reminders': { by: 'auditor', body: { reminders: 'each' } },
    'POST /api/conflicts': {
      by: 'democratic.services',
      body: {
        person: nobodysId,
        kind: 'other',
        councillor: nobodysId,
        reference: absent,
        reasons: reason,
        authority: reason,
      },
    },
    'POST /api/conflicts/{id}/contest': { by: 'legal', body: { reasons: reason } },
    'POST /api/conflicts/{id}/settle': {
      by: 'monitoring.officer',
      body: { outcome: 'upheld', reasons: reason, authority: reason },
    },
    'POST /api/conflicts/{id}/end': {
      by: 'democratic.services',
      body: { reasons: reason, authority: reason },
    },
    ...Object.fromEntries(
      questionKeys.map((each) => [
        `PUT ${at}/assessment/${each}`,
        {
          by: officer[question(each).office] ?? '',
          body: {
            version: 1,
            reason,
            ...answerInOrder(each, line.type),
            ...(each === 'legal_bars' ? { answer: [{ bar: 'proceedings', lawfulRoute: reason }] } : {}),
          },
        },
      ]),
    ),
  };
};
