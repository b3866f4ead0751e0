import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { ConfigFault, loadConfig, unusedNames, witnessLogin } from '../../server/config.js';

const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
  return [];
};
const namesIn = (faults: readonly string[]) => faults.map((fault) => fault.replace(/:.*/s, '')).toSorted();

const secret = 'k3J9vQ0xZp7Lr2TfWn8sYb5cHd1mGa4e';
const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://app:one@db.example/ntk',
  MIGRATION_DATABASE_URL: 'postgres://owner:two@db.example/ntk',
  SESSION_SECRET: secret,
  BASE_URL: 'https://observe.council.example',
  TRUST_PROXY: '1',
};

const folder = mkdtempSync(path.join(tmpdir(), 'secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
/** A file with that in it, and its path. */
const aFile = (content: string): string => {
  const file = path.join(folder, `hush-${++files}`);
  writeFileSync(file, content);
  return file;
};

describe('without any settings', () => {
  test('the service listens on the loopback address and uses the embedded database with its demonstration', () => {
    expect(loadConfig({})).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      processes: 1,
      baseUrl: undefined,
      dataDir: undefined,
      database: { kind: 'embedded' },
      smtpUrl: undefined,
      mailFrom: 'need-to-know@council.example',
      sessionSecret: undefined,
      oidc: undefined,
      auditOrigin: 'need-to-know.council.example',
      councilName: 'Demonstration Council',
      logLevel: 'info',
      trustProxy: false,
      metricsPort: undefined,
      demo: true,
      clockOffsetDays: 0,
      sessions: { idleMinutes: 60, hours: 12 },
    });
  });

  test('an empty value counts as none', () => {
    const empty = Object.fromEntries(
      ['PORT', 'NODE_ENV', 'DATABASE_URL', 'DEMO', 'SESSION_SECRET', 'HOST'].map((name) => [name, ' ']),
    );
    expect(loadConfig(empty)).toEqual(loadConfig({}));
  });

  test('names of other programs are passed over', () => {
    expect(loadConfig({ PATH: '/bin', PGHOST: 'elsewhere' })).toEqual(loadConfig({}));
  });
});

