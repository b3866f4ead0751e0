/**
 * What comes after an approval or a refusal, in a browser, on a clock that the test moves: the journeys of
 * councillor, host and offices from page to page.
 */
import { beforeEach, expect, test } from '@jest/globals';
import { addDays, atLondonTime } from '../../policies/core/time/london.js';
import { paths } from '../../server/web/paths.js';
import { useBrowser, type Walker } from '../support/browser.js';
import { useCouncil, type Account } from '../support/council.js';
import { granted, type Granted } from '../support/granted.js';
import { expectOk, Line, reason } from '../support/line.js';
import { isLong } from '../support/long.js';
import { behindTheApi, lineAt } from '../support/people.js';
import { VisitWalk } from '../support/visiting.js';

const council = useCouncil();
const browsing = useBrowser(council);

/** A Monday in term, no holiday near; the visit is on the Tuesday of the week after. */
const monday = '2027-01-11';
const day = addDays(monday, 8);
const window = { from: monday, to: '2027-02-05' };
beforeEach(() => {
  council.clock = atLondonTime(monday, '10:00');
});

/**
 * The short form runs one of the eight, from plan to confirmation: the API’s own tests cover the rules too. `npm run
 * test:long -- browser/after-approval` runs all, as `.ci/run` does.
 */
const atLength = (...journey: Parameters<typeof test>): void => {
  if (isLong) test(...journey);
};

const choose = (walker: Walker, name: string, value: string) =>
  walker.page.locator(`[name="${name}"][value="${value}"]`).check();
const fill = (walker: Walker, name: string, text: string) =>
  walker.page.locator(`[name="${name}"]`).fill(text);
const fillDate = async (walker: Walker, name: string, date: string) => {
  const [year = '', month = '', of = ''] = date.split('-');
  await fill(walker, `${name}-day`, String(Number(of)));
  await fill(walker, `${name}-month`, String(Number(month)));
  await fill(walker, `${name}-year`, year);
};
const main = (walker: Walker): Promise<string> => walker.page.locator('main').innerText();
const lastOf = (walker: Walker): string => new URL(walker.page.url()).pathname.split('/').at(-1) ?? '';

const approved = (author: Account = 'scrutiny.chair', changes: object = {}): Promise<Granted> =>
  granted(council, {
    author,
    changes: { observationType: 'core_group', window, ...changes },
    now: () => council.clock,
  });

/** Plans the visit of a grant on its page, with case and chaperone. */
const plan = async (walker: Walker, grant: Granted, caseReference = 'CP-2027-0042') => {
  await walker.open(paths.grant(grant.id));
  await walker.press(/Plan a visit/);
  await fillDate(walker, 'date', day);
  await fill(walker, 'from', '10:00');
  await fill(walker, 'to', '12:00');
  await fill(walker, 'caseReference', caseReference);
  await fill(walker, 'chaperone', 'The team manager');
  await walker.press(/Plan/);
};

/** Answers the three checks of a visit, one after the other from its page, each as it has to be. */
const check = async (walker: Walker, visit: string, parties: readonly string[]) => {
  if (!walker.page.url().endsWith(paths.visit(visit))) await walker.open(paths.visit(visit));
  await walker.press(/^Answer connection/i);
  await choose(walker, 'answer', 'none');
  await walker.press('Save the answer');
  await walker.press(/^Answer agreements/i);
  for (const party of parties) await choose(walker, `answer.${party}`, 'agreed');
  await walker.press('Save the answer');
  // At a visit Legal answer for the bars.
  await walker.signIn('legal');
  await walker.open(paths.visit(visit));
  await walker.press(/^Answer legal bars/i);
  await walker.page.getByLabel(/None of these/).check();
  await walker.press('Save the answer');
  await walker.signIn('host');
};
const ofCoreGroup = ['family', 'child', 'members'];

