import { Agent, createServer, type Server } from 'node:http';
import { afterAll, beforeAll } from '@jest/globals';
import type { Express } from 'express';
import { pino } from 'pino';
import request from 'supertest';
import { demoPassword } from '../../db/demo/accounts.js';
import { loadDemo } from '../../db/demo/demo.js';
import { londonDate } from '../../policies/core/time/london.js';
import { createApp, type AppDeps } from '../../server/app.js';
import { routes } from '../../server/routes.js';
import { sequence } from '../../db/audit/tree/sequence.js';
import type { SignerState } from '../../server/signing/state.js';
import { unpublished } from './contract.js';
import { useDatabase, type Filled, type World } from './database.js';
import { aSigner } from './signer.js';

/** Whoever signs in: an account of the demonstration council, without its domain. */
export type Account = string;

export interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- what a test reads of an answer, it asserts
  readonly body: any;
  readonly headers: Readonly<Record<string, string>>;
}

type Headers = Readonly<Record<string, string>>;

/** One signed-in person. Every answer is held against the published shape: a field too many fails the test. */
export interface Client {
  readonly id: string;
  readonly councillorId: string;
  /** Proves once more who it is, where the clock has moved since: every change does so first. */
  ready(): Promise<void>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: object, headers?: Headers): Promise<Answer>;
  put(path: string, body?: object): Promise<Answer>;
  patch(path: string, body?: object): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

export interface Council {
  readonly world: World;
  readonly app: Express;
  /** The app on a port of the loopback address: given the app alone, supertest opens one for each call. */
  readonly server: Server;
  /** The service's time; a test may move it. */
  clock: Date;
  /** Every log line so far. */
  readonly lines: string[];
  /** Who signs the checkpoints of its trail. */
  readonly signer: SignerState;
  readonly sessionSecret: string;
  as(account: Account): Promise<Client>;
  /** Gives every entry its place in the tree, as the service does twice a second. */
  place(): Promise<void>;
}

/** Connections that stay, for calls to a council's server. */
export const sockets = new Agent({ keepAlive: true });

const pattern = (path: string) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
const known = routes.map((route) => ({ route, matches: pattern(route.path) }));

/**
 * @throws where an answer holds anything but what the contract publishes of its route, or misses something: by the
 *   document that clients read, and where it is no refusal by the shape that the document is made from
 */
const holdToShape = (method: string, path: string, answer: Answer): void => {
  const { status, body } = answer;
  const [bare = ''] = path.split('?');
  const found = known.find(({ route, matches }) => route.method === method && matches.test(bare));
  if (!found) return;
  const fails = (says: string): Error =>
    new Error(`${method} ${bare} answers ${status} with something else than it publishes: ${says}`);
  const differences = unpublished(method, found.route.path, answer);
  if (differences.length > 0) throw fails(differences.join('; '));
  if (status < 200 || status > 299 || status === 204) return;
  const checked = found.route.response?.safeParse(body);
  if (checked && !checked.success) throw fails(checked.error.message);
};

/** Hundreds of sign-ins a run: each at its real cost would take a fortieth of it. */
const cheap = { memoryCost: 64, timeCost: 1 };

/**
 * The council as it was loaded at the start of the run, for those whose clock says that day: to load it for
 * each test file took a tenth of the whole run. None for a clock that was set to another day, or to before.
 */
const loadedAlready = (clock: Date): Filled | undefined => {
  const began = new Date(Number(process.env['TEST_RUN_BEGAN']));
  if (clock < began || londonDate(clock) !== londonDate(began)) return undefined;
  return { name: 'council', fill: (db) => loadDemo(db, began, cheap) };
};

/**
 * The demonstration council on a database of its own, behind the real app with sessions and the
 * same-origin check on: `const council = useCouncil();`.
 * @param more what the app is made with beside, asked once it opens
 */
export const useCouncil = (more: () => Partial<AppDeps> = () => ({})): Council => {
  const world = useDatabase(() => loadedAlready(council.clock));
  const lines: string[] = [];
  const clients = new Map<Account, Promise<Client>>();
  let latest = new Date(0);
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  let app: Express | undefined;
  let server: Server | undefined;
  const council: Council = {
    world,
    lines,
    clock: new Date(),
    signer: aSigner(),
    sessionSecret: 'a secret of the test',
    get app() {
      if (!app) throw new Error('The council opens in beforeAll.');
      return app;
    },
    get server() {
      if (!server) throw new Error('The council opens in beforeAll.');
      return server;
    },
    async place() {
      while ((await sequence(world.db, 1_000)) > 0);
    },
    as(account) {
      // A session neither outlasts its day nor comes from the future: where the clock is moved, one signs in again.
      const session = `${account} ${londonDate(council.clock)}`;
      if (council.clock < latest) clients.clear();
      latest = council.clock;
      const before = clients.get(session);
      if (before) return before;
      const client = signIn(council, account);
      clients.set(session, client);
      return client;
    },
  };
  beforeAll(async () => {
    // Does nothing where it is there already.
    await loadDemo(world.db, council.clock, cheap);
    app = createApp({
      db: world.db,
      now: () => council.clock,
      log,
      sessionSecret: council.sessionSecret,
      // A name, as passkeys need.
      baseUrl: new URL('http://localhost:3000'),
      trustProxy: false,
      councilName: 'Test Council',
      demo: true,
      signer: council.signer,
      ...more(),
    });
    const opened = createServer(app);
    // The client ends them, so that no call is sent on a connection that is just being closed.
    opened.keepAliveTimeout = 0;
    await new Promise<void>((resolve) => void opened.listen(0, '127.0.0.1', resolve));
    server = opened;
  }, 60_000);
  afterAll(() => {
    sockets.destroy();
    server?.close();
    server?.closeAllConnections();
  });
  return council;
};

/** Well within the time for which a proof counts. */
const proofAge = 10 * 60_000;

const signIn = async (council: Council, account: Account): Promise<Client> => {
  const agent = request.agent(council.server);
  let proved = council.clock.getTime();
  /** Proves once more who it is, as people do before they sign, where a test has moved the clock. */
  const proveAgain = async (): Promise<void> => {
    const now = council.clock.getTime();
    if (now >= proved && now - proved < proofAge) return;
    proved = now;
    await agent.post('/api/session/step-up').agent(sockets).send({ password: demoPassword });
  };
  const entered = await agent
    .post('/api/session')
    .agent(sockets)
    .send({ email: `${account}@council.example`, password: demoPassword });
  if (entered.status !== 201) throw new Error(`${account} could not sign in: ${entered.status}`);
  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    headers = {},
  ) => {
    if (method !== 'GET' && !path.startsWith('/api/session')) await proveAgain();
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    const sending = agent[verb](path).agent(sockets).set(headers);
    const answer: Answer = await (body === undefined ? sending : sending.send(body));
    holdToShape(method, path, answer);
    return answer;
  };
  const { id, councillorId } = entered.body as { id: string; councillorId?: string };
  return {
    id,
    councillorId: councillorId ?? '',
    ready: proveAgain,
    get: (path) => call('GET', path),
    post: (path, body = {}, headers = {}) => call('POST', path, body, headers),
    put: (path, body = {}) => call('PUT', path, body),
    patch: (path, body = {}) => call('PATCH', path, body),
    delete: (path) => call('DELETE', path),
  };
};
