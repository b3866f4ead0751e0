/**
 * How many statements a call sends to the database, from the second call of a session on. Each is a round trip that
 * somebody waits for, and half of the service's own work is to write them (architecture.md, "CaseFile").
 */
import { currentEdition } from '../../../db/audit/edition.js';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, addMonths, atLondonTime, londonDate } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { counting, type Call } from '../../support/statements.js';
import { useCouncil, type Account } from '../../support/council.js';
import { readerOf } from '../../support/browser-less.js';
import { expectOk, Line } from '../../support/line.js';
import { lineAt } from '../../support/people.js';
import { feedCsv, fictionalMembers } from '../../support/register-feed.js';
import { placesOf } from '../../support/places.js';
import { kept } from './statements/kept.js';
import { above, byName, everything, limits, most, print } from './statements/limits.js';

/**
 * Readings that take more, and why: each proves something with the signer's key. The signer takes its turn
 * (architecture.md, "one round in flight"), looks at the tree as it stands, and remembers it outside the database before
 * it signs: BEGIN, the turn, size, hashes and COMMIT, and the proof that what it signed last leads there. Here nothing
 * seals on a clock, so that the first who asks makes the signer catch up.
 */
const exceptions: Readonly<Record<string, number>> = {
  /** Who is asking, the entry, and the signer's turn. */
  'GET /api/audit/checkpoint': 7,
  /** Who is asking, the entry that is read, size, proof, the reading's entry, and the signed tree of that size. */
  'GET /api/audit/entries/{index}/proof': 7,
  /** The same; it comes first, and has the signer catch up. */
  'GET /trail/entries/:index': 12,
  /** Two signed trees; then leaves and hashes are streamed, some hundred at a time, so that none is in memory as a whole. */
  'GET /api/audit/bundle': 12,
};

const council = useCouncil();
// A day that is set: what falls due on one day and not on another costs statements of its own.
council.clock = atLondonTime('2027-02-01', '10:00');

/** Forms that show nothing yet, what everybody signed in may read, and the description of the API itself. */
const open: readonly RegExp[] = [
  /^\/api\/(me|me\/calendar|me\/codes|me\/passkeys|me\/reminders|me\/sessions|leaflets|protocol|settings|programmes|programmes\/\{id\}|observation-types|working-days)$/,
  /^\/api\/(openapi\.json|docs|docs\/\{file\}|audit\/editions\/\{edition\})$/,
  /^\/(leaflets|leaflets\/:leaflet|leaflets\/:leaflet\/new|protocol|programmes|programmes\/:id|reminders|account\/sessions|settings|settings\/.*)$/,
  /^\/(councillors|incidents|programmes|protocol|requests|retention\/access|retention\/holds|retention\/redactions)\/new$/,
  /^\/(audit-requirements\/new|councillors\/import|disclosures|standby\/(absence|deputy|delegation))$/,
  /^\/trail\/(evidence|editions\/:edition)$/,
  // A member is chosen from the names that a council publishes.
  /^\/councillors\/:id\/findings\/new$/,
  // The panel after an act: what it says is in the session, and names nobody.
  /^\/done\/:key$/,
  /^\/(account|account\/(calendar|codes.*|passkeys|password)|people\/new|tokens\/new|prove)$/,
  // Numbers alone: how far the council is set up.
  /^(\/api)?\/set-up$/,
  /^\/councillors\/invite$/,
];
const isOpen = (name: string): boolean => open.some((each) => each.test(name.replace('GET ', '')));

/** A page that shows some of its readers what others have no need of. */
const either: Readonly<Record<string, readonly number[]>> = {
  // Democratic Services choose the councillor from a list; everybody else speaks of themselves alone.
  'GET /conflicts/new': [0, 1],
};

/** How many entries each route or page left on the trail, each number once, of what was answered in full. */
const entriesCounted = (calls: readonly Call[]): Map<string, number[]> => {
  const found = new Map<string, number[]>();
  for (const [name, those] of byName(calls)) {
    const counts = new Set(those.map(({ entries }) => entries.length));
    found.set(
      name,
      [...counts].toSorted((a, b) => a - b),
    );
  }
  return found;
};

type Places = Awaited<ReturnType<typeof placesOf>>;

/** An address of that page, with the account that opens it. */
const findPlace = (places: Places, page: string): readonly [Account, string] => {
  const exact = page.replace(':reference', String.raw`OBS-\d{4}-\d+`).replace(':id', '[0-9a-f-]{36}');
  const shows = new RegExp(`^${exact}$`);
  for (const [account, addresses] of places) {
    const found = addresses.find((address) => shows.test(address));
    if (found !== undefined) return [account, found];
  }
  throw new Error(`No place shows ${page}.`);
};

