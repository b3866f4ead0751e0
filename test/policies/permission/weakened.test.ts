/**
 * No hindrance of a command can be left out unnoticed. Each stands alone in one case here: it refuses, and without it
 * nothing does. Those that have no case here are named, by their rule, in a test of another file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { londonDate } from '../../../policies/core/time/london.js';
import { contestConflict, endConflict, settleConflict } from '../../../policies/conflict/commands.js';
import { confirmCorrection, correct } from '../../../policies/correction/commands.js';
import { confirmMeeting } from '../../../policies/decision/commands.js';
import { lift } from '../../../policies/legal-hold/commands.js';
import { liftRule } from '../../../policies/need-to-know/commands.js';
import { endOffice, giveOffice } from '../../../policies/office/commands.js';
import {
  askRightReview,
  confirmRight,
  decideRightReview,
  recordRight,
  releasePapers,
} from '../../../policies/papers/commands.js';
import { addPasskey, usePasskey } from '../../../policies/passkey/commands.js';
import { changePerson } from '../../../policies/people/commands.js';
import { everyCommand } from '../../../policies/permission/every-command.js';
import { confirmRedaction } from '../../../policies/redaction/commands.js';
import {
  acceptLate,
  answerGist,
  askReview,
  decideReview,
  nameReviewer,
  remitUnasked,
  tellGist,
} from '../../../policies/review/commands.js';
import { defaultSettings } from '../../../policies/settings/settings.js';

const now = new Date('2026-09-15T10:00:00Z');
const long = new Date('2026-01-15T10:00:00Z');

/** What a hindrance asks of what it is given is in the case that is about it; nothing else is. */
interface Loose {
  readonly rule: string;
  readonly when: (file: never, given: never) => boolean | string;
}
interface LooseCommand {
  readonly name: string;
  readonly closedBy: readonly Loose[];
  readonly hinders: readonly Loose[];
}

const row = (more: object = {}) => ({
  kind: 'Request',
  status: 'submitted',
  version: 1,
  observationType: 'document_inspection',
  content: { window: { from: '2026-10-01', to: '2026-10-31' } },
  submittedAt: now,
  remittedAt: null,
  decidedAt: null,
  statutoryRight: null,
  order: null,
  review: null,
  hearing: null,
  seats: [],
  lifts: [],
  returns: [],
  named: [],
  ...more,
});
const over = {
  observationType: 'core_group',
  content: { window: { from: '2026-01-19', to: '2026-02-20' } },
  submittedAt: long,
};
const right = (more: object = {}) => ({
  statutoryRight: { right: 's100F', counts: true, claimed: null, reasoned: true, recordedBy: 'a', ...more },
});
const denied = right({ right: 'none', claimed: 's100F' });
const recorded = { version: 1, recordedBy: 'a', review: null, confirmed: { personId: 'b', at: now } };

const met = { personId: 'a', office: 'childrens_services', present: ['legal'], confirmations: [] };
const askedLate = { version: 1, outcome: null, late: { acceptedAt: null } };
const finding = (more: object = {}) => ({
  question: 'legal_bars',
  result: 'blocks',
  kind: 'council',
  explanation: 'It blocks.',
  authority: 'Council rule',
  councilRules: [{ block: 'lado:barNeverObserved', lifted: false }],
  ...more,
});
const file = (of: object = {}, more: object = {}) => ({
  row: row(of),
  at: now,
  settings: defaultSettings,
  papers: { rights: [], releases: [] },
  assessment: { test: { findings: [finding()] }, given: [] },
  upheldFinding: false,
  ...more,
});
const tested = (...findings: readonly object[]) => ({ assessment: { test: { findings }, given: [] } });
const lifting = { question: 'legal_bars', outcome: 'lift' };
const said = { question: 'legal_bars', office: 'legal', outcome: 'lift', blocks: ['lado:barNeverObserved'] };
const held = {
  assessment: {
    test: { findings: [finding()] },
    given: [{ question: 'connection', confirmed: true, answer: 'personal' }],
  },
};
const hearing = {
  version: 1,
  matters: ['connection'],
  toldAt: now,
  dueOn: londonDate(now),
  answeredAt: null,
  endedAt: null,
};
const redaction = { kind: 'Redaction', status: 'hidden', first: null, held: false };
const slip = { kind: 'Correction' };
const conflict = {
  kind: 'RecordedConflict',
  status: 'recorded',
  personId: 'a',
  recordedBy: 'b',
  ofMonitoringOfficer: false,
};
const ofMonitoringOfficer = { ...conflict, ofMonitoringOfficer: true };

const person = { id: 'a', suspendedAt: null, offices: [], takesPart: false, councillor: false };