/** Records on its page that the councillor came, with any further steps. */
const attend = async (walker: Walker, visit: string, besides: () => Promise<void> = async () => {}) => {
  council.clock = atLondonTime(day, '13:00');
  await walker.signIn('host');
  await walker.open(paths.visit(visit));
  await walker.press('Record what happened');
  await choose(walker, 'outcome', 'attended');
  await fill(walker, 'arrived', '10:05');
  await fill(walker, 'left', '11:40');
  await fill(walker, 'chaperone', 'The team manager');
  await choose(walker, 'categories', 'process');
  await besides();
  await walker.press('Record it');
};

const walks = { scripts: true, thorough: false } as const;
const patience = 120_000;

test(
  'an approval comes to a closed attendance, with a question answered',
  () =>
    browsing.walk({ ...walks, scripts: false }, async (walker) => {
      const grant = await approved();
      await walker.signIn('host');
      await plan(walker, grant);
      const visit = lastOf(walker);
      await check(walker, visit, ofCoreGroup);
      await walker.open(paths.visit(visit));
      expect(await main(walker)).toContain('CP-2027-0042');

      await attend(walker, visit);
      expect(await main(walker)).toContain('Every limit held from arrival to leaving');
      await walker.signIn('scrutiny.chair');
      await walker.press('Visits');
      await walker.press(/^Say whether you agree/);
      await choose(walker, 'agrees', 'yes');
      await walker.press('Send');
      await walker.press('Put a question or a challenge');
      await choose(walker, 'kind', 'question');
      await fill(walker, 'text', 'How often does the group meet without health partners?');
      await walker.press('Send');

      await walker.signIn('childrens.services');
      await walker.open(paths.visit(visit));
      await walker.press(/^Answer the question/);
      await fill(walker, 'text', 'Twice in the last year, and the chair has taken it up.');
      await choose(walker, 'toCommittee', 'yes');
      await walker.press('Send the answer');

      await walker.signIn('scrutiny.chair');
      await walker.open(paths.visit(visit));
      const read = await main(walker);
      expect(read).toContain('Twice in the last year');
      expect(read).toContain('Closed');
      expect(read).not.toContain('CP-2027-0042');
    }),
  patience,
);

atLength(
  'a family withdraws on the morning: the visit ends, the grant stands, and the councillor reads nothing of them',
  () =>
    browsing.walk(walks, async (walker) => {
      const grant = await approved();
      await walker.signIn('host');
      await plan(walker, grant);
      const visit = lastOf(walker);
      await check(walker, visit, ofCoreGroup);
      council.clock = atLondonTime(day, '08:30');
      await walker.signIn('host');
      await walker.open(paths.checkVisit(visit, 'agreements'));
      await choose(walker, 'answer.family', 'refused');
      await walker.press('Change the answer');
      expect(await main(walker)).toContain('Ended');
      await walker.open(paths.grant(grant.id));
      expect(await main(walker)).toContain('May be used');

      await walker.signIn('scrutiny.chair');
      await walker.open(paths.visit(visit));
      const read = await main(walker);
      expect(read).toContain('Not everything needed is in place');
      expect(read.replaceAll(/Rules of every visit[\s\S]*/g, '')).not.toMatch(
        /famil|withdr|refus|agreement/i,
      );
    }),
  patience,
);

