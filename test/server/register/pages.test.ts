/** The pages of the register and of the protocol: keeping entries, taking a file over, accepting. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { FeedMember } from '../../../policies/register/register-feed.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import type { Reader } from '../../support/browser-less.js';
import { useCouncil } from '../../support/council.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';
import { feedCsv, feedXml, fictionalMembers } from '../../support/register-feed.js';

const council = useCouncil();
const as = readersOf(council);

/** The three fields of a date, so many days from the council's own today: its clock is moved here, past midnight too. */
const day = (field: string, days: number) => {
  const [year = '', month = '', date = ''] = addDays(londonDate(council.clock), days).split('-');
  return { [`${field}-day`]: date, [`${field}-month`]: month, [`${field}-year`]: year };
};

let keeper: Reader;
beforeAll(async () => {
  keeper = await as('democratic.services');
});

describe('a member’s record', () => {
  let record: string;

  test('is entered, found in the list, and kept up, each act on a page of its own', async () => {
    const list = await keeper.open(paths.councillors);
    expect(list.text).toContain('Scrutiny Chair (demonstration)');
    await keeper.open(list.link('Enter a member'));
    expectRefused(
      await keeper.submit({ name: 'Councillor Page Fiction', ward: 'Kept Ward' }),
      422,
      /Select the standing/,
      /Enter the first day of the term/,
    );
    expect(keeper.page.form.fields).toMatchObject({ name: 'Councillor Page Fiction', ward: 'Kept Ward' });
    const added = await keeper.submit({
      standing: 'elect',
      ...day('term.from', -3),
      email: 'page@council.example',
    });
    expect(added.text).toContain('The member has been entered.');
    expect(added.headings).toEqual(['Councillor Page Fiction']);
    [record = ''] = added.path.split('?');

    const changing = await keeper.open(added.link('Change name, ward, standing or term'));
    expect(changing.form.fields).toMatchObject({
      name: 'Councillor Page Fiction',
      ward: 'Kept Ward',
      email: '',
    });
    expectRefused(await keeper.submit({ standing: 'coopted' }), 422, /The co-opted have no ward/);
    expectRefused(
      await keeper.submit({ standing: 'sitting', email: 'legal@council.example' }),
      422,
      /Somebody else has/,
    );
    expect((await keeper.submit({ standing: 'sitting', email: '' })).text).toMatch(
      /has been changed.*Sitting member/,
    );

    await keeper.open(keeper.page.link('Enter an appointment'));
    expectRefused(
      await keeper.submit({ title: 'Fables', kind: 'other', ...day('from', 2), ...day('to', 1) }),
      422,
      /not before the first/,
    );
    expect((await keeper.submit({ ...day('to', 9) })).text).toMatch(/appointment has been entered.*Fables/);
    await keeper.open(keeper.page.link('Change its last day'));
    expectRefused(await keeper.submit({ ...day('to', 1) }), 422, /not before the first/);
    expect((await keeper.submit({ ...day('to', 12) })).text).toContain('The appointment has been changed.');

    await keeper.open(keeper.page.link('Enter training or a check'));
    expectRefused(
      await keeper.submit({ kind: 'dbs', ...day('completed', 1), ...day('expires', 9) }),
      422,
      /still to come/,
    );
    expect((await keeper.submit({ ...day('completed', -1) })).text).toMatch(
      /training has been entered.*DBS check made/,
    );
  });

  test('about a lost seat says when it was lost, and about a former member that they are gone', async () => {
    await keeper.open(record);
    await keeper.open(keeper.page.link('Record a seat lost'));
    expectRefused(
      await keeper.submit({ ...day('poll', -1), ...day('declaredOn', -2), declaredAt: '9 o’clock' }),
      422,
      /must be a time/,
    );
    expectRefused(await keeper.submit({ declaredAt: '03:15' }), 422, /on the day of the poll, or later/);
    expect((await keeper.submit({ ...day('declaredOn', -1) })).text).toMatch(
      /lost seat has been recorded.*at 03:15/,
    );
    await keeper.open(keeper.page.link('Confirm that the member is gone'));
    expectRefused(
      await keeper.submit({ 'on-day': '', 'on-month': '', 'on-year': '' }),
      422,
      /Enter the last day as a member/,
    );
    expectRefused(await keeper.submit({ ...day('on', 1) }), 422, /still to come/);
    expect((await keeper.submit({ ...day('on', 0) })).text).toMatch(/recorded as gone.*Former member/);
    expect((await keeper.open(`${record}/gone`)).text).toContain('on record as gone already');
  });

  test('is the councillor’s own to read, and nobody else’s', async () => {
    const chair = await as('scrutiny.chair');
    await chair.open(paths.requests);
    const own = await chair.open(chair.page.link('Your record'));
    expect(own.headings).toEqual(['Your record']);
    expect(own.text).toMatch(/Children and Families Scrutiny Committee.*Safeguarding training/);
    expect(own.text).not.toMatch(/What you can do|End it/);
    const forbidden = [
      `${own.path}/change`,
      `${own.path}/gone`,
      paths.newCouncillor,
      paths.importCouncillors,
      paths.newProtocol,
    ];
    for (const path of forbidden) expect([path, (await chair.open(path)).status]).toEqual([path, 403]);
    expect((await chair.open(record)).status).toBe(404);
    const legal = await as('legal');
    for (const path of [paths.councillors, own.path, `${own.path}/change`])
      expect([path, (await legal.open(path)).status]).toEqual([path, 404]);
  });
});