/** The command, the rule, and what it is given on and with. */
type Case = readonly [command: object, rule: string, file: object, given?: object];
const cases: readonly Case[] = [
  [liftRule, 'right_stands', row(right())],
  [liftRule, 'order_stands', row({ order: { recordedBy: 'm' } })],
  [liftRule, 'time_passed', file(over), { lifting }],
  [liftRule, 'council_rules_alone', file({}, tested(finding({ kind: 'law' }))), { lifting }],
  [
    liftRule,
    'nothing_to_lift',
    file({}, tested(finding({ result: 'satisfied', councilRules: [] }))),
    { lifting },
  ],
  [liftRule, 'lift_blocks', file(), { lifting: { ...lifting, blocks: ['criminal:barNeverObserved'] } }],
  [liftRule, 'lift_given', file({ lifts: [said] }), { lifting, office: 'legal' }],

  [tellGist, 'right_stands', row(right())],
  [tellGist, 'order_stands', row({ order: { recordedBy: 'm' } })],
  [tellGist, 'time_passed', file(over, held)],
  [tellGist, 'hearing_told', file({ hearing }, held)],
  [tellGist, 'hearing_needless', file()],
  [answerGist, 'nothing_to_answer', row()],
  [answerGist, 'nothing_to_answer', row({ hearing: { ...hearing, answeredAt: now } })],
  [answerGist, 'time_passed', file({ ...over, hearing }, held)],

  [recordRight, 'documents_only', row({ observationType: 'core_group' })],
  [
    recordRight,
    'signed_before',
    file({}, { papers: { rights: [{ ...recorded, review: { outcome: 'remitted' } }], releases: [] } }),
    { by: 'a' },
  ],
  [recordRight, 'release', file({}, { papers: { rights: [], releases: [{ version: 1 }] } }), { by: 'a' }],
  [confirmRight, 'documents_only', row({ observationType: 'core_group', ...right({ counts: false }) })],
  [confirmRight, 'no_right_waits', row(right())],
  [confirmRight, 'right_reasons', row(right({ counts: false, reasoned: false }))],
  [askRightReview, 'documents_only', row({ observationType: 'core_group', ...denied })],
  [askRightReview, 'right_denied', row(right())],
  [
    askRightReview,
    'right_denied',
    file(denied, { papers: { rights: [{ ...recorded, review: { outcome: null } }], releases: [] } }),
  ],
  [
    askRightReview,
    'review_time',
    file(denied, {
      papers: { rights: [{ ...recorded, confirmed: { personId: 'b', at: long } }], releases: [] },
    }),
  ],
  [decideRightReview, 'documents_only', row({ observationType: 'core_group', ...denied })],
  [decideRightReview, 'right_denied', row(right())],
  [decideRightReview, 'no_review', file(denied, { papers: { rights: [recorded], releases: [] } })],
  [
    decideRightReview,
    'reviewer_signed',
    file(denied, { papers: { rights: [{ ...recorded, review: { outcome: null } }], releases: [] } }),
    { by: 'b' },
  ],
  [releasePapers, 'documents_only', row({ observationType: 'core_group', ...right() })],
  [releasePapers, 'right_first', row()],
  [releasePapers, 'right_waits', row(right({ counts: false }))],
  [releasePapers, 'release', row(right({ right: 'none' }))],
  [releasePapers, 'right_bars', file(right())],
  [
    releasePapers,
    'release',
    file({ status: 'approved' }, tested(finding({ result: 'satisfied' }))),
    { copy: true },
  ],

  [confirmRedaction, 'office', redaction, { office: 'legal', reads: false }],
  [confirmRedaction, 'redaction_held', { ...redaction, held: true }, { office: 'legal', reads: true }],
  [
    confirmRedaction,
    'redaction_data_protection',
    { ...redaction, first: { id: 'a', office: 'legal' } },
    { office: 'legal', reads: true },
  ],

  [
    confirmRedaction,
    'redaction_privilege',
    { ...redaction, privileged: true },
    { office: 'democratic_services', reads: true },
  ],

  [correct, 'correction_recorder', slip, { by: 'b', recordedBy: 'a', recorderActs: true }],
  [correct, 'host_is_councillor', slip, { barredBy: 'host_is_councillor' }],
  [correct, 'administrator_alone', slip, { barredBy: 'administrator_alone' }],
  [correct, 'host_conflicted', slip, { barredBy: 'host_conflicted' }],
  [correct, 'host_signed', slip, { barredBy: 'host_signed' }],
  [correct, 'conflict_chief_executive', slip, { barredBy: 'conflict_chief_executive' }],
  [correct, 'correction_waits', slip, { waits: true }],
  [confirmCorrection, 'stale_version', slip, { isStale: true }],
  [confirmCorrection, 'conflict_of_oneself', slip, { by: 'a', conflicted: ['a'] }],

  [contestConflict, 'conflict_own', { ...conflict, recordedBy: 'a' }],
  [settleConflict, 'conflict_of_oneself', conflict, { by: 'a', office: 'monitoring_officer' }],
  [
    settleConflict,
    'conflict_chief_executive',
    ofMonitoringOfficer,
    { by: 'm', office: 'monitoring_officer' },
  ],
  [settleConflict, 'conflict_settler', conflict, { by: 'd', office: 'democratic_services' }],
  [settleConflict, 'conflict_settled_by_another', conflict, { by: 'b', office: 'monitoring_officer' }],
  [endConflict, 'conflict_of_oneself', conflict, { by: 'a', office: 'monitoring_officer' }],
  [endConflict, 'conflict_chief_executive', ofMonitoringOfficer, { by: 'm', office: 'monitoring_officer' }],
  [endConflict, 'conflict_recorder', conflict, { by: 'd', office: 'democratic_services' }],

  [
    confirmMeeting,
    'meeting_settled',
    file(),
    { meeting: { ...met, confirmations: [{ office: 'legal' }] }, office: 'legal', by: 'b' },
  ],
  [confirmMeeting, 'meeting_other_person', file(), { meeting: met, office: 'legal', by: 'a' }],

  [askReview, 'review_asked', row({ status: 'refused', review: { version: 1, outcome: null } })],
  [askReview, 'review_time', file({ status: 'refused', decidedAt: long })],
  [askReview, 'review_in_time', file({ status: 'refused', decidedAt: now }), { late: true }],
  [acceptLate, 'no_review', row({ status: 'refused' })],
  [acceptLate, 'no_late_review', row({ status: 'refused', review: { version: 1, outcome: null } })],
  [decideReview, 'late_first', row({ status: 'refused', review: askedLate })],
  [remitUnasked, 'review_waits', row({ status: 'refused', review: { version: 1, outcome: null } })],
  [remitUnasked, 'remits_own', file({ status: 'refused', signers: ['a'] }), { by: 'a' }],
  [nameReviewer, 'no_review', row({ status: 'refused' })],
  [nameReviewer, 'status', row()],
  [
    nameReviewer,
    'administrator_alone',
    file({ remittedAt: now }),
    { namedFor: 'legal', people: [{ id: 'a', administers: true }] },
  ],
  [decideReview, 'no_review', row({ status: 'refused' })],

  [lift, 'hold_lifted', { kind: 'Hold', liftedAt: now }],
  [giveOffice, 'councillor_office', person, { by: 'm', giving: { office: 'councillor' }, heads: [] }],
  [endOffice, 'councillor_office', { office: 'councillor' }],
  [changePerson, 'member_account', { councillor: true }],
  [addPasskey, 'passkeys_here', { offered: false, inUse: 0 }],
  [usePasskey, 'passkeys_here', { offered: false, inUse: 1 }],
  [usePasskey, 'no_passkey', { offered: true, inUse: 0 }],
];

