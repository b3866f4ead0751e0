import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { z } from 'zod';
import { readSmtpUrl, SmtpUrlFault } from '../emails/courier/smtp-url.js';
import { longestSession, shortestSession, type SessionLimits } from '../policies/people/session-limits.js';
import { isForMany } from '../policies/provider/issuer.js';
import { loopback } from './web/middleware/same-origin.js';
import { withSecretFiles } from './secret-files.js';

/** Everything that is set from outside, checked. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** How many processes answer requests behind the one port. */
  readonly processes: number;
  /** Without a slash at its end; `undefined` stands for the listening address. */
  readonly baseUrl: string | undefined;
  /** As given; `undefined` leaves the choice to the embedded database. */
  readonly dataDir: string | undefined;
  readonly database: EmbeddedDatabase | DatabaseServer;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** `undefined` stands for a secret that is made once and kept in the data folder. */
  readonly sessionSecret: string | undefined;
  /** The council's own sign-in. */
  readonly oidc: OidcSettings | undefined;
  readonly auditOrigin: string;
  readonly councilName: string;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** As Express takes it: false, a number of proxies, or their addresses with commas between. */
  readonly trustProxy: false | number | string;
  readonly metricsPort: number | undefined;
  readonly demo: boolean;
  readonly clockOffsetDays: number;
  readonly sessions: SessionLimits;
}

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What of a proof is asked for: one of these classes, and all of these means. */
  readonly acr: readonly string[];
  readonly amr: readonly string[];
  /** As buttons name it. */
  readonly name: string;
}

export interface EmbeddedDatabase {
  readonly kind: 'embedded';
}

export interface DatabaseServer {
  readonly kind: 'server';
  readonly url: string;
  /** The owner's; the same as `url` where only one was given. */
  readonly migrationUrl: string;
}

/** The environment does not hold together: names every fault, and never a secret's value. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault';
  constructor(readonly faults: readonly string[]) {
    super(
      `The settings have ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n  ${faults.join('\n  ')}`,
    );
  }
}

const words: Readonly<Record<string, boolean>> = {
  true: true,
  1: true,
  yes: true,
  on: true,
  false: false,
  0: false,
  no: false,
  off: false,
};
const flag = z
  .string()
  .refine((text) => Object.hasOwn(words, text.toLowerCase()), 'must be true or false')
  .transform((text) => words[text.toLowerCase()] === true);

const whole = (least: number, most: number) =>
  z
    .string()
    .refine((text) => /^[+-]?\d{1,9}$/.test(text), `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((number) => number >= least && number <= most, `must be a whole number from ${least} to ${most}`);

const parsedUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);

const url = (protocols: readonly string[], message: string) =>
  z.string().refine((text) => {
    const parsed = parsedUrl(text);
    return (
      parsed !== null &&
      protocols.includes(parsed.protocol) &&
      (parsed.hostname !== '' || parsed.protocol === 'postgres:')
    );
  }, message);

const web = url(['http:', 'https:'], 'must be an address that begins with http:// or https://');
const postgres = url(['postgres:', 'postgresql:'], 'must be an address that begins with postgres://').refine(
  (text) => !parsedUrl(text)?.searchParams.has('options'),
  'may not set options: the service sets its own',
);
const issuer = web
  .refine((text) => {
    const { search, hash, username } = new URL(text);
    return search === '' && hash === '' && username === '';
  }, 'must be the bare address of the issuer, as its discovery document says it')
  .refine((text) => {
    const { protocol, hostname } = new URL(text);
    return protocol === 'https:' || loopback.includes(hostname);
  }, 'must begin with https://, unless it is an address of this machine')
  .refine(
    (text) => !isForMany(text),
    'signs people of every organisation in: set it to the issuer of your own directory, such as https://login.microsoftonline.com/TENANT-ID/v2.0',
  );
/** Words with spaces between. */
const listed = z.string().transform((text) => text.split(/\s+/).filter((word) => word !== ''));
const line = z.string().refine((text) => !/\p{Cc}/u.test(text), 'must be one line of plain text');

