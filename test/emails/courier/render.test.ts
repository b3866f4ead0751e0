import { describe, expect, test } from '@jest/globals';
import { noticeRenderer, type Rendered, type NoticeFacts } from '../../../emails/courier/render.js';
import { noticeKinds, standbyReference, type NoticeKind } from '../../../policies/core/notices.js';
import { paths } from '../../../server/web/paths.js';

const councilName = 'Test & Trial Council';
const options = {
  baseUrl: new URL('https://observe.council.example'),
  councilName,
  serviceName: 'Observe work with children',
  pages: paths,
  tokenOf: (linkId: string) => `token-of-${linkId}`,
};
const render = noticeRenderer(options);

const aboutStandby: readonly NoticeKind[] = [
  'deputy_registered',
  'strategy_delegated',
  'conflict_recorded',
  'conflict_contested',
  'conflict_settled',
  'conflict_ended',
  'finding_recorded',
  'access_recorded',
  'access_extended',
  'access_released',
  'requirement_waits',
  'requirement_stands',
  'requirement_ended',
  'absence_recorded',
  'incident_reported',
  'incident_closed',
  'allegation_told',
  'allegation_answered',
  'text_reported',
  'text_erased',
  'text_put_back',
  'protocol_published',
  'programme_opened',
  'digest',
  'checkpoint_daily',
  'sign_in_slowed',
  'password_link',
  'password_set',
  'password_changed',
  'account_recovered',
  'office_waits',
  'office_changed',
  'account_changed',
  'codes_changed',
  'account_bound',
  'codes_removal_waits',
  'codes_removed',
  'codes_removed_of_somebody',
  'stand_in_left',
  'passkeys_changed',
  'passkey_copied',
  'tokens_changed',
  'register_differs',
  'address_change_waits',
  'address_change_asked',
  'address_left',
  'address_changed',
  'address_changed_of_somebody',
];
const pageOf: Readonly<Partial<Record<NoticeKind, string>>> = {
  finding_recorded: paths.requests,
  access_recorded: paths.accessRequests,
  access_extended: paths.accessRequests,
  access_released: paths.accessRequests,
  requirement_waits: paths.auditRequirements,
  requirement_stands: paths.auditRequirements,
  requirement_ended: paths.auditRequirements,
  conflict_recorded: paths.conflicts,
  conflict_contested: paths.conflicts,
  conflict_settled: paths.conflicts,
  conflict_ended: paths.conflicts,
  deputy_registered: paths.standby,
  strategy_delegated: paths.standby,
  absence_recorded: paths.standby,
  incident_reported: paths.incidents,
  incident_closed: paths.incidents,
  allegation_told: paths.incidents,
  allegation_answered: paths.incidents,
  correction_to_confirm: paths.corrections,
  record_corrected: paths.corrections,
  correction_refused: paths.corrections,
  text_reported: paths.redactions,
  text_erased: paths.requests,
  text_put_back: paths.requests,
  protocol_published: paths.protocol,
  programme_opened: paths.programmes,
  host_released: paths.requests,
  digest: paths.requests,
  checkpoint_daily: paths.checkpoint,
  sign_in_slowed: paths.signIn,
  password_link: paths.forgottenPassword,
  password_set: paths.forgottenPassword,
  password_changed: paths.forgottenPassword,
  account_recovered: paths.requests,
  office_waits: paths.people,
  office_changed: paths.account,
  account_changed: paths.account,
  codes_changed: paths.account,
  account_bound: paths.account,
  codes_removal_waits: paths.people,
  codes_removed: paths.account,
  codes_removed_of_somebody: paths.people,
  stand_in_left: paths.leavers,
  passkeys_changed: paths.account,
  passkey_copied: paths.account,
  tokens_changed: paths.tokens,
  register_differs: paths.importCouncillors,
  address_change_waits: paths.people,
  address_change_asked: paths.account,
  address_left: paths.signIn,
  address_changed: paths.signIn,
  address_changed_of_somebody: paths.people,
};
const reference = 'OBS-2026-0012';
const factsOf = (kind: NoticeKind, over: Partial<NoticeFacts> = {}): NoticeFacts => ({
  kind,
  reference: aboutStandby.includes(kind) ? standbyReference : reference,
  due: '2026-04-20',
  ...over,
});
const written = (kind: NoticeKind, over: Partial<NoticeFacts> = {}): Rendered => {
  const rendered = render(factsOf(kind, over));
  if (!rendered) throw new Error(`${kind} has no words.`);
  return rendered;
};

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
/** What somebody reads of a page, a line for each block. */
const readable = (html: string): string[] =>
  html
    .replace(/^[\s\S]*<main[^>]*>/, '')
    .replace(/<\/main>[\s\S]*$/, '')
    .replaceAll(/<[^>]+>/g, '\n')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '');