describe('a file of the committee system', () => {
  const members = fictionalMembers(6);
  const file = (feed = members, name = 'members.xml') => ({
    name,
    content: name.endsWith('csv') ? feedCsv(feed) : feedXml(feed),
  });

  test('that cannot be read is refused in words, beside the field', async () => {
    await keeper.open(paths.importCouncillors);
    expectRefused(await keeper.submit(), 422, /^Select a file$/m);
    const [first] = members;
    const broken = feedCsv(members).replace(String(first?.name), '').replace('08/05/2023', '31/02/2023');
    expectRefused(
      await keeper.upload({ name: 'members.CSV', content: broken }),
      422,
      /Member 1, name: The fullusername is missing\./,
      /Member 1, first day of the term: Write this as dd/,
    );
    expectRefused(await keeper.upload({ name: 'photo.png', content: 'CANARY' }), 422, /neither XML nor CSV/);
    expectRefused(
      await keeper.upload({ name: 'members.xml', content: file().content.slice(0, -9) }),
      422,
      /not well-formed XML, or cut off/,
    );
    expect(keeper.page.html).not.toContain('CANARY');
    const large = { name: 'members.xml', content: Buffer.alloc(5_000_001, 'a') };
    expect((await keeper.upload(large)).status).toBe(413);
    await keeper.open(paths.importCouncillors);
    const { form } = keeper.page;
    const forged = { ...form, fields: { ...form.fields, _csrf: 'another', _unsent: '' } };
    const before = keeper.page;
    Object.defineProperty(before, 'form', { value: forged });
    expect((await keeper.upload(file(), before)).status).toBe(403);
  });

  test('is shown before it is taken over, and shown again where the register has changed meanwhile', async () => {
    await keeper.open(paths.importCouncillors);
    const shown = await keeper.upload(file());
    expect(shown.path).toBe(paths.checkImport);
    expect(shown.text).toMatch(/lists 6 members\. 6 are new, 0 have changed, 4 are in the register/);
    expect(shown.text).toMatch(/SHA-256: [\da-f]{64}/);
    expect(shown.text).toContain('Scrutiny Member (demonstration)');
    expect(shown.html).not.toContain('CANARY');

    const api = await council.as('democratic.services.second');
    const lead = await council.as('lead.member');
    await api.patch(`/api/councillors/${lead.councillorId}`, { name: 'Councillor Renamed Meanwhile' });
    expectRefused(await keeper.submit(), 409, /register has changed since you looked/);
    expect(keeper.page.text).toContain('Councillor Renamed Meanwhile');

    const done = await keeper.submit();
    expect(done.path).toBe(paths.importDone);
    expect(done.text).toContain('6 entered, 0 changed');
    expect((await keeper.open(paths.checkImport)).text).toContain('No file waits');
    expect((await keeper.open(paths.councillors)).text).toContain(members[0]?.name);
    const result = await keeper.open(paths.importDone);
    const gone = await keeper.open(result.link('Confirm that Councillor Renamed Meanwhile is gone'));
    expect(gone.headings).toEqual(['Confirm that the member is gone']);
    await keeper.submit();
    expect((await keeper.open(paths.importDone)).text).toContain(
      'Councillor Renamed Meanwhile: recorded as gone',
    );
  });

  test('asks about an old number under a new name, and leaves out what is ticked', async () => {
    const [one, two, three] = members as [FeedMember, FeedMember, FeedMember];
    await keeper.open(paths.importCouncillors);
    const shown = await keeper.upload(
      file([
        { ...one, name: 'Councillor Unlike Anybody' },
        { ...two, ward: 'Moved Away' },
        { ...three, ward: 'Moved As Well' },
        ...members.slice(3),
      ]),
    );
    expect(shown.text).toMatch(/0 are new, 2 have changed.*1 is in doubt: you decide/);
    const field = `number-${one.externalId}`;
    expect(shown.form.fields).toMatchObject({ [field]: 'leave' });
    const done = await keeper.submit({ [field]: 'another', leaveOut: two.externalId });
    expect(done.text).toMatch(/1 entered, 1 changed.*Confirm that Councillor Ash Fiction-1 is gone/);
    await keeper.open(paths.councillors);
    expect(keeper.page.text).toContain('Councillor Unlike Anybody');
    expect(keeper.page.text).toContain('Moved As Well');
    expect(keeper.page.text).not.toContain('Moved Away');
  });

  test('is put aside before the browser is sent on to its differences', async () => {
    await keeper.open(paths.importCouncillors);
    let response: ServerResponse | undefined;
    const note = (begun: unknown) => {
      ({ response } = begun as { response: ServerResponse });
    };
    subscribe('http.server.request.start', note);
    try {
      const uploading = await council.world.owner.transaction(async (trx) => {
        await trx.raw('select from runtime.sessions for update');
        const sent = keeper.upload(file());
        for (let waiting = 0; waiting === 0;) {
          const { rows } = await trx.raw(
            'select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))',
          );
          waiting = rows.length;
        }
        expect(response?.req.url).toBe(paths.importCouncillors);
        expect(response?.headersSent).toBe(false);
        return { sent };
      });
      expect((await uploading.sent).path).toBe(paths.checkImport);
    } finally {
      unsubscribe('http.server.request.start', note);
    }
  });

  test('that was chosen in another window, or too long ago, is not taken over unseen', async () => {
    await keeper.open(paths.importCouncillors);
    const first = await keeper.upload(file(members.slice(1), 'members.csv'));
    await keeper.open(paths.importCouncillors);
    await keeper.upload(file(members.slice(2), 'members.csv'));
    expectRefused(await keeper.submit({}, first), 409, /Another file was chosen/);
    council.clock = new Date(council.clock.getTime() + 31 * 60_000);
    expectRefused(await keeper.submit({}, first), 409, /too long ago/);
    expect((await keeper.open(paths.checkImport)).text).toContain('No file waits');
    const other = await as('two.offices');
    expect((await other.open(paths.checkImport)).text).toContain('No file waits');
  });
});

