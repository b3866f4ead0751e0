/** How the service runs, for who keeps it running: jobs, mail that was not taken, and sending it again. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createCourier } from '../../../emails/courier/courier.js';
import { smtpTransport } from '../../../emails/courier/transport.js';
import { jobRunner } from '../../../server/jobs/worker/run-job.js';
import { jobNames } from '../../../policies/operations/jobs.js';
import { noticesOf } from '../../../server/web/notices.js';
import { search } from '../../../db/audit/search.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';
import { useMailServers } from '../../support/mail-server.js';
import type { MailServer } from '../../support/smtp.js';
import { notFound } from '../../support/people.js';

const council = useCouncil();
const mail = useMailServers();
const log = pino({ level: 'silent' });
const now = () => council.clock;

const read = async (by: Account = 'democratic.services', query = ''): Promise<Answer> =>
  (await council.as(by)).get(`/api/operations${query}`);
const again = async (id: string, by: Account = 'democratic.services'): Promise<Answer> =>
  (await council.as(by)).post(`/api/messages/${id}/send-again`, {});
/** Delivers all that waits to that server, at a time of its own. */
const deliver = async (server: MailServer, ahead = 0): Promise<void> => {
  const courier = createCourier({
    db: council.world.db,
    now: () => new Date(now().getTime() + ahead),
    log,
    render: noticesOf({
      baseUrl: new URL('https://observe.council.example'),
      councilName: 'Test Council',
      sessionSecret: 'a secret of the test',
    }),
    transport: smtpTransport(server.url, 'need-to-know@council.example'),
    from: 'need-to-know@council.example',
  });
  await courier.deliver();
  await courier.stop(0);
};

describe('the jobs', () => {
  test('are listed with when they ran, what they did, and when they run again', async () => {
    const before = await read();
    expect(before.body.jobs.map(({ name }: { name: string }) => name)).toEqual([...jobNames]);
    expect(before.body.jobs[0]).toMatchObject({ lastRun: null, failures: 0, lastFailure: null });
    await jobRunner({ db: council.world.db, now, log })('heartbeat');
    const { body } = await read();
    const beat = body.jobs.find(({ name }: { name: string }) => name === 'heartbeat');
    expect(beat.lastRun).toEqual({
      startedAt: now().toISOString(),
      finishedAt: now().toISOString(),
      done: 1,
    });
    const next = new Date(beat.nextRun);
    expect(next.getTime()).toBeGreaterThan(now().getTime());
    expect(next.getTime() - now().getTime()).toBeLessThanOrEqual(beat.everyMinutes * 60_000);
    expect(next.getTime() % (beat.everyMinutes * 60_000)).toBe(0);
  });

  test('are seen by Democratic Services and the administrator, and by nobody else', async () => {
    for (const by of ['legal', 'auditor', 'host', 'scrutiny.chair', 'data.protection'])
      expect([by, await read(by)]).toMatchObject([by, notFound]);
    expectOk(await read('administrator'));
    const entry = (await search(council.world.db, { type: 'operations.read', limit: 1 }))[0];
    expect(entry).toMatchObject({ subject: 'operations' });
  });
});

describe('a message that is not taken', () => {
  let line: Line;
  beforeAll(async () => {
    // What the demonstration wrote goes out first.
    await deliver(await mail());
    line = await Line.submitted(council);
    await deliver(await mail({ accepts: (address) => !address.startsWith('legal@') }));
  });

  test('is shown with the code of the refusal, how often it was tried and when it is tried again', async () => {
    const { body } = await read();
    expect(body.mail).toMatchObject({ waiting: 1, retrying: 1, givenUp: 0 });
    expect(body.refused).toEqual([
      {
        id: expect.any(String),
        kind: 'request_submitted',
        reference: line.reference,
        to: { name: 'Legal (demonstration)' },
        writtenAt: now().toISOString(),
        attempts: 1,
        because: expect.stringMatching(/^refused:/),
        nextAttemptAt: new Date(now().getTime() + 10_000).toISOString(),
      },
    ]);
    expect(JSON.stringify(body)).not.toContain('@council.example');
  });

  test('is shown to the administrator without a person and without a reference', async () => {
    const { body } = await read('administrator');
    expect(body.refused).toHaveLength(1);
    expect(body.can).toEqual([]);
    expect(JSON.stringify(body)).not.toMatch(/OBS-|\(demonstration\)/);
  });

  test('is given up after twelve hours’ pause, listed, and sent again by a person who may, once', async () => {
    const refusing = await mail({ accepts: (address) => !address.startsWith('legal@') });
    let ahead = 0;
    for (let tries = 0; tries < 20 && (await read()).body.mail.givenUp === 0; tries += 1) {
      ahead += 13 * 3_600_000;
      await deliver(refusing, ahead);
    }
    const { body } = await read();
    expect(body.mail).toMatchObject({ waiting: 0, givenUp: 1 });
    const [letter] = body.items;
    expect(letter).toMatchObject({ reference: line.reference, because: expect.stringMatching(/^refused:/) });

    expect(await again(letter.id, 'administrator')).toMatchObject({ status: 403 });
    expect(await again(letter.id, 'legal')).toMatchObject(notFound);
    expectOk(await again(letter.id));
    expect(await again(letter.id)).toMatchObject({ status: 404 });
    const entry = (
      await search(council.world.db, { subject: line.reference, type: 'message.sent_again', limit: 1 })
    )[0];
    expect(entry).toBeDefined();

    const taking = await mail();
    await deliver(taking);
    expect(taking.received.map(({ to }) => to)).toEqual(['legal@council.example']);
    expect((await read()).body.mail).toMatchObject({ waiting: 0, givenUp: 0 });
  });
});
