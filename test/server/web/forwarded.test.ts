/** Whether a proxy stands before the service that it does not trust: the log says so, once, and not from whom. */
import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { createApp } from '../../../server/app.js';
import { useDatabase } from '../../support/database.js';
import { aSigner } from '../../support/signer.js';

const world = useDatabase();

const serving = (trustProxy: false | number) => {
  const lines: string[] = [];
  const app = createApp({
    db: world.db,
    now: () => new Date(),
    log: pino({}, { write: (line: string) => void lines.push(line) }),
    sessionSecret: 'a secret of the test',
    baseUrl: new URL('http://127.0.0.1:3000'),
    trustProxy,
    councilName: 'Test Council',
    demo: false,
    signer: aSigner(),
  });
  const warnings = () => lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 40);
  return { app, warnings };
};

describe('a header of a proxy', () => {
  test.each(['X-Forwarded-For', 'X-Forwarded-Proto', 'X-Forwarded-Host', 'Forwarded'])(
    'that no setting accounts for is named in the log once, without its value: %s',
    async (header) => {
      const { app, warnings } = serving(false);
      await request(app).get('/sign-in');
      expect(warnings()).toEqual([]);
      for (let i = 0; i < 3; i++) await request(app).get('/sign-in').set(header, '10.20.30.40');
      const [warning, ...more] = warnings();
      expect(more).toEqual([]);
      expect(warning).toMatchObject({ header: header.toLowerCase() });
      expect(warning.msg).toContain('set TRUST_PROXY to the number of proxies');
      expect(JSON.stringify(warning)).not.toContain('10.20.30.40');
    },
  );

  test('is no matter where a proxy is trusted', async () => {
    const { app, warnings } = serving(1);
    await request(app).get('/sign-in').set('X-Forwarded-For', '10.20.30.40');
    expect(warnings()).toEqual([]);
  });
});