describe('the protocol', () => {
  test('is read and accepted, and must be accepted again when a new version is published', async () => {
    const ward = await as('ward.member');
    const read = await ward.open(paths.protocol);
    expect(read.text).toContain('I watch and listen.');
    expect((await ward.submit()).text).toMatch(/You have accepted the protocol\./);
    expect(ward.page.forms).toEqual([]);

    await keeper.open(paths.protocol);
    await keeper.open(keeper.page.link('Publish a new version'));
    expectRefused(await keeper.submit({ text: '' }), 422, /Enter the text/);
    expectRefused(await keeper.submit({ text: 'Call me on 01632 960123.' }), 422, /telephone number/);
    expectRefused(
      await keeper.submit({ text: 'I watch.', ...day('inForceFrom', -1) }),
      422,
      /when it is published, or later/,
    );
    const long = 'I watch, listen and leave – at once.\n'.repeat(1300);
    expect((await keeper.submit({ text: long, ...day('inForceFrom', 0) })).text).toMatch(
      /has been published\..*Version 2/,
    );
    expect((await ward.open(paths.protocol)).form.fields).toMatchObject({ version: '2' });
    const chair = await as('scrutiny.chair');
    await chair.open(paths.requests);
    expect((await chair.open(chair.page.link('Your record'))).text).toMatch(/Version 2 .* not accepted/);

    await fillIn(keeper, paths.newProtocol, { text: 'Later.', ...day('inForceFrom', 30) });
    expect(keeper.page.text).toMatch(/Version 3 comes into force on/);
    expect((await as('legal').then((legal) => legal.open(paths.newProtocol))).status).toBe(403);
  });
});

test('every page seen has one heading, a title, and nothing that a file must not bring', () => {
  for (const sheet of keeper.seen) {
    expect([sheet.path, sheet.headings.length, sheet.title === '']).toEqual([sheet.path, 1, false]);
    expect(sheet.html).not.toContain('CANARY');
  }
});