atLength(
  'a departure from scope goes to Data Protection, who release what it froze',
  () =>
    browsing.walk(walks, async (walker) => {
      const [grant, other] = [await approved('scrutiny.member'), await approved('scrutiny.member')];
      await walker.signIn('host');
      await plan(walker, grant);
      const visit = lastOf(walker);
      await check(walker, visit, ofCoreGroup);
      await attend(walker, visit, async () => {
        await fill(walker, 'departures.0.text', 'Stayed when asked to leave.');
        await walker.page.locator('[name="departures.0.causedBy"]').selectOption('councillor');
      });
      await walker.signIn('scrutiny.member');
      await walker.open(paths.grant(other.id));
      expect(await main(walker)).toContain('Paused while something is checked');

      await walker.signIn('data.protection');
      await walker.open(paths.incidents);
      await walker.page.locator('main a[href^="/incidents/"]:not([href$="/new"])').first().click();
      await walker.page.waitForLoadState();
      await walker.look();
      const incident = new URL(walker.page.url()).pathname;
      expect(await main(walker)).toContain('Frozen');
      await walker.press(new RegExp(`^Release ${other.line.reference}`));
      await fill(walker, 'reasons', 'They have been spoken to, and nothing was passed on.');
      await walker.press(/^Release/);
      await walker.open(incident);
      await walker.press(/^Close this incident/);
      await fill(walker, 'reasons', 'It was a misunderstanding of the protocol, which has been explained.');
      await walker.press(/^Close/);

      await walker.signIn('scrutiny.member');
      await walker.open(paths.grant(other.id));
      expect(await main(walker)).toContain('May be used');
    }),
  patience,
);

/** Refused by Legal after both offices objected to nothing: a block of the test. */
const refused = async (): Promise<Line> => {
  const line = await lineAt(council, 'assessed', { answers: { scope: { answer: 'open_ended' } } });
  expectOk(await line.sign('childrens_services'));
  expectOk(await line.sign('democratic_services'));
  expectOk(await line.decide('refuse', { grounds: ['roving_commission'] }));
  return line;
};
const askForReview = async (walker: Walker, line: Line) => {
  await walker.signIn('scrutiny.chair');
  await walker.open(paths.request(line.reference));
  await walker.press(/Ask for a review/);
  await fill(walker, 'reasons', 'The window was named, and the activity with it.');
  await walker.press('Ask for the review');
};
const decideReview = async (walker: Walker, line: Line, by: Account, outcome: string) => {
  await walker.signIn(by);
  await walker.open(paths.reviewDecision(line.reference));
  await choose(walker, 'outcome', outcome);
  await fill(walker, 'reasons', 'The scope has to be looked at afresh.');
  await walker.page.locator('[name="noConflict"]').check();
  await walker.press('Record the decision');
};
const sign = async (walker: Walker, line: Line, by: Account, office: string) => {
  await walker.signIn(by);
  await walker.open(paths.sign(line.reference, office));
  await choose(walker, 'outcome', 'agree');
  await fill(walker, 'reasons', reason);
  await walker.page.locator('[name="noConflict"]').check();
  await walker.press('Sign');
};

atLength(
  'a review is remitted, and the request decided afresh by others',
  () =>
    browsing.walk(walks, async (walker) => {
      const line = await refused();
      await askForReview(walker, line);
      await decideReview(walker, line, 'monitoring.officer', 'remitted');
      line.version = 2;
      await line.answerAll();
      await line.discuss();

      await walker.signIn('childrens.services');
      await walker.open(paths.sign(line.reference, 'childrens_services'));
      expect(await main(walker)).toContain('decided afresh by others');
      await sign(walker, line, 'childrens.services.deputy', 'childrens_services');
      await sign(walker, line, 'democratic.services.second', 'democratic_services');
      await walker.signIn('legal.second');
      await walker.open(paths.decide(line.reference));
      await choose(walker, 'outcome', 'approve');
      await fill(walker, 'reasons', reason);
      await walker.page.locator('[name="noConflict"]').check();
      await walker.press('Record the decision');

      await walker.signIn('scrutiny.chair');
      await walker.open(paths.request(line.reference));
      const read = await main(walker);
      expect(read).toContain('Approved');
      expect(read).toContain('The scope has to be looked at afresh.');
    }),
  patience,
);