describe('each name', () => {
  test.each([
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PROCESSES', '0'],
    ['PROCESSES', '65'],
    ['BASE_URL', 'ftp://council.example'],
    ['BASE_URL', 'https://council.example/observe'],
    ['BASE_URL', 'council.example'],
    ['DATABASE_URL', 'mysql://db.example/ntk'],
    ['DATABASE_URL', 'postgres://app@db.example/ntk?options=-c%20role%3Dpostgres'],
    ['SMTP_URL', 'http://mail.example'],
    ['SMTP_URL', 'smtp://mail.example'],
    ['SMTP_URL', 'smtp://ntk:hush@mail.example?requireTLS=false'],
    ['SMTP_URL', 'smtp://ntk:hush@mail.example?service=elsewhere'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'a@council.example\r\nBcc: b@council.example'],
    ['AUDIT_ORIGIN', 'council example'],
    ['AUDIT_ORIGIN', 'council+log'],
    ['LOG_LEVEL', 'loud'],
    ['TRUST_PROXY', 'perhaps'],
    ['METRICS_PORT', 'x'],
    ['DEMO', 'maybe'],
    ['CLOCK_OFFSET_DAYS', '1.5'],
    ['CLOCK_OFFSET_DAYS', 'tomorrow'],
    ['SESSION_IDLE_MINUTES', '61'],
    ['SESSION_IDLE_MINUTES', '4'],
    ['SESSION_HOURS', '13'],
    ['SESSION_HOURS', '0'],
    ['NODE_ENV', 'prod'],
    ['EMBEDDED_DATABASE', 'si'],
  ])('%s=%j is refused by name', (name, value) => {
    expect(namesIn(faultsOf({ [name]: value }))).toEqual([name]);
  });

  test('all faults are named at once, those between names as well', () => {
    const faults = faultsOf({
      NODE_ENV: 'production',
      PORT: 'x',
      LOG_LEVEL: 'loud',
      DEMO: 'true',
      CLOCK_OFFSET_DAYS: '3',
      SESSION_SECRET: 'short',
    });
    expect(namesIn(faults)).toEqual([
      'BASE_URL',
      'CLOCK_OFFSET_DAYS',
      'DATABASE_URL',
      'DEMO',
      'LOG_LEVEL',
      'PORT',
      'SESSION_SECRET',
    ]);
  });

  test('no fault repeats a value, which may be a secret', () => {
    const message = faultsOf({
      ...production,
      SESSION_SECRET: 'hush',
      DATABASE_URL: 'mysql://u:mutter@h/d',
      SMTP_URL: 'smtp://ntk:whisper@mail.example/inbox',
    }).join();
    expect(message).not.toMatch(/hush|mutter|whisper|mail\.example/);
  });

  test('a mail server elsewhere without a login is refused, with both ways to put it right', () => {
    expect(faultsOf({ SMTP_URL: 'smtp://mail.example:587' })).toEqual([
      'SMTP_URL: must have a login, as in smtp://user:password@host:587, or say ?auth=none where the server asks for none',
    ]);
    expect(faultsOf({ SMTP_URL: 'smtp://mail.example:25?auth=none' })).toEqual([]);
    expect(faultsOf({ SMTP_URL: 'smtp://127.0.0.1:25' })).toEqual([]);
  });

  test.each([
    ['true', 1],
    ['false', false],
    ['0', false],
    ['2', 2],
    ['loopback, 10.0.0.0/8', 'loopback,10.0.0.0/8'],
  ])('TRUST_PROXY=%s is read as %p: never as "believe everybody"', (value, read) => {
    expect(loadConfig({ TRUST_PROXY: value }).trustProxy).toBe(read);
  });

  test('BASE_URL is kept without the slash at its end', () => {
    expect(loadConfig({ BASE_URL: 'https://observe.council.example/' }).baseUrl).toBe(
      'https://observe.council.example',
    );
  });

  test('the OIDC names come together or not at all', () => {
    expect(namesIn(faultsOf({ OIDC_ISSUER: 'https://login.example' }))).toEqual([
      'OIDC_CLIENT_ID',
      'OIDC_CLIENT_SECRET',
    ]);
    expect(
      loadConfig({ OIDC_ISSUER: 'https://login.example', OIDC_CLIENT_ID: 'ntk', OIDC_CLIENT_SECRET: 's' })
        .oidc,
    ).toEqual({
      issuer: 'https://login.example',
      clientId: 'ntk',
      clientSecret: 's',
      acr: [],
      amr: [],
      name: 'your council account',
    });
    const asked = { OIDC_ACR: ' gold  silver ', OIDC_AMR: 'mfa', OIDC_NAME: 'Example sign-in' };
    expect(namesIn(faultsOf(asked))).toEqual(Object.keys(asked));
    const oidc = { OIDC_ISSUER: 'https://login.example', OIDC_CLIENT_ID: 'ntk', OIDC_CLIENT_SECRET: 's' };
    expect(loadConfig({ ...oidc, ...asked }).oidc).toMatchObject({
      acr: ['gold', 'silver'],
      amr: ['mfa'],
      name: 'Example sign-in',
    });
  });

  test.each([
    ['https://login.microsoftonline.com/common/v2.0', 'every organisation'],
    ['https://login.microsoftonline.com/organizations/v2.0', 'every organisation'],
    ['https://login.microsoftonline.com/Consumers/v2.0', 'every organisation'],
    ['https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0', 'every organisation'],
    ['https://sts.windows.net/common/', 'every organisation'],
    ['https://login.microsoftonline.us/%7Btenantid%7D/v2.0', 'every organisation'],
    ['http://login.example', 'https://'],
    ['https://login.example?tenant=1', 'bare address'],
  ])('the issuer %s is refused, and why is said', (issuer, why) => {
    const faults = faultsOf({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'ntk', OIDC_CLIENT_SECRET: 's' });
    expect(faults).toEqual([expect.stringContaining(why)]);
  });

  test('an issuer of one organisation is taken, also over http on this machine', () => {
    for (const issuer of [
      'https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0',
      'https://login.example/realms/common',
      'http://127.0.0.1:8080/realms/council',
    ]) {
      const oidc = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'ntk', OIDC_CLIENT_SECRET: 's' };
      expect(loadConfig(oidc).oidc?.issuer).toBe(issuer);
    }
  });
});