const smtp = z.string().superRefine((text, context) => {
  try {
    readSmtpUrl(text);
  } catch (error) {
    if (!(error instanceof SmtpUrlFault)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
});

const trustProxy = z.string().transform((text, context): false | number | string => {
  // "true" would trust any address that the caller writes, so read it as one proxy.
  if (Object.hasOwn(words, text.toLowerCase()) && !/^\d/.test(text))
    return words[text.toLowerCase()] ? 1 : false;
  if (/^\d+$/.test(text)) return Number(text) || false;
  const addresses = text.split(',').map((part) => part.trim());
  if (addresses.every((part) => /^(loopback|linklocal|uniquelocal|[\da-f.:]+(\/[\da-f.:]+)?)$/i.test(part)))
    return addresses.join(',');
  context.addIssue({
    code: 'custom',
    message: 'must be false, a number of proxies, or their addresses with commas between',
  });
  return z.NEVER;
});

const names = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'], 'must be production, development or test')
    .optional(),
  HOST: line.default('127.0.0.1'),
  PORT: whole(0, 65_535).default(3000),
  PROCESSES: whole(1, 64).default(1),
  BASE_URL: web
    .refine((text) => {
      const parsed = parsedUrl(text);
      return parsed?.pathname === '/' && parsed.search === '' && parsed.hash === '' && parsed.username === '';
    }, 'must be a bare address such as https://observe.council.example, without a path')
    .transform((text) => new URL(text).origin)
    .optional(),
  DATA_DIR: line.optional(),
  DATABASE_URL: postgres.optional(),
  MIGRATION_DATABASE_URL: postgres.optional(),
  EMBEDDED_DATABASE: flag.optional(),
  SMTP_URL: smtp.optional(),
  MAIL_FROM: line
    .refine((text) => /^[^@]*[^@\s]@[^@\s]+$/.test(text), 'must be an e-mail address')
    .default('need-to-know@council.example'),
  SESSION_SECRET: z.string().optional(),
  OIDC_ISSUER: issuer.optional(),
  OIDC_CLIENT_ID: line.optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_ACR: listed.default([]),
  OIDC_AMR: listed.default([]),
  OIDC_NAME: line
    .refine((text) => text.length <= 60, 'must have at most 60 characters')
    .default('your council account'),
  AUDIT_ORIGIN: line
    .refine((text) => !/[\s+]/.test(text), 'may hold no space and no plus sign')
    .default('need-to-know.council.example'),
  COUNCIL_NAME: line
    .refine((text) => text.length <= 120, 'must have at most 120 characters')
    .default('Demonstration Council'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  TRUST_PROXY: trustProxy.default(false),
  METRICS_PORT: whole(0, 65_535).optional(),
  DEMO: flag.optional(),
  CLOCK_OFFSET_DAYS: whole(-36_500, 36_500).default(0),
  SESSION_IDLE_MINUTES: whole(shortestSession.idleMinutes, longestSession.idleMinutes).default(
    longestSession.idleMinutes,
  ),
  SESSION_HOURS: whole(shortestSession.hours, longestSession.hours).default(longestSession.hours),
});
type Names = z.infer<typeof names>;

/** Those that hold a secret, and so may be given as a file. */
const secretNames: readonly (keyof Names)[] = [
  'DATABASE_URL',
  'MIGRATION_DATABASE_URL',
  'SESSION_SECRET',
  'SMTP_URL',
  'OIDC_CLIENT_SECRET',
];

/** Checks settings against each other. It uses those that could be read, so that it reports all faults at once. */
function contradictions(
  read: { [Name in keyof Names]?: Names[Name] | undefined },
  set: ReadonlySet<string>,
): string[] {
  const faults: string[] = [];
  const production = read.NODE_ENV === 'production';
  const server = set.has('DATABASE_URL');
  if (set.has('MIGRATION_DATABASE_URL') && !server)
    faults.push('MIGRATION_DATABASE_URL: needs DATABASE_URL as well');
  if (server && read.EMBEDDED_DATABASE === true)
    faults.push('EMBEDDED_DATABASE: may not be true where DATABASE_URL is set');
  if (!server && read.EMBEDDED_DATABASE === false)
    faults.push('DATABASE_URL: is required where EMBEDDED_DATABASE is false');
  const oidc = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'];
  if (oidc.some((name) => set.has(name))) {
    for (const name of oidc)
      if (!set.has(name)) faults.push(`${name}: is required with the other OIDC names`);
  } else {
    for (const name of ['OIDC_ACR', 'OIDC_AMR', 'OIDC_NAME'])
      if (set.has(name))
        faults.push(`${name}: needs OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET as well`);
  }
  if (!production) return faults;

  const concessions = read.SMTP_URL === undefined ? [] : readSmtpUrl(read.SMTP_URL).concessions;
  if (concessions.length > 0) {
    faults.push(
      `SMTP_URL: may not say ${concessions.join(' or ')} in production, unless the mail server is on this machine`,
    );
  }
  if (read.DEMO === true) faults.push('DEMO: may not be true in production');
  if (set.has('CLOCK_OFFSET_DAYS') && read.CLOCK_OFFSET_DAYS !== 0)
    faults.push('CLOCK_OFFSET_DAYS: may not be set in production');
  if (!server && read.EMBEDDED_DATABASE === undefined) {
    faults.push(
      'DATABASE_URL: is required in production, or EMBEDDED_DATABASE=true to use the embedded database',
    );
  }
  if (server && !set.has('MIGRATION_DATABASE_URL')) {
    faults.push('MIGRATION_DATABASE_URL: is required in production; DATABASE_URL has the least rights');
  }
  if (server && !set.has('SESSION_SECRET')) {
    faults.push('SESSION_SECRET: is required in production with DATABASE_URL; every node needs the same one');
  }
  if (read.SESSION_SECRET !== undefined && isWeak(read.SESSION_SECRET)) {
    faults.push(
      'SESSION_SECRET: must have at least 32 random characters, such as `openssl rand -base64 32` gives',
    );
  }
  if (read.OIDC_CLIENT_SECRET !== undefined && isPlaceholder(read.OIDC_CLIENT_SECRET)) {
    faults.push('OIDC_CLIENT_SECRET: is a placeholder');
  }
  return faults;
}

/**
 * What a service in production needs to know of the way that browsers come to it. It speaks no TLS itself, so that `https`
 * always comes through a proxy.
 */
const faultsOfAddress = ({
  BASE_URL: base,
  TRUST_PROXY: trusted,
}: {
  readonly BASE_URL?: string | undefined;
  readonly TRUST_PROXY?: Names['TRUST_PROXY'] | undefined;
}): string[] => {
  if (base === undefined)
    return [
      'BASE_URL: is required in production: set it to the https address at which people find the service, such as https://observe.council.example',
    ];
  const { protocol, hostname } = new URL(base);
  if (protocol === 'http:')
    return loopback.includes(hostname)
      ? []
      : ['BASE_URL: must begin with https:// in production, unless it is an address of this machine'];
  return trusted === false || trusted === undefined
    ? [
        'TRUST_PROXY: is required with an https BASE_URL: set it to the number of proxies before the service, such as 1, or to their addresses',
      ]
    : [];
};

/** A council that forgets to say so would be served without all that production asks for. */
const unsaidKind =
  'NODE_ENV: is required with DATABASE_URL: set it to production for a council, or to development to try the service out without the checks of production';

const isPlaceholder = (secret: string) =>
  /change.?me|change.?this|replace.?me|default|example|placeholder|keyboard.?cat|insecure|^(secret|password|test|demo)/i.test(
    secret,
  );

const isWeak = (secret: string) => secret.length < 32 || new Set(secret).size < 10 || isPlaceholder(secret);

/** What the settings are for: a command serves nobody, so it needs not know where browsers find the service. */
type Purpose = 'service' | 'command';

/**
 * Reads the settings out of an environment, and the secrets among them out of files. An empty value counts as none.
 *
 * @throws ConfigFault naming every fault at once.
 */
export function loadConfig(
  given: Readonly<Record<string, string | undefined>>,
  purpose: Purpose = 'service',
): Config {
  const files = withSecretFiles(given, secretNames);
  const set = Object.fromEntries(
    Object.entries(files.settings).filter(
      ([name, value]) => name in names.shape && value !== undefined && value.trim() !== '',
    ),
  );
  const parsed = names.safeParse(set);
  // One fault a name: a text that is no address also has no right host.
  const byName = new Map<string, string>();
  for (const { path, message } of parsed.error?.issues ?? []) {
    const name = path.join('.');
    if (!byName.has(name)) byName.set(name, `${name}: ${message}`);
  }
  const readable = Object.fromEntries(Object.entries(set).filter(([name]) => !byName.has(name)));
  const read = parsed.data ?? names.partial().safeParse(readable).data ?? {};
  const isServed = purpose === 'service' && read.NODE_ENV === 'production';
  const isAddressRead = !byName.has('BASE_URL') && !byName.has('TRUST_PROXY');
  const faults = [
    ...files.faults,
    ...byName.values(),
    ...contradictions(read, new Set(Object.keys(set))),
    ...(isServed && isAddressRead ? faultsOfAddress(read) : []),
    ...(purpose === 'service' && read.DATABASE_URL !== undefined && set['NODE_ENV'] === undefined
      ? [unsaidKind]
      : []),
  ];
  if (!parsed.success || faults.length > 0) throw new ConfigFault(faults);

  const from = parsed.data;
  const production = from.NODE_ENV === 'production';
  const oidc =
    from.OIDC_ISSUER && from.OIDC_CLIENT_ID && from.OIDC_CLIENT_SECRET
      ? {
          issuer: from.OIDC_ISSUER,
          clientId: from.OIDC_CLIENT_ID,
          clientSecret: from.OIDC_CLIENT_SECRET,
          acr: from.OIDC_ACR,
          amr: from.OIDC_AMR,
          name: from.OIDC_NAME,
        }
      : undefined;
  return {
    production,
    host: from.HOST,
    port: from.PORT,
    processes: from.PROCESSES,
    baseUrl: from.BASE_URL,
    dataDir: from.DATA_DIR,
    database: from.DATABASE_URL
      ? {
          kind: 'server',
          url: from.DATABASE_URL,
          migrationUrl: from.MIGRATION_DATABASE_URL ?? from.DATABASE_URL,
        }
      : { kind: 'embedded' },
    smtpUrl: from.SMTP_URL,
    mailFrom: from.MAIL_FROM,
    sessionSecret: from.SESSION_SECRET,
    oidc,
    auditOrigin: from.AUDIT_ORIGIN,
    councilName: from.COUNCIL_NAME,
    logLevel: from.LOG_LEVEL,
    trustProxy: from.TRUST_PROXY,
    metricsPort: from.METRICS_PORT,
    demo: from.DEMO ?? (!from.DATABASE_URL && !production),
    clockOffsetDays: from.CLOCK_OFFSET_DAYS,
    sessions: { idleMinutes: from.SESSION_IDLE_MINUTES, hours: from.SESSION_HOURS },
  };
}

/** Settings that are checked but not used yet: the start warns if one is set. */
export const unusedNames = ({ metricsPort }: Config): readonly string[] =>
  metricsPort === undefined ? [] : ['METRICS_PORT'];

/** Who a witness signs in as. @throws ConfigFault where one of the two is missing */
export function witnessLogin(given: Readonly<Record<string, string | undefined>>): {
  readonly email: string;
  readonly password: string;
} {
  const { settings, faults } = withSecretFiles(given, ['WITNESS_PASSWORD']);
  const { WITNESS_EMAIL: email, WITNESS_PASSWORD: password } = settings;
  if (faults.length > 0) throw new ConfigFault(faults);
  if (email === undefined || password === undefined) {
    throw new ConfigFault(['WITNESS_EMAIL, WITNESS_PASSWORD: are needed to sign in as an auditor']);
  }
  return { email, password };
}

/** The process's environment over the file `.env` of the working folder; an empty value hides nothing. */
export function environment(): Record<string, string> {
  let file: Record<string, string> = {};
  try {
    file = parse(readFileSync('.env'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new ConfigFault([`.env: cannot be read (${code ?? 'unknown'})`]);
  }
  const set = Object.entries(process.env).filter((entry): entry is [string, string] =>
    Boolean(entry[1]?.trim()),
  );
  return { ...file, ...Object.fromEntries(set) };
}

const dayMs = 86_400_000;

/** The service's time: the machine's, moved by the days of `CLOCK_OFFSET_DAYS`. */
export const clockOf =
  ({ clockOffsetDays }: Pick<Config, 'clockOffsetDays'>): (() => Date) =>
  () =>
    new Date(Date.now() + clockOffsetDays * dayMs);