atLength(
  'with the Monitoring Officer conflicted the deputy decides, and the councillor is told where to turn next',
  () =>
    browsing.walk(walks, async (walker) => {
      const line = await refused();
      await askForReview(walker, line);
      const officer = await council.as('monitoring.officer');
      expectOk(
        await officer.post('/api/conflicts', {
          person: 'monitoring.officer@council.example',
          kind: 'other',
          reference: line.reference,
        }),
      );
      await walker.signIn('monitoring.officer');
      await walker.open(paths.reviewDecision(line.reference));
      expect(await main(walker)).toContain('recorded conflict');
      await decideReview(walker, line, 'monitoring.officer.deputy', 'upheld');
      await walker.signIn('scrutiny.chair');
      await walker.open(paths.request(line.reference));
      expect(await main(walker)).toContain('Ombudsman');
    }),
  patience,
);

/** One more member of the committee, entered by Democratic Services, trained, and with the protocol accepted. */
const another = async (nth: string): Promise<Account> => {
  const keeper = await council.as('democratic.services');
  const account = `${nth}.member`;
  const { body } = expectOk(
    await keeper.post('/api/councillors', {
      name: `The ${nth} member (demonstration)`,
      ward: 'Riverside',
      standing: 'sitting',
      term: { from: '2026-05-08', to: '2030-05-07' },
      email: `${account}@council.example`,
    }),
  );
  const path = `/api/councillors/${body.id as string}`;
  expectOk(
    await keeper.post(`${path}/appointments`, {
      title: 'Children and Families Scrutiny Committee',
      kind: 'relevant_committee',
      from: '2026-05-20',
    }),
  );
  for (const kind of ['safeguarding', 'data_protection'])
    expectOk(await keeper.post(`${path}/training`, { kind, completed: '2026-06-01', expires: '2028-05-31' }));
  // They have no password to sign in with, so that their undertaking is entered past the page.
  await behindTheApi(council.world.db, (trx) =>
    trx('protocol_acceptances').insert({ councillor_id: body.id, version: 1, accepted_at: council.clock }),
  );
  return account;
};

atLength(
  'six members ask for one conference, each decided alone, and one of them attends it',
  () =>
    browsing.walk(walks, async (walker) => {
      const members: Account[] = ['scrutiny.chair', 'scrutiny.member'];
      for (const nth of ['third', 'fourth', 'fifth', 'sixth']) members.push(await another(nth));
      const grants: Granted[] = [];
      for (const member of members)
        grants.push(await approved(member, { observationType: 'initial_child_protection_conference' }));
      const [first, ...others] = grants;
      if (!first) throw new Error('Six were approved.');
      await walker.signIn('host');
      await plan(walker, first, 'CP-77');
      const visit = lastOf(walker);
      for (const grant of others) {
        await plan(walker, grant, 'cp 77');
        expect(await walker.page.locator('.govuk-error-summary').innerText()).toContain('one observer');
      }
      await check(walker, visit, ['chair', 'family', 'child']);
      await attend(walker, visit);
      expect(await main(walker)).toContain('Every limit held from arrival to leaving');
      const attended = await council.world.db('attendances').where({ outcome: 'attended', visit_id: visit });
      expect(attended).toHaveLength(1);
    }),
  patience * 2,
);

atLength(
  'a seat lost between approval and visit freezes the grant at the result, and ends it on the fourth day after the poll',
  () =>
    browsing.walk(walks, async (walker) => {
      const grant = await approved('scrutiny.member');
      await walker.signIn('host');
      await plan(walker, grant);
      const visit = lastOf(walker);
      const { councillorId } = await council.as('scrutiny.member');
      const poll = addDays(monday, 3);
      council.clock = atLondonTime(addDays(poll, 1), '09:00');
      await walker.signIn('democratic.services');
      await walker.open(paths.defeat(councillorId));
      await fillDate(walker, 'poll', poll);
      await fillDate(walker, 'declaredOn', addDays(poll, 1));
      await fill(walker, 'declaredAt', '03:15');
      await walker.press('Record the lost seat');
      await walker.signIn('host');
      await walker.open(paths.grant(grant.id));
      expect(await main(walker)).toContain('Frozen');
      council.clock = atLondonTime(addDays(poll, 4), '00:01');
      await walker.signIn('host');
      await walker.open(paths.visit(visit));
      expect(await main(walker)).toMatch(/seat was lost|not a member/);
      await walker.open(paths.grant(grant.id));
      expect(await main(walker)).toContain('Lapsed');
    }),
  patience,
);