/** Who reads what by the API: the records are those of the pages. */
const readings = (places: Places): Places => {
  /** The page's account, and the address that is made of the id or reference in the page's own. */
  const like = (page: string, address: (id: string) => string): Places[number] => {
    const [account, found] = findPlace(places, page);
    const [id = ''] = /OBS-\d{4}-\d+|[0-9a-f-]{36}/.exec(found) ?? [];
    return [account, [address(id)]];
  };
  const [, tested] = findPlace(places, '/requests/:reference/test');
  const request = `/api${tested.replace(/\/test$/, '')}`;
  return [
    ['scrutiny.chair', ['/api/requests', request, '/api/programmes']],
    ['childrens.services', ['/api/requests', request, `${request}/assessment`, `${request}/discussion`]],
    [
      'legal',
      [
        '/api/requests',
        request,
        '/api/me',
        '/api/me/reminders',
        '/api/me/calendar',
        '/api/me/codes',
        '/api/me/passkeys',
        '/api/me/sessions',
        '/api/protocol',
        '/api/leaflets',
        '/api/settings',
        '/api/observation-types',
        '/api/working-days?from=2027-02-01T10:00:00%2B00:00&days=3',
        '/api/openapi.json',
        '/api/docs',
        '/api/docs/swagger-ui.css',
      ],
    ],
    ['democratic.services', ['/api/councillors', '/api/conflicts', '/api/audit-requirements']],
    like('/audit-requirements/:id', (id) => `/api/audit-requirements/${id}`),
    ['monitoring.officer', ['/api/findings']],
    [
      'data.protection',
      [
        '/api/access-requests',
        '/api/incidents',
        '/api/retention',
        '/api/disposals',
        '/api/holds',
        '/api/redactions',
      ],
    ],
    ['administrator', ['/api/operations', '/api/people', '/api/set-up', '/api/leavers', '/api/tokens']],
    like('/people/:id', (id) => `/api/people/${id}`),
    ['host', ['/api/visits']],
    [
      'auditor',
      [
        '/api/audit',
        '/api/audit/checkpoint',
        '/api/audit/entries/3/proof',
        '/api/audit/consistency?from=3&to=9',
        '/api/audit/bundle?from=0&to=5',
        `/api/audit/editions/${currentEdition.code}`,
      ],
    ],
    like('/programmes/:id', (id) => `/api/programmes/${id}`),
    like('/councillors/:id', (id) => `/api/councillors/${id}`),
    like('/grants/:id', (id) => `/api/grants/${id}`),
    like('/visits/:id', (id) => `/api/visits/${id}`),
    like('/conflicts/:id', (id) => `/api/conflicts/${id}`),
    like('/incidents/:id', (id) => `/api/incidents/${id}`),
    like('/retention/disposals/:id', (id) => `/api/disposals/${id}`),
    like('/corrections/:id/confirm', (id) => `/api/corrections/${id}`),
    ['legal', ['/api/corrections']],
    like('/retention/redactions/:id/confirm', (id) => `/api/redactions/${id}`),
    like('/retention/access/:id', (id) => `/api/access-requests/${id}`),
    like('/retention/access/:id/file', (id) => `/api/access-requests/${id}/file`),
  ];
};

/** A stage of a child’s journey that may go on. */
const furtherStage = async (): Promise<string> => {
  const from = londonDate(council.clock);
  const window = { from, to: addDays(addMonths(from, 3), -1) };
  const stage = await lineAt(council, 'ready', { changes: { observationType: 'childs_journey', window } });
  expectOk(await stage.decide('approve'));
  return paths.furtherStage(stage.reference);
};

describe('what is read', () => {
  let calls: readonly Call[] = [];
  beforeAll(async () => {
    const places = (await placesOf(council)).map(
      // Pages that refuse are there to be looked at, and not to be counted.
      ([account, addresses]) =>
        [account, addresses.filter((each) => !/OBS-\d{4}-9999|nonsense/.test(each))] as const,
    );
    const { counted, note, calls: noted } = counting(council);
    const further = await furtherStage();
    for (const [account, addresses] of [
      ...places,
      ...readings(places),
      ['scrutiny.chair', [further]] as const,
    ]) {
      const client = await counted.as(account);
      for (const address of addresses) await client.get(address);
    }
    const keeper = await readerOf(council.server, 'democratic.services');
    await keeper.open(paths.importCouncillors);
    await keeper.upload({ name: 'members.csv', content: feedCsv(fictionalMembers(3)) });
    await note('GET', paths.checkImport, () => keeper.open(paths.checkImport));
    await keeper.submit();
    await note('GET', paths.importDone, () => keeper.open(paths.importDone));
    const panel = paths.done('00000000-0000-4000-8000-000000000000');
    await note('GET', panel, () => keeper.open(panel));
    calls = noted;
    print('Routes and pages', most(calls));
  }, 240_000);

  test('is every route and every page', () => {
    const seen = most(calls);
    const all = everything.flatMap(({ method, path }) => (method === 'GET' ? [`GET ${path}`] : []));
    expect(all.filter((name) => !seen.has(name))).toEqual([]);
  });

  test('takes as many statements as are written down for it, and not one more', () => {
    expect(Object.fromEntries(most(calls))).toEqual(kept.read);
  });

  test('takes no more statements than its limit, or exactly what is said of it', () => {
    expect(above(most(calls))).toEqual(exceptions);
  });

  test('leaves one entry on the trail, however much a page shows, and none where nothing confidential is shown', () => {
    const left = entriesCounted(calls);
    const expected = [...left.keys()].map((name) => [name, isOpen(name) ? [0] : (either[name] ?? [1])]);
    expect(Object.fromEntries(left)).toEqual(Object.fromEntries(expected));
  });
});

describe('a line from draft to approval', () => {
  let calls: readonly Call[] = [];
  let sum = 0;
  beforeAll(async () => {
    await Line.approved(council);
    const counter = counting(council);
    await Line.approved(counter.counted);
    calls = counter.calls.filter(({ method }) => method !== 'GET');
    sum = calls.reduce((before, { statements }) => before + statements.length, 0);
    print('A line from draft to approval', new Map([...most(calls), ['all commands of the line', sum]]));
  }, 120_000);

  test('is carried out', () => {
    expect(calls.length).toBeGreaterThanOrEqual(20);
    expect(calls.filter(({ status }) => status >= 300)).toEqual([]);
  });

  test('takes no more statements a command than its limit', () => {
    expect(above(most(calls))).toEqual({});
  });

  test('takes no more statements in all than its limit', () => {
    expect(sum).toBeLessThanOrEqual(limits.line);
  });
});
