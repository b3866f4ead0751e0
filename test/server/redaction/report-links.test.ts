/**
 * Beside each stored text that a page shows stands the link to report it (need-to-know.md, section 6a). Every text of the one
 * table of all texts is hidden, so that a mark of its own stands wherever it is shown; and each page is opened by each person.
 */
import { beforeAll, expect, test } from '@jest/globals';
import { paths } from '../../../server/web/paths.js';
import { readable, readerOf, unescaped } from '../../support/browser-less.js';
import { useCouncil } from '../../support/council.js';
import { behindTheApi, personId } from '../../support/people.js';
import { placesOf } from '../../support/places.js';

const council = useCouncil();

interface TextRow {
  readonly kind: string;
  readonly id: string;
  readonly field: string;
  readonly said: string;
}

/** The texts of a value by their path in it, where the path is one of a text. */
const textsIn = (value: unknown, path: RegExp, at = ''): (readonly [string, string])[] => {
  if (typeof value === 'string') return path.test(at) ? [[at, value]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    textsIn(each, path, at === '' ? name : `${at}.${name}`),
  );
};

/** Every text that is stored, by its address. */
const storedTexts = async (): Promise<TextRow[]> => {
  const { owner } = council.world;
  const known = await owner('stored_texts').select('kind', 'field', 'held_in', 'held_as', 'path', 'id_sql');
  const all: TextRow[] = [];
  for (const { kind, field, held_in: table, held_as: column, path, id_sql: id } of known) {
    const { rows } = await owner.raw<{ rows: { id: string; value: unknown }[] }>(
      `select ${id} as id, t.${column} as value from ${table} t where t.${column} is not null`,
    );
    for (const row of rows)
      for (const [at, said] of textsIn(row.value, path === null ? /^$/ : new RegExp(path)))
        if (said.trim() !== '')
          all.push({ kind, id: row.id, field: at === '' ? field : `${field}.${at}`, said });
  }
  return all;
};

/** Shown, and not typed into a form again. */
const shownIn = (html: string): string =>
  readable(html.replaceAll(/<textarea\b.*?<\/textarea>|<option\b.*?<\/option>|<title>.*?<\/title>/gs, ' '));

const mark = /This text is hidden while Data Protection look at a report about it \([0-9a-f]{8}\)\./g;

/** Pages on which a text stands without its link, each with the reason. */
const exceptions: readonly (readonly [RegExp, string])[] = [
  [
    /^\/requests\/-\/(?:check|decide|remit|review(?:\/.*)?|hearing\/answer|test\/.+|sign\/.+) /,
    'one acts here on what stands on the page of the request, or of the test, with its links',
  ],
  [
    /^\/(?:grants\/-\/conditions\/-|questions\/-\/respond|corrections\/new-) /,
    'one acts here on what another page shows with its links',
  ],
  [
    /^\/corrections\/-\/\w+ shows (?!correction\.)/,
    'what stands is shown with its link where it was recorded',
  ],
  [/^\/programmes shows/, 'each title leads to the page of its programme, which has the link'],
  [
    /^\/retention\/access\/-(?:\/file)? /,
    'Data Protection weigh here what stands elsewhere with its links; until the release nothing of it is erased',
  ],
  [
    / shows (?:answer\.reason or )?right\./,
    'the page does not say which record of a right it shows: its texts are reported by its number',
  ],
];
const isExcepted = (each: string): boolean => exceptions.some(([which]) => which.test(each));