atLength(
  'a child’s journey goes on by a second stage, which goes through the three seats again',
  () =>
    browsing.walk(walks, async (walker) => {
      const stage = await approved('scrutiny.chair', {
        observationType: 'childs_journey',
        window: { from: monday, to: '2027-04-09' },
        events: 2,
      });
      await walker.signIn('scrutiny.chair');
      await walker.open(paths.request(stage.line.reference));
      await walker.press(/further stage/);
      await walker.press('Begin the request');
      const reference = new URL(walker.page.url()).pathname.split('/')[2] ?? '';
      expect(reference).not.toBe(stage.line.reference);
      await walker.open(paths.ask(reference, 'window'));
      await fillDate(walker, 'window.from', '2027-04-10');
      await fillDate(walker, 'window.to', '2027-07-11');
      await choose(walker, 'events', '1');
      await walker.press('Save and continue');
      // Six months in all, from the first day of the first stage.
      expect(await walker.page.locator('.govuk-error-summary').innerText()).toMatch(/months/);
      await fillDate(walker, 'window.to', '2027-07-09');
      await walker.press('Save and continue');
      await walker.open(paths.check(reference));
      await walker.press('Hand in');
      await walker.open(paths.request(reference));
      const read = await main(walker);
      expect(read).toContain('With the offices');
      expect(read).toContain(stage.line.reference);

      // It is decided once the first stage was watched.
      const watched = await VisitWalk.planned(council, stage, {
        type: 'childs_journey',
        date: addDays(monday, 1),
        conferenceOn: monday,
      });
      await watched.checkAll();
      watched.at('13:00');
      expectOk(await watched.attended());

      const line = new Line(council, reference, 'childs_journey', 'scrutiny.chair');
      line.version = expectOk(await line.read('legal')).body.version;
      await line.answerAll();
      await line.discuss();
      for (const [account, office] of [
        ['childrens.services', 'childrens_services'],
        ['democratic.services', 'democratic_services'],
      ] as const) {
        await walker.signIn(account);
        await walker.open(paths.sign(reference, office));
        await choose(walker, 'outcome', 'agree');
        await fill(walker, 'reasons', reason);
        await walker.page.locator('[name="noConflict"]').check();
        await walker.press('Sign');
      }
      await walker.signIn('legal');
      await walker.open(paths.decide(reference));
      await choose(walker, 'outcome', 'approve');
      await fill(walker, 'reasons', reason);
      await walker.page.locator('[name="noConflict"]').check();
      await walker.press('Record the decision');

      // The second stage opens where the first has closed.
      const { id } = (await line.read('host')).body.grant as { id: string };
      await walker.signIn('host');
      await walker.open(paths.grant(id));
      expect(await main(walker)).toContain('10 April 2027');
      council.clock = atLondonTime('2027-04-12', '10:00');
      await walker.signIn('host');
      await walker.open(paths.grant(stage.id));
      expect(await main(walker)).toContain('Lapsed');
      await walker.open(paths.grant(id));
      expect(await main(walker)).not.toMatch(/Lapsed|window opens/);
      await walker.press(/Plan a visit/);

      // What ends the journey at one stage ends it at each.
      const planned = await VisitWalk.planned(
        council,
        { ...stage, id, path: `/api/grants/${id}` },
        { type: 'childs_journey', date: '2027-04-20', conferenceOn: monday },
      );
      await walker.signIn('legal');
      await walker.open(paths.visit(planned.id));
      await walker.press(/^Answer legal bars/i);
      await choose(walker, 'answer', 'adoption');
      await walker.press('Save the answer');
      await walker.signIn('host');
      await walker.open(paths.grant(id));
      expect(await main(walker)).toContain('Lapsed');
    }),
  patience,
);