/** What is asked of this case: a row is what closes a command, and a file, or a thing without a version, what hinders it. */
const askedOf = ({ closedBy, hinders }: LooseCommand, of: object): readonly Loose[] => {
  if ('row' in of) return hinders;
  return 'version' in of ? closedBy : [...closedBy, ...hinders];
};

const firstOf = (hindrances: readonly Loose[], of: object, given: object): Loose | undefined =>
  hindrances.find(({ when }) => when(of as never, given as never) !== false);

const named = cases.map(([command, rule, of, given = {}]) => {
  const loose = command as LooseCommand;
  const asked = askedOf(loose, of);
  return { name: loose.name, rule, of, given, asked, first: firstOf(asked, of, given) };
});

describe('a hindrance that is left out is missed', () => {
  test.each(named)('$name: $rule', ({ rule, of, given, asked, first }) => {
    expect(first?.rule).toBe(rule);
    // Without it the command is given, or refused by another rule, which says something else.
    const without = firstOf(
      asked.filter((each) => each !== first),
      of,
      given,
    );
    expect(without?.rule).not.toBe(rule);
  });

  test('in a case of this file, of a correction, a redaction and a right to papers', () => {
    const shown = new Set(named.map(({ first }) => first));
    const here = (everyCommand as readonly (LooseCommand & { readonly on: string })[]).filter(
      (each) =>
        each.on === 'Correction' ||
        each.on === 'Redaction' ||
        ([recordRight, confirmRight, askRightReview, decideRightReview] as readonly object[]).includes(each),
    );
    expect(here.length).toBeGreaterThan(8);
    const missing = here.flatMap(({ name, closedBy, hinders }) =>
      [...closedBy, ...hinders].filter((each) => !shown.has(each)).map(({ rule }) => `${name}: ${rule}`),
    );
    expect(missing).toEqual([]);
  });

  test('in a case of this file, or by a test that names its rule', () => {
    const root = path.resolve(import.meta.dirname, '../..');
    const texts = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((each) => each.endsWith('.ts') && !each.endsWith('weakened.test.ts'))
      .map((each) => readFileSync(path.join(root, each), 'utf8'))
      .join('\n');
    const shown = new Set(named.map(({ first }) => first));
    const missing = (everyCommand as readonly LooseCommand[]).flatMap(({ name, closedBy, hinders }) =>
      [...closedBy, ...hinders]
        .filter((each) => !shown.has(each) && !texts.includes(`'${each.rule}'`))
        .map(({ rule }) => `${name}: ${rule}`),
    );
    expect(missing).toEqual([]);
  });
});