/** Texts that stand on no page of this walk: another is reported where its own tests open it, or by its address alone. */
const elsewhere: readonly string[] = [
  'access_mark.instead',
  'access_passage.said',
  'access_request.extendedReasons',
  'allegation.answer',
  'answer.basis',
  'assessment.commissionerReference',
  'assessment.delay',
  'assessment.reasons',
  'assessment.told',
  'attendance.departures',
  'audit_requirement.endReasons',
  'confirmation.comment',
  'conflict.endAuthority',
  'conflict.endReasons',
  'conflict.settleAuthority',
  'conflict.settleReasons',
  'correction.settledReasons',
  'correction.was',
  'deputy.authority',
  'direction.body',
  'direction.minute',
  'finding.body',
  'finding.minute',
  'freeze.confirmReasons',
  'freeze.releaseReasons',
  'grant.endReasons',
  'grant.endTold',
  'hearing.answer',
  'incident.caseReference',
  'incident.closedReasons',
  'incident_case.caseReference',
  'lift.reasons',
  'named_person.authority',
  'named_person.namedBy',
  'office.delegation',
  'question.response',
  'redaction.putBackReasons',
  'redaction.reasons',
  'release.category',
  'remittal.ownBecause',
  'remittal.reasons',
  'review.acceptReasons',
  'review.decisionReasons',
  'review.lateBecause',
  'right.citesScrutiny',
  'right.covers',
  'right.findings',
  'right.reviewDecisionReasons',
  'sign_off.voidReasons',
  'strategy_delegation.authority',
  'visit_check.answer',
  'visit_check.reason',
];

let places: Awaited<ReturnType<typeof placesOf>>;
let texts: readonly TextRow[];
beforeAll(async () => {
  places = await placesOf(council);
  const { db } = council.world;
  const who = await personId(db, 'data.protection');
  const report = 'select report_text(?, ?, ?, ?, null, null, ?, ?)';
  for (const { kind, id, field, said } of await storedTexts()) {
    if (kind === 'redaction' || said.startsWith('This text is hidden')) continue;
    await behindTheApi(db, (trx) =>
      trx.raw(report, [kind, id, field, who, 'It says who somebody is.', council.clock]),
    ).catch(() => undefined);
  }
  texts = await storedTexts();
}, 120_000);

test('each text that a page shows has the link to report it', async () => {
  const addressesOf = new Map<string, TextRow[]>();
  for (const text of texts) addressesOf.set(text.said, [...(addressesOf.get(text.said) ?? []), text]);
  const seen = new Set<string>();
  const without = new Set<string>();
  for (const [account, addresses] of places) {
    const reader = await readerOf(council.server, account);
    for (const address of addresses) {
      const { status, html } = await reader.open(address);
      if (status !== 200) continue;
      const links = [...html.matchAll(/href="([^"]+)"/g)].flatMap(([, href = '']) => {
        const url = new URL(unescaped(href), 'http://here');
        return url.pathname === paths.reportText ? [[...url.searchParams.values()].join(' ')] : [];
      });
      for (const shown of new Set(shownIn(html).match(mark) ?? [])) {
        const those = addressesOf.get(shown) ?? [];
        for (const { kind, field } of those) seen.add(`${kind}.${field.replaceAll(/\d+/g, '0')}`);
        if (those.some(({ kind, id, field }) => links.includes(`${kind} ${id} ${field}`))) continue;
        const named = those.map(({ kind, field }) => `${kind}.${field.replaceAll(/\d+/g, '0')}`);
        const page = address.replaceAll(/OBS-\d+-\d+|[0-9a-f-]{36}|[0-9a-f]{32}|\?.*/g, '-');
        without.add(`${page} shows ${[...new Set(named)].toSorted().join(' or ')}`);
      }
    }
  }
  expect([...without].filter((each) => !isExcepted(each)).toSorted()).toEqual([]);
  expect(exceptions.filter(([which]) => ![...without].some((each) => which.test(each)))).toEqual([]);
  const known = (await council.world.owner('stored_texts').select('kind', 'field')).map(
    ({ kind, field }) => `${kind}.${field}`,
  );
  const shown = new Set([...seen].map((each) => each.split('.').slice(0, 2).join('.')));
  expect(known.filter((each) => !shown.has(each)).toSorted()).toEqual(elsewhere);
}, 120_000);