describe('a session', () => {
  test('may be made shorter, and not longer', () => {
    expect(loadConfig({ SESSION_IDLE_MINUTES: '15', SESSION_HOURS: '8' }).sessions).toEqual({
      idleMinutes: 15,
      hours: 8,
    });
  });
});

describe('with a database server', () => {
  test('there is no demonstration unless the settings ask for it', () => {
    const given = { DATABASE_URL: 'postgres://app@db.example/ntk', NODE_ENV: 'development' };
    expect(loadConfig(given).demo).toBe(false);
    expect(loadConfig({ ...given, DEMO: 'true' }).demo).toBe(true);
  });

  test('one login migrates as well if there is no other', () => {
    const given = { DATABASE_URL: 'postgres://app@db.example/ntk', NODE_ENV: 'development' };
    expect(loadConfig(given).database).toEqual({
      kind: 'server',
      url: 'postgres://app@db.example/ntk',
      migrationUrl: 'postgres://app@db.example/ntk',
    });
  });

  test('MIGRATION_DATABASE_URL alone is refused', () => {
    expect(namesIn(faultsOf({ MIGRATION_DATABASE_URL: 'postgres://o@db.example/ntk' }))).toEqual([
      'MIGRATION_DATABASE_URL',
    ]);
  });

  test('the embedded database cannot be asked for beside it', () => {
    expect(
      namesIn(
        faultsOf({
          DATABASE_URL: 'postgres://a@db.example/ntk',
          EMBEDDED_DATABASE: 'true',
          NODE_ENV: 'development',
        }),
      ),
    ).toEqual(['EMBEDDED_DATABASE']);
  });

  test('the service must be told whether it is in production, and commands need not be', () => {
    const given = { DATABASE_URL: 'postgres://app@db.example/ntk' };
    expect(faultsOf(given)).toEqual([
      expect.stringMatching(/^NODE_ENV: is required with DATABASE_URL: .*production/),
    ]);
    expect(faultsOf({ ...given, NODE_ENV: '' })).toHaveLength(1);
    expect(loadConfig(given, 'command').production).toBe(false);
    expect(loadConfig({ ...given, NODE_ENV: 'development' }).production).toBe(false);
  });
});

