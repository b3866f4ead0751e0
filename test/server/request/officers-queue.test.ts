/** The officers' queue by due date, and the trail as a page: order, filters in the address, pages. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { conflictReasons } from '../../support/conflicts.js';
import { useCouncil } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';
import { behindTheApi, copiesOf } from '../../support/people.js';

const council = useCouncil();
const as = readersOf(council);
const referencesOn = (html: string): string[] => [
  ...new Set([...html.matchAll(/href="\/requests\/(OBS-\d{4}-\d{4,9})"/g)].map(([, found = '']) => found)),
];

describe('the queue', () => {
  let line: Line;
  let done: Line;
  let copies: string[];
  beforeAll(async () => {
    line = await Line.submitted(council);
    done = await Line.submitted(council);
    expectOk(await (await council.as('scrutiny.chair')).post(`${done.path}/withdraw`, { version: 1 }));
    copies = await copiesOf(council.world.db, line.reference, 30);
    // The later a copy was made, the earlier it was handed in: the queue is not the order of making.
    await behindTheApi(council.world.db, async (trx) => {
      for (const [index, reference] of copies.entries()) {
        const submitted = new Date(council.clock.getTime() - index * 86_400_000);
        await trx('requests').where({ reference }).update({ submitted_at: submitted });
      }
    });
    const legal = await council.as('legal');
    const dues = await Promise.all(
      copies.map(async (reference) => [
        reference,
        (await legal.get(`/api/requests/${reference}`)).body.due.at,
      ]),
    );
    await behindTheApi(council.world.db, async (trx) => {
      for (const [reference, due] of dues) await trx('requests').where({ reference }).update({ due_on: due });
    });
  }, 60_000);

  test('is what officers see first: what waits, the earliest due first, over its pages without gap or twin', async () => {
    const reader = await as('legal');
    const seen: string[] = [];
    let path: string | null = '/requests';
    while (path !== null) {
      const page = await reader.open(path);
      expect(page.text).toContain('Waiting, by due date');
      seen.push(...referencesOn(page.main));
      path = page.text.includes('Requests due later') ? page.link('Requests due later') : null;
    }
    expect(new Set(seen).size).toBe(seen.length);
    const rows = (await council.world.db('requests').whereNotNull('due_on').orderBy(['due_on', 'id'])) as {
      reference: string;
    }[];
    expect(seen).toEqual(rows.map(({ reference }) => reference));
    expect(seen).toContain(line.reference);
    expect(seen).not.toContain(done.reference);
  });

  test('an overdue request says so in words', async () => {
    const page = await (await as('childrens.services')).open('/requests');
    expect(page.text).toContain('Overdue');
    const row = /<tr(?:(?!<\/tr>)[^])*OBS-2099-0030[^]*?<\/tr>/.exec(page.main)?.[0] ?? '';
    expect(row).toContain('Overdue');
  });

  test('all requests, newest first, are the other list; filters stay in the address', async () => {
    const reader = await as('legal');
    const page = await reader.open('/requests?sort=newest');
    expect(referencesOn(page.main)[0]).toBe(copies.at(-1));
    const filtered = await reader.open('/requests?sort=newest&status=withdrawn');
    expect(referencesOn(filtered.main)).toContain(done.reference);
    expect(filtered.form.fields).toMatchObject({ sort: 'newest', status: 'withdrawn' });
    const none = await reader.open('/requests?observationType=strategy_discussion&status=returned');
    expect(none.text).toContain('Nothing that you may see is waiting that these filters let through.');
    const typed = await reader.open('/requests?observationType=initial_child_protection_conference');
    expect(typed.link('Requests due later')).toContain('observationType=initial_child_protection_conference');
  });

  test('a councillor and an auditor have no queue', async () => {
    for (const account of ['scrutiny.chair', 'auditor', 'host']) {
      const page = await (await as(account)).open('/requests?sort=due');
      expect([account, page.status, page.text.includes('Waiting, by due date')]).toEqual([
        account,
        200,
        false,
      ]);
    }
  });
});

describe('whose turn it is', () => {
  test('the offices see who has signed; the host and Data Protection never do', async () => {
    const line = await Line.assessed(council);
    const rowOf = async (account: string) => {
      const { main } = await (await as(account)).open('/requests?sort=newest');
      return main.split('<tr').find((row) => row.includes(line.reference)) ?? '';
    };
    const before = { host: await rowOf('host'), dp: await rowOf('data.protection') };
    expect(before.host).toContain('The offices');
    expectOk(await line.sign('childrens_services'));
    expect({ host: await rowOf('host'), dp: await rowOf('data.protection') }).toEqual(before);
    expect(await rowOf('legal')).toContain('Democratic Services');
  });
});

describe('absences, deputies and conflicts', () => {
  const days = (name: string, date: string) => {
    const [year = '', month = '', day = ''] = date.split('-');
    return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
  };

  test('each is recorded and the page says so; the deputy then acts', async () => {
    const today = londonDate(council.clock);
    const assessed = await Line.assessed(council);
    const path = `/requests/${assessed.reference}/sign/childrens_services`;
    expect((await (await as('childrens.services.deputy')).open(path)).text).toContain(
      'You cannot do this now.',
    );
    const reader = await as('democratic.services');
    const absence = await fillIn(reader, '/standby/absence', {
      office: 'childrens_services',
      principal: 'childrens.services@council.example',
      ...days('from', today),
      ...days('to', addDays(today, 1)),
    });
    expect([absence.path, absence.text.includes('The absence has been recorded.')]).toEqual([
      '/standby?done=absence',
      true,
    ]);
    expect((await (await as('childrens.services.deputy')).open(path)).forms).toHaveLength(1);
    const deputy = await fillIn(reader, '/standby/deputy', {
      office: 'legal',
      deputy: 'host@council.example',
      authority: 'Delegation 7 of this year.',
      ...days('from', today),
      ...days('to', addDays(today, 30)),
    });
    expect(deputy.text).toContain('The deputy has been registered.');
    const page = await reader.open('/conflicts/new');
    expect(page.form.offers['councillor']?.length).toBeGreaterThan(5);
    const conflict = await reader.submit(
      {
        person: 'legal.second@council.example',
        kind: 'relation',
        reference: assessed.reference.toLowerCase(),
        reasons: conflictReasons,
      },
      page,
    );
    expect(conflict.text).toContain('The conflict has been recorded.');
    const own = await fillIn(await as('legal'), '/conflicts/new', {
      kind: 'other',
      reference: assessed.reference,
    });
    expect(own.text).toContain('The conflict has been recorded.');
  }, 30_000);

  test('somebody else’s is refused to who keeps no list, however it is sent', async () => {
    const reader = await as('legal');
    const page = await reader.open('/conflicts/new');
    const answer = await reader.submit(
      { person: 'host@council.example', kind: 'other', reference: 'OBS-2026-0001' },
      page,
    );
    expect([answer.status, answer.headings]).toEqual([403, ['Record a conflict of interest']]);
    expect(answer.text).toContain('You may record this for yourself alone.');
  });
});

describe('records of deputies and absences', () => {
  test('is read by who keeps it, and by the deputy it is about, and by nobody else', async () => {
    const kept = await (await as('democratic.services')).open('/standby');
    expect(kept.text).toContain('Children’s Services Deputy (demonstration)');
    const own = await (await as('childrens.services.deputy')).open('/standby');
    expect(own.text).toContain('Children’s Services Deputy (demonstration)');
    expect(own.text).not.toContain('Monitoring Officer Deputy');
    const none = await (await as('legal')).open('/standby');
    expect(none.text).toContain('You are not registered as a deputy.');
  });
});

describe('the trail', () => {
  test('finds entries by reference, person, type and days, and says in words what happened', async () => {
    const line = await Line.approved(council);
    const reader = await as('democratic.services');
    const page = await reader.open(`/trail?subject=${line.reference}`);
    for (const says of [
      'Decided a request',
      'Outcome: Approves',
      'Answered a question of the test',
      'Answer: There is no link',
      'Began a request',
      'Legal, principal',
    ])
      expect(page.text).toContain(says);
    await reader.open('/trail');
    const narrowed = await reader.submit({
      subject: line.reference,
      actor: 'legal@council.example',
      type: 'request.decided',
    });
    const { id } = await council.as('legal');
    expect(narrowed.path).toBe(`/trail?subject=${line.reference}&actor=${id}&type=request.decided`);
    expect(narrowed.main.match(/<tbody[^]*<\/tbody>/)?.[0].match(/<tr/g)).toHaveLength(1);
    expect(narrowed.form.fields).toMatchObject({
      subject: line.reference,
      actor: id,
      type: 'request.decided',
    });
    const [year, month, day] = addDays(londonDate(council.clock), 1).split('-');
    const later = await reader.open(`/trail?from-day=${day}&from-month=${month}&from-year=${year}`);
    expect(later.text).toContain('There is no such entry.');
  }, 30_000);

  test('typed text that is not a reference or an address stays out of the page’s address', async () => {
    const reader = await as('democratic.services');
    await reader.open('/trail');
    const refused = await reader.submit({ subject: 'Jane Doe', actor: 'John Doe' });
    expect([refused.status, refused.path]).toEqual([422, '/trail']);
    expect(refused.form.fields).toMatchObject({ subject: 'Jane Doe', actor: 'John Doe' });
  });

  test('its pages go on where the one before left off', async () => {
    const reader = await as('auditor');
    const first = await reader.open('/trail?type=request.answered');
    const second = await reader.open(first.link('Older entries'));
    expect(second.text).toContain('Back to the newest');
    expect(second.main.match(/<tbody[^]*<\/tbody>/)?.[0]).not.toBe(
      first.main.match(/<tbody[^]*<\/tbody>/)?.[0],
    );
  });

  test('a search that makes no sense says so, and keeps the typed text', async () => {
    const page = await (
      await as('auditor')
    ).open('/trail?subject=somebody&from-day=31&from-month=2&from-year=2026');
    expectRefused(page, 200, 'Enter a reference', 'First day must be a real date');
    expect(page.form.fields).toMatchObject({ subject: 'somebody', 'from-day': '31' });
    expect(page.text).not.toContain('Entries');
  });
});