describe.each([...noticeKinds])('%s', (kind) => {
  test('has a subject of one line that names the request and nothing that was decided or why', () => {
    const { subject } = written(kind);
    expect(subject).toMatch(aboutStandby.includes(kind) ? /^[^\r\n:]+$/ : /^OBS-2026-0012: [^\r\n]+$/);
    expect(subject.length).toBeLessThanOrEqual(78);
    expect(subject).not.toMatch(/approved|refused|granted|rejected/i);
  });

  test('leads to its page, below the address of the service', () => {
    const { link, text, html } = written(kind);
    const path = pageOf[kind] ?? paths.request(reference);
    expect(link.href).toBe(`https://observe.council.example${path}`);
    expect(link.text).toMatch(/^Open /);
    expect(text.split('\n')).toContain(link.href);
    expect(html.match(/href="[^"]*"/g)).toEqual([`href="${link.href}"`]);
  });

  test('says the same in text and in HTML', () => {
    const { link, text, html } = written(kind);
    const inText = text
      .split('\n')
      .filter((line) => line !== '' && line !== '-- ' && line !== link.href)
      .map((line) => (line === `${link.text}:` ? link.text : line));
    expect(readable(html)).toEqual(inText);
  });

  test('is a page that a screen reader can announce, and loads nothing', () => {
    const { subject, html } = written(kind);
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain(`<title>${subject}</title>`);
    expect(html.match(/<h1\b/g)).toHaveLength(1);
    expect(html).not.toMatch(/<(img|script|link|iframe|object|style)\b|url\(|@import|\bsrc=/i);
  });

  test('names the due day in words, or no day at all', () => {
    const days = (rendered: Rendered) => rendered.text.match(/\d{1,2} April 2026/g) ?? [];
    expect(written(kind).text).not.toMatch(/2026-04-20/);
    expect(days(written(kind, { due: null }))).toEqual([]);
    expect(days(written(kind)).length).toBeLessThanOrEqual(1);
  });

  test('is the same for every reader and every actor, however often it is written', () => {
    const canary = 'zzcanaryzz';
    const stored = {
      ...factsOf(kind),
      id: canary,
      key: canary,
      action: canary,
      address: canary,
      name: canary,
      reasons: canary,
    };
    expect(render(stored)).toEqual(written(kind));
    expect(JSON.stringify(render(stored))).not.toContain(canary);
  });
});

const kindsWithDue: readonly NoticeKind[] = [
  'request_received',
  'request_submitted',
  'request_resubmitted',
  'request_returned',
  'request_edited',
  'seats_voided',
  'sign_off_ended',
  'meeting_to_confirm',
  'ready_for_legal',
  'request_decided',
  'hearing_told',
  'hearing_answered',
  'review_asked',
  'late_review_accepted',
  'request_remitted',
  'order_to_carry_out',
  'order_recorded',
  'right_to_confirm',
  'right_denied',
  'right_review_requested',
  'papers_due',
  'question_asked',
  'incident_reported',
  'allegation_told',
  'conflict_contested',
  'access_recorded',
  'access_extended',
];

test('states the due day if there is something to do by it', () => {
  const saying = noticeKinds.filter((kind) => written(kind).text.includes('Monday 20 April 2026'));
  expect(saying).toEqual(kindsWithDue);
});

test('the council’s name appears unchanged, and is only text in the HTML', () => {
  const { text, html } = written('request_decided');
  expect(text).toContain(councilName);
  expect(html).toContain('Test &amp; Trial Council');
});

test('a kind that this version does not know has no words', () => {
  expect(render({ kind: 'told_by_a_later_version', reference, due: null })).toBeNull();
  expect(render({ kind: 'toString', reference, due: null })).toBeNull();
});
