import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { questions } from '../../../policies/need-to-know/questions.js';
import { paths } from '../../../server/web/paths.js';
import { readerOf, type Sheet } from '../../support/browser-less.js';
import { useCouncil } from '../../support/council.js';
import { answerInOrder, expectOk, Line, necessity } from '../../support/line.js';
import { isLong } from '../../support/long.js';

const council = useCouncil();

/** A word for each field that somebody types into, found nowhere else. */
const canaries = {
  necessity: 'zaunkoenig',
  alternatives: 'rotkehlchen',
  citation: 'goldammer',
  questions: 'heidelerche',
  answer: 'nachtigall',
  discussion: 'blaumeise',
  advice: 'tannenmeise',
  meeting: 'haubenmeise',
  signReasons: 'feldlerche',
  signCondition: 'buchfink',
  decisionReasons: 'bergfink',
  decisionCondition: 'gruenfink',
  papers: 'wiedehopf',
  lawfulRoute: 'pfingstvogel',
  objection: 'neuntoeter',
  seatWithdrawn: 'wendehals',
  deputyAuthority: 'ziegenmelker',
} as const;
type Canary = keyof typeof canaries;
const all = Object.keys(canaries) as Canary[];
/** Why a sign-off was taken back, and under what authority somebody deputises, is on the trail alone. */
const trailAlone: readonly Canary[] = ['seatWithdrawn', 'deputyAuthority'];
const ofRequest = all.filter((canary) => !trailAlone.includes(canary));

/** What each account may read of them on pages: need-to-know.md, section 5, retyped. */
const table: Readonly<Record<string, readonly Canary[]>> = {
  'scrutiny.chair': [
    'necessity',
    'alternatives',
    'citation',
    'questions',
    'signCondition',
    'decisionReasons',
    'decisionCondition',
    'papers',
  ],
  'scrutiny.member': [],
  'former.member': [],
  'childrens.services': ofRequest,
  'democratic.services': all,
  legal: ofRequest,
  'monitoring.officer': ofRequest,
  host: ['signCondition', 'decisionCondition'],
  // The conditions come with the grant, which Data Protection may revoke, freeze or release.
  'data.protection': [
    'necessity',
    'alternatives',
    'citation',
    'questions',
    'decisionReasons',
    'signCondition',
    'decisionCondition',
    'papers',
  ],
  // Of the request no text; of the trail the reasons of decisions and refusals.
  auditor: ['decisionReasons'],
  administrator: [],
};

let line: Line;
beforeAll(async () => {
  const today = londonDate(council.clock);
  line = await Line.drafted(council, {
    necessity: `${necessity} ${canaries.necessity}`,
    alternatives: `Nothing less would do. ${canaries.alternatives}`,
    authority: { kind: 'work_programme', citation: `Minute 42 ${canaries.citation}` },
    papers: [{ category: `Reports ${canaries.papers}`, from: today, to: today }],
  });
  const chair = await council.as('scrutiny.chair');
  const submit = () => chair.post(`${line.path}/submit`, { version: 1 });
  expectOk(await submit());
  const legal = await council.as('legal');
  expectOk(
    await legal.post(`${line.path}/return`, { version: 1, questions: `Which? ${canaries.questions}` }),
  );
  expectOk(await submit());
  for (const { key } of questions) {
    const routed = { answer: [{ bar: 'court_order', lawfulRoute: `By order. ${canaries.lawfulRoute}` }] };
    const given = key === 'legal_bars' ? routed : answerInOrder(key, line.type);
    expectOk(
      await line.answer(key, 'reason' in given ? { ...given, reason: `Because. ${canaries.answer}` } : given),
    );
  }
  for (const account of ['childrens.services', 'democratic.services']) {
    expectOk(await line.speak(account, `We agree. ${canaries.discussion}`));
  }
  expectOk(await line.speak('legal', `Our advice. ${canaries.advice}`, { privileged: true }));
  expectOk(
    await legal.post(`${line.path}/discussion`, {
      version: 1,
      meeting: { date: today, present: ['legal'], note: canaries.meeting },
    }),
  );
  const objection = { outcome: 'object', grounds: ['connection'], reasons: `No. ${canaries.objection}` };
  expectOk(await line.sign('childrens_services', objection));
  expectOk(
    await (
      await council.as('childrens.services')
    ).post(`${line.path}/sign-offs/childrens_services/withdraw`, {
      version: 1,
      reasons: `Too soon. ${canaries.seatWithdrawn}`,
    }),
  );
  expectOk(
    await (
      await council.as('democratic.services')
    ).post('/api/deputies', {
      office: 'legal',
      deputy: 'auditor@council.example',
      from: addDays(today, 400),
      to: addDays(today, 401),
      authority: `Minute 7 ${canaries.deputyAuthority}`,
    }),
  );
  for (const office of ['childrens_services', 'democratic_services'] as const) {
    const more = {
      reasons: `In order. ${canaries.signReasons}`,
      conditions: [`At the door. ${canaries.signCondition}`],
    };
    expectOk(await line.sign(office, more));
  }
  expectOk(
    await line.decide('approve', {
      reasons: `In order. ${canaries.decisionReasons}`,
      conditions: [`By the host. ${canaries.decisionCondition}`],
    }),
  );
}, 60_000);

/** Every page about the request, and every list that it stands in. */
const addresses = (): readonly string[] => {
  const { reference } = line;
  return [
    paths.requests,
    `${paths.requests}?sort=newest`,
    paths.request(reference),
    paths.check(reference),
    paths.submitted(reference),
    paths.notice(reference),
    paths.test(reference),
    // In short four of the questions: each is one page of the same view.
    ...questions.slice(0, isLong ? undefined : 4).map(({ key }) => paths.question(reference, key)),
    paths.discussion(reference),
    paths.meeting(reference),
    paths.sign(reference, 'childrens_services'),
    paths.sign(reference, 'democratic_services'),
    paths.decide(reference),
    paths.host(reference),
    paths.return(reference),
    `${paths.trail}?subject=${reference}`,
    // What was done, before the readings of this very test fill the first page.
    `${paths.trail}?type=deputy.registered`,
    ...['answered', 'returned', 'discussed', 'signed', 'seat_withdrawn', 'decided'].map(
      (done) => `${paths.trail}?subject=${reference}&type=request.${done}`,
    ),
  ];
};

const holds = (text: string): Canary[] => all.filter((canary) => text.includes(canaries[canary]));

describe('what was typed into each field', () => {
  test.each(Object.entries(table))(
    '%s reads on pages exactly what section 5 allows',
    async (account, allowed) => {
      const reader = await readerOf(council.server, account);
      const sheets: Sheet[] = [];
      for (const address of addresses()) sheets.push(await reader.open(address));
      const shown = new Set(sheets.flatMap(({ html }) => holds(html)));
      expect([...shown].toSorted()).toEqual([...allowed].toSorted());
      for (const { title, path, headers, status } of sheets) {
        expect([path, holds(title), holds(path), holds(JSON.stringify(headers))]).toEqual([path, [], [], []]);
        expect(status).toBeLessThan(500);
      }
    },
  );

  test('stands in no mail, no message and no log line', async () => {
    const reader = await readerOf(council.server, 'legal');
    const mailbox = await reader.open(paths.mailbox);
    expect(mailbox.text).toContain(line.reference);
    expect(holds(mailbox.html)).toEqual([]);
    expect(holds(JSON.stringify(await council.world.owner('messages')))).toEqual([]);
    expect(council.lines.length).toBeGreaterThan(100);
    expect(holds(council.lines.join('\n'))).toEqual([]);
  });
});