describe('in production', () => {
  test('a server, an owner, a secret, an address and its proxy are enough', () => {
    expect(loadConfig(production)).toMatchObject({ production: true, demo: false, sessionSecret: secret });
  });

  test.each([
    ['the demonstration', { DEMO: 'true' }, 'DEMO'],
    ['a moved clock', { CLOCK_OFFSET_DAYS: '1' }, 'CLOCK_OFFSET_DAYS'],
    ['a short secret', { SESSION_SECRET: 'k3J9vQ0xZp7L' }, 'SESSION_SECRET'],
    ['a repeated secret', { SESSION_SECRET: 'abab'.repeat(16) }, 'SESSION_SECRET'],
    ['a default secret', { SESSION_SECRET: `change-me-${secret}` }, 'SESSION_SECRET'],
    ['no secret', { SESSION_SECRET: '' }, 'SESSION_SECRET'],
    ['no owner', { MIGRATION_DATABASE_URL: '' }, 'MIGRATION_DATABASE_URL'],
  ])('%s is refused', (_what, change, name) => {
    expect(namesIn(faultsOf({ ...production, ...change }))).toEqual([name]);
  });

  test.each([
    ['mail in clear', 'smtp://relay.example?auth=none&requireTLS=false', 'requireTLS=false'],
    ['mail without STARTTLS', 'smtp://relay.example?auth=none&ignoreTLS=true', 'ignoreTLS=true'],
    [
      'any certificate',
      'smtps://ntk:hush@mail.example?tls.rejectUnauthorized=false',
      'tls.rejectUnauthorized=false',
    ],
  ])('%s is refused on the way to another machine, and is allowed elsewhere', (_what, url, concession) => {
    expect(faultsOf({ ...production, SMTP_URL: url })).toEqual([
      `SMTP_URL: may not say ${concession} in production, unless the mail server is on this machine`,
    ]);
    expect(loadConfig({ SMTP_URL: url }).smtpUrl).toBe(url);
    const here = url.replace(/\w+\.example/, 'localhost');
    expect(loadConfig({ ...production, SMTP_URL: here }).smtpUrl).toBe(here);
  });

  test('the embedded database is refused unless asked for by name, and then keeps its own secret', () => {
    const { BASE_URL, TRUST_PROXY } = production;
    const alone = { NODE_ENV: 'production', BASE_URL, TRUST_PROXY };
    expect(namesIn(faultsOf(alone))).toEqual(['DATABASE_URL']);
    expect(loadConfig({ ...alone, EMBEDDED_DATABASE: 'true' })).toMatchObject({
      database: { kind: 'embedded' },
      demo: false,
      sessionSecret: undefined,
    });
  });
});

describe('the way to a service in production', () => {
  test.each([
    [
      'no address',
      { BASE_URL: '' },
      /^BASE_URL: is required in production: set it to the https address .* https:/,
    ],
    [
      'an address without TLS',
      { BASE_URL: 'http://observe.council.example' },
      /^BASE_URL: must begin with https:/,
    ],
    ['https without a proxy', { TRUST_PROXY: '' }, /^TRUST_PROXY: .* set it to the number of proxies/],
    ['https with a proxy that is not trusted', { TRUST_PROXY: 'false' }, /^TRUST_PROXY: .* set it/],
    ['an address that is none', { BASE_URL: 'observe' }, /^BASE_URL: must be an address/],
    ['a proxy that is none', { TRUST_PROXY: 'perhaps' }, /^TRUST_PROXY: must be false, a number/],
  ])('%s is refused, with what to set', (_, change, words) => {
    expect(faultsOf({ ...production, ...change })).toEqual([expect.stringMatching(words)]);
  });

  test.each(['http://127.0.0.1:3000', 'http://localhost:8080', 'http://[::1]:3000'])(
    'may be without TLS and proxy on this machine: %s',
    (BASE_URL) => {
      expect(loadConfig({ ...production, BASE_URL, TRUST_PROXY: '' })).toMatchObject({
        baseUrl: BASE_URL,
        trustProxy: false,
      });
    },
  );

  test('is asked for by nothing but the service: commands go without, and so does a trial', () => {
    const without = { ...production, BASE_URL: '', TRUST_PROXY: '' };
    expect(loadConfig(without, 'command').baseUrl).toBeUndefined();
    expect(loadConfig({ ...without, NODE_ENV: 'development' }).trustProxy).toBe(false);
    expect(namesIn(faultsOf(without))).toEqual(['BASE_URL']);
  });
});

