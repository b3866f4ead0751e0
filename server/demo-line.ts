/**
 * Shows the whole line: over HTTP, as any client could, it takes one request of each observation type from its draft
 * to its grant against a running service, and prints what the audit trail says about each.
 */
import { parseArgs } from 'node:util';
import { londonDate } from '../policies/core/time/london.js';
import {
  observationTypeKeys,
  observationTypes,
  type ObservationTypeKey,
} from '../policies/core/observation-types.js';
import { signIn, StepFailed, type Person } from './demo-line/client.js';
import { table, trailOf, type TrailEntry } from './demo-line/trail-table.js';
import { cast, walk, windowOf, type Cast, type GrantAnswer } from './demo-line/walk.js';

const usage = `Usage: npm run demo:line -- [--url http://127.0.0.1:3000] [--type TYPE]

Signs in to a running demonstration, takes a request of each observation type from draft to grant, and prints
its audit trail. Every run adds requests.

  --url   where the service is; http://127.0.0.1:3000 when left out
  --type  one observation type only, of these:
          ${observationTypeKeys.join('\n          ')}
  --help  this text
`;

/** The arguments are at fault: the message says how. */
class UsageFault extends Error {}

const isType = (key: string): key is ObservationTypeKey => observationTypeKeys.some((known) => known === key);

const argumentsOf = (argv: readonly string[]) => {
  const { values } = parsed(argv);
  const given = values.url ?? 'http://127.0.0.1:3000';
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    throw new UsageFault(`--url ${given} is no address such as http://127.0.0.1:3000.`);
  }
  const { type } = values;
  if (type !== undefined && !isType(type)) throw new UsageFault(`--type ${type} is no observation type.`);
  return {
    help: values.help === true,
    service: new URL(given),
    types: observationTypes.filter(({ key }) => type === undefined || key === type),
  };
};

const parsed = (argv: readonly string[]) => {
  try {
    return parseArgs({
      args: [...argv],
      options: { url: { type: 'string' }, type: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new UsageFault((error as Error).message);
  }
};

const say = (text = ''): void => void process.stdout.write(`${text}\n`);

/** The service's own today, which need not be this machine's: from the entry that the sign-in has just made. */
const todayOf = async (reader: Person): Promise<string> => {
  const step = `${reader.name} asks for the time of the service`;
  const { items } = await reader.call<{ items: readonly TrailEntry[] }>(step, 'GET', '/api/audit?limit=1');
  const [newest] = items;
  if (!newest) throw new StepFailed(step, 'the trail is empty.');
  return londonDate(new Date(newest.at));
};

const show = async (reader: Person, label: string, grant: GrantAnswer): Promise<number> => {
  const { reference, status, window, eventsLeft, conditions, access } = grant;
  const entries = await trailOf(reader, reference);
  const because = [...new Set(access.because.map(({ explanation }) => explanation ?? ''))].join(' ');
  say(`${reference}  ${label}`);
  say(
    `  Grant ${status}: ${window.from} to ${window.to}, ${eventsLeft} event left, ${conditions.length} conditions. ` +
      (access.allowed ? 'Attendance is allowed now.' : `Attendance is not allowed yet. ${because}`),
  );
  say();
  say(table(entries));
  say();
  return entries.length;
};

const failed = (error: unknown): void => {
  if (!(error instanceof StepFailed)) throw error;
  process.stderr.write(`Failed at the step: ${error.step}\n  ${error.says.replaceAll('\n', '\n  ')}\n\n`);
};

/** @returns whether every type that was asked for has its grant */
const run = async ({ service, types }: ReturnType<typeof argumentsOf>): Promise<boolean> => {
  const people: Cast = {
    member: await signIn(service, cast.member),
    childrens_services: await signIn(service, cast.childrens_services),
    democratic_services: await signIn(service, cast.democratic_services),
    legal: await signIn(service, cast.legal),
  };
  const today = await todayOf(people.democratic_services);
  say(`The line of the demonstration council at ${service.origin}, ${today}. Everybody in it is invented.\n`);
  const began = performance.now();
  let granted = 0;
  let entries = 0;
  for (const [place, { key, label }] of types.entries()) {
    try {
      const grant = await walk(people, { type: key, label, window: windowOf(today, place) });
      entries += await show(people.democratic_services, label, grant);
      granted += 1;
    } catch (error) {
      failed(error);
    }
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  say(`${granted} of ${types.length} grants exist; ${entries} entries on their trails; ${seconds} s.`);
  return granted === types.length;
};

try {
  const given = argumentsOf(process.argv.slice(2));
  if (given.help) say(usage);
  else if (!(await run(given))) process.exitCode = 1;
} catch (error) {
  process.exitCode = 1;
  if (error instanceof UsageFault) process.stderr.write(`${error.message}\n\n${usage}`);
  else failed(error);
}
