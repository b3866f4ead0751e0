/**
 * A courier in a process of its own, to be killed.
 * Arguments: the database, the mail server, and by how many milliseconds its clock is ahead.
 */
import { pino } from 'pino';
import { createDb } from '../../db/core/connection.js';
import { createCourier } from '../../emails/courier/courier.js';
import { smtpTransport } from '../../emails/courier/transport.js';
import { noticesOf } from '../../server/web/notices.js';

const [, , databaseUrl = '', smtpUrl = '', ahead = '0'] = process.argv;
const from = 'need-to-know@council.example';
const courier = createCourier({
  db: createDb(databaseUrl, { max: 1 }),
  now: () => new Date(Date.now() + Number(ahead)),
  log: pino({ level: 'silent' }),
  render: noticesOf({
    baseUrl: new URL('https://observe.council.example'),
    councilName: 'Test Council',
    sessionSecret: 'a secret of the test',
  }),
  transport: smtpTransport(smtpUrl, from),
  from,
});
await courier.deliver();
process.stdout.write('done\n');
process.exit(0);