describe('a secret in a file', () => {
  const urls = {
    NODE_ENV: 'development',
    DATABASE_URL: production.DATABASE_URL,
    MIGRATION_DATABASE_URL: production.DATABASE_URL,
  };

  test('is read as if it were set, without the line end behind it', () => {
    const { SESSION_SECRET: _, DATABASE_URL: __, MIGRATION_DATABASE_URL: ___, ...others } = production;
    const config = loadConfig({
      ...others,
      DATABASE_URL_FILE: aFile(`${production.DATABASE_URL}\n`),
      MIGRATION_DATABASE_URL_FILE: aFile(`${production.MIGRATION_DATABASE_URL}\r\n`),
      SESSION_SECRET_FILE: aFile(` ${secret} \n`),
      SMTP_URL_FILE: aFile('smtp://ntk:hush@mail.example:587'),
      OIDC_ISSUER: 'https://login.example',
      OIDC_CLIENT_ID: 'ntk',
      OIDC_CLIENT_SECRET_FILE: aFile('s3cret'),
    });
    expect(config).toMatchObject({
      database: { url: production.DATABASE_URL, migrationUrl: production.MIGRATION_DATABASE_URL },
      sessionSecret: ` ${secret} `,
      smtpUrl: 'smtp://ntk:hush@mail.example:587',
      oidc: { clientSecret: 's3cret' },
    });
  });

  test.each(['DATABASE_URL', 'MIGRATION_DATABASE_URL', 'SESSION_SECRET', 'SMTP_URL', 'OIDC_CLIENT_SECRET'])(
    'is refused beside the same one that is set: %s',
    (name) => {
      const oidc = name.startsWith('OIDC')
        ? { OIDC_ISSUER: 'https://login.example', OIDC_CLIENT_ID: 'n' }
        : {};
      const SMTP_URL = 'smtp://ntk:hush@mail.example:587';
      const all = { ...urls, ...oidc, SESSION_SECRET: secret, SMTP_URL, OIDC_CLIENT_SECRET: 's' };
      const given = name.startsWith('OIDC') ? all : { ...all, OIDC_CLIENT_SECRET: '' };
      expect(faultsOf({ ...given, [`${name}_FILE`]: aFile('whatever') })).toEqual([
        `${name}_FILE: may not be set beside ${name}: set one`,
      ]);
    },
  );

  test.each([
    ['is not there', () => path.join(folder, 'nothing'), 'cannot be read (ENOENT)'],
    ['is a folder', () => folder, 'cannot be read (EISDIR)'],
    ['is empty', () => aFile(' \n'), 'is empty'],
  ])('is refused where the file %s, without its path', (_, file, words) => {
    const faults = faultsOf({ SESSION_SECRET_FILE: file() });
    expect(faults).toEqual([`SESSION_SECRET_FILE: ${words}`]);
  });

  test('is checked as one that is set', () => {
    const given = { ...production, SESSION_SECRET: '', SESSION_SECRET_FILE: aFile('short') };
    expect(namesIn(faultsOf(given))).toEqual(['SESSION_SECRET']);
    expect(faultsOf({ SESSION_SECRET_FILE: ' ' })).toEqual([]);
  });

  test('may be the password of a witness', () => {
    const WITNESS_EMAIL = 'auditor@council.example';
    const WITNESS_PASSWORD_FILE = aFile('observe\n');
    expect(witnessLogin({ WITNESS_EMAIL, WITNESS_PASSWORD_FILE })).toEqual({
      email: WITNESS_EMAIL,
      password: 'observe',
    });
    expect(() => witnessLogin({ WITNESS_EMAIL, WITNESS_PASSWORD: 'a', WITNESS_PASSWORD_FILE })).toThrow(
      'WITNESS_PASSWORD_FILE: may not be set beside WITNESS_PASSWORD',
    );
  });
});

describe('settings that are not used yet', () => {
  test('is known by name, and nothing else is', () => {
    const oidc = { OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' };
    expect(unusedNames(loadConfig({}))).toEqual([]);
    expect(unusedNames(loadConfig(production))).toEqual([]);
    expect(unusedNames(loadConfig({ METRICS_PORT: '0' }))).toEqual(['METRICS_PORT']);
    expect(unusedNames(loadConfig({ ...oidc, METRICS_PORT: '9464' }))).toEqual(['METRICS_PORT']);
  });
});
