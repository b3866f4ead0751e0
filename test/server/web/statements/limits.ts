/** The most statements that a call may send to the database, by what it is, and what each was counted at. */
import { pages } from '../../../../server/pages.js';
import { routes } from '../../../../server/routes.js';
import { paths } from '../../../../server/web/paths.js';
import type { Call } from '../../../support/statements.js';

/** The most statements of one call; BEGIN and COMMIT are two of them, and the claim of an `Idempotency-Key` another. */
export const limits = {
  /** Who is asking, and the file with its entry on the trail; one to spare. A list likewise. */
  reading: 3,
  command: 10,
  /** Deciding and submitting: they write more tables. */
  deciding: 14,
  /** What a page takes more than its API call: for what the page alone shows, or the form sends. */
  page: 1,
  /** All commands of a line from draft to approval. */
  line: 150,
} as const;

interface Known {
  readonly method: string;
  readonly path: string;
}

/** Signing in and out and setting a password by a page is in no table: it is open. */
const open: readonly Known[] = [
  { method: 'POST', path: paths.signIn },
  { method: 'POST', path: paths.signInCode },
  { method: 'POST', path: paths.signInPasskey },
  { method: 'POST', path: paths.signOut },
  { method: 'POST', path: paths.forgottenPassword },
  { method: 'POST', path: paths.setPassword(':token') },
];

/** Every route, every page, and every form of a page. */
export const everything: readonly Known[] = [
  ...routes.map(({ method, path }) => ({ method, path })),
  ...pages.flatMap(({ path, form }) =>
    (form ? ['GET', 'POST'] : ['GET']).map((method) => ({ method, path: path as string })),
  ),
  ...open,
];

/** `/api/requests/{reference}` and `/requests/:reference`, each as an expression. */
const pattern = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}|:\w+/g, '[^/]+')}$`);
const literalFirst = (a: Known, b: Known): number =>
  a.path.replaceAll(/\{\w+\}|:\w+/g, '~') < b.path.replaceAll(/\{\w+\}|:\w+/g, '~') ? -1 : 1;
const known = everything
  .toSorted(literalFirst)
  .map((each) => ({ name: `${each.method} ${each.path}`, method: each.method, matches: pattern(each.path) }));

/** `GET /api/requests/{reference}`; null for an address that is in neither table. */
const nameOf = ({ method, path }: Call): string | null => {
  const [bare = ''] = path.split('?');
  return known.find((each) => each.method === method && each.matches.test(bare))?.name ?? null;
};

/** A call that was answered in full: a page shown, or a form taken, which leads on to another page. */
const answered = ({ status }: Call): boolean => status < 300 || status === 303;

/** What was called, with the calls that were answered in full. */
export const byName = (calls: readonly Call[]): ReadonlyMap<string, readonly Call[]> => {
  const found = new Map<string, Call[]>();
  for (const call of calls) {
    const name = answered(call) ? nameOf(call) : null;
    if (name !== null) found.set(name, [...(found.get(name) ?? []), call]);
  }
  return found;
};

/** The most that each route or page took, of what was answered in full. */
export const most = (calls: readonly Call[]): ReadonlyMap<string, number> =>
  new Map(
    [...byName(calls)].map(([name, those]) => [
      name,
      Math.max(...those.map(({ statements }) => statements.length)),
    ]),
  );

/** The API's call for what a page shows, where its address is not the page's own below `/api`. */
const readingOf: Readonly<Record<string, string>> = {
  '/requests/:reference/test': '/api/requests/{reference}/assessment',
  ...Object.fromEntries(
    ['contest', 'settle', 'end'].map((act) => [`/conflicts/:id/${act}`, '/api/conflicts/{id}']),
  ),
  '/corrections/:id/confirm': '/api/corrections/{id}',
  '/corrections/:id/refuse': '/api/corrections/{id}',
  '/corrections/:id/withdraw': '/api/corrections/{id}',
  '/retention/redactions': '/api/redactions',
  '/retention/redactions/:id/confirm': '/api/redactions/{id}',
  '/retention/redactions/:id/put-back': '/api/redactions/{id}',
  '/retention/holds': '/api/holds',
  '/retention/disposals': '/api/disposals',
  '/retention/disposals/:id': '/api/disposals/{id}',
  '/retention/access': '/api/access-requests',
  '/retention/access/:id': '/api/access-requests/{id}',
  '/retention/access/:id/passages/:passage': '/api/access-requests/{id}',
  '/retention/access/:id/proposals/:kind': '/api/access-requests/{id}',
  '/retention/access/:id/extend': '/api/access-requests/{id}',
  '/retention/access/:id/release': '/api/access-requests/{id}',
  '/retention/access/:id/file': '/api/access-requests/{id}/file',
  '/reminders': '/api/me/reminders',
  '/account/calendar': '/api/me/calendar',
  '/prove': '/api/me/codes',
  '/account/passkeys': '/api/me/passkeys',
  '/account/codes': '/api/me/codes',
  '/account/codes/set-up': '/api/me/codes',
  '/account/codes/recovery': '/api/me/codes',
  '/account/sessions': '/api/me/sessions',
  '/audit-requirements/:id/confirm': '/api/audit-requirements/{id}',
  '/audit-requirements/:id/end': '/api/audit-requirements/{id}',
  '/trail': '/api/audit',
  '/trail/checkpoint': '/api/audit/checkpoint',
};

/** The API's command for what the form of a page sends. */
const commandOf: Readonly<Record<string, string>> = {
  '/sign-in': 'POST /api/session',
  '/sign-in/code': 'POST /api/session',
  '/sign-in/passkey': 'POST /api/session/passkey',
  '/sign-out': 'DELETE /api/session',
  '/prove': 'POST /api/session/step-up',
  '/account/password': 'POST /api/me/password',
  '/account/passkeys': 'POST /api/me/passkeys',
  '/account/codes': 'POST /api/me/codes',
  '/account/codes/set-up': 'POST /api/me/codes/confirm',
  '/account/codes/recovery': 'POST /api/me/codes/recovery',
  '/forgotten-password': 'POST /api/password/forgotten',
  '/set-password/:token': 'POST /api/password',
  '/requests/new': 'POST /api/requests',
  '/requests/:reference/check': 'POST /api/requests/{reference}/submit',
  '/requests/:reference/withdraw': 'POST /api/requests/{reference}/withdraw',
  '/requests/:reference/test/:question': 'PUT /api/requests/{reference}/assessment/connection',
  '/requests/:reference/test/:question/lift': 'POST /api/requests/{reference}/lifts',
  '/requests/:reference/discussion': 'POST /api/requests/{reference}/discussion',
  '/requests/:reference/discussion/meeting': 'POST /api/requests/{reference}/discussion',
  '/requests/:reference/discussion/:entry/confirm':
    'POST /api/requests/{reference}/discussion/{entry}/confirm',
  '/requests/:reference/sign/:office': 'POST /api/requests/{reference}/sign-offs',
  '/requests/:reference/sign/:office/withdraw': 'POST /api/requests/{reference}/sign-offs/{office}/withdraw',
  '/requests/:reference/decide': 'POST /api/requests/{reference}/decision',
  '/requests/:reference/return': 'POST /api/requests/{reference}/return',
  '/requests/:reference/host': 'PUT /api/requests/{reference}/host',
  '/requests/:reference/hearing': 'POST /api/requests/{reference}/hearing',
  '/requests/:reference/hearing/answer': 'POST /api/requests/{reference}/hearing/answer',
  '/requests/:reference/review': 'POST /api/requests/{reference}/review',
  '/requests/:reference/review/late': 'POST /api/requests/{reference}/review/late',
  '/requests/:reference/remit': 'POST /api/requests/{reference}/remittal',
  '/requests/:reference/review/decide': 'POST /api/requests/{reference}/review/decision',
  '/requests/:reference/review/name': 'POST /api/requests/{reference}/review/reviewer',
  '/requests/:reference/direction': 'POST /api/requests/{reference}/direction',
  '/requests/:reference/carry-out': 'POST /api/requests/{reference}/direction/carried-out',
  '/requests/:reference/right': 'PUT /api/requests/{reference}/statutory-right',
  '/requests/:reference/right/confirm': 'POST /api/requests/{reference}/statutory-right/confirm',
  '/requests/:reference/right/review': 'POST /api/requests/{reference}/statutory-right/review',
  '/requests/:reference/right/review/decision':
    'POST /api/requests/{reference}/statutory-right/review/decision',
  '/requests/:reference/papers': 'POST /api/requests/{reference}/releases',
  '/requests/:reference/further-stage': 'POST /api/requests',
  '/grants/:id/visits/new': 'POST /api/grants/{id}/visits',
  '/visits/:id/change': 'PATCH /api/visits/{id}',
  '/visits/:id/cancel': 'POST /api/visits/{id}/cancel',
  '/visits/:id/checks/:question': 'PUT /api/visits/{id}/checks/agreements',
  '/visits/:id/attendance': 'POST /api/visits/{id}/attendance',
  '/visits/:id/confirm': 'POST /api/visits/{id}/confirm',
  '/visits/:id/ask': 'POST /api/visits/{id}/questions',
  '/questions/:id/respond': 'POST /api/questions/{id}/response',
  '/grants/:id/confirm-freeze': 'POST /api/grants/{id}/confirm-freeze',
  '/grants/:id/revoke': 'POST /api/grants/{id}/revoke',
  '/grants/:id/release': 'POST /api/grants/{id}/release',
  '/grants/:id/conditions/:condition': 'POST /api/grants/{id}/conditions/{condition}',
  '/incidents/new': 'POST /api/incidents',
  '/incidents/:id/cases': 'POST /api/incidents/{id}/cases',
  '/incidents/:id/hearing': 'POST /api/incidents/{id}/hearing',
  '/incidents/:id/hearing/answer': 'POST /api/incidents/{id}/hearing/answer',
  '/incidents/:id/assessment': 'POST /api/incidents/{id}/assessment',
  '/incidents/:id/close': 'POST /api/incidents/{id}/close',
  '/disclosures': 'POST /api/disclosures/search',
  '/councillors/new': 'POST /api/councillors',
  '/councillors/import/check': 'POST /api/councillors/import',
  '/councillors/invite': 'POST /api/councillors/invite',
  '/councillors/:id/change': 'PATCH /api/councillors/{id}',
  '/councillors/:id/defeat': 'PATCH /api/councillors/{id}',
  '/councillors/:id/appointments/new': 'POST /api/councillors/{id}/appointments',
  '/councillors/:id/appointments/:appointment/end': 'PATCH /api/councillors/{id}/appointments/{appointment}',
  '/councillors/:id/training/new': 'POST /api/councillors/{id}/training',
  '/people/new': 'POST /api/people',
  '/people/:id/change': 'PATCH /api/people/{id}',
  '/people/:id/offices/new': 'POST /api/people/{id}/offices',
  '/people/:id/offices/:holding/confirm': 'POST /api/people/{id}/offices/{holding}/confirm',
  '/people/:id/offices/:holding/end': 'PATCH /api/people/{id}/offices/{holding}',
  '/people/:id/address': 'POST /api/people/{id}/address',
  '/people/:id/address/withdraw': 'DELETE /api/people/{id}/address',
  '/people/:id/address/confirm': 'POST /api/people/{id}/address/confirm',
  '/people/:id/codes/removal': 'POST /api/people/{id}/codes/removal',
  '/people/:id/codes/removal/withdraw': 'DELETE /api/people/{id}/codes/removal',
  '/people/:id/codes/removal/confirm': 'POST /api/people/{id}/codes/removal/confirm',
  '/people/:id/invite': 'POST /api/people/{id}/invite',
  '/people/:id/suspend': 'POST /api/people/{id}/suspend',
  '/people/:id/restore': 'POST /api/people/{id}/restore',
  '/people/:id/sign-out': 'POST /api/people/{id}/sign-out',
  '/councillors/:id/gone': 'POST /api/councillors/{id}/gone',
  '/retention': 'POST /api/disposals',
  '/retention/disposals/:id/confirm': 'POST /api/disposals/{id}/confirm',
  '/retention/disposals/:id/withdraw': 'POST /api/disposals/{id}/withdraw',
  '/corrections/new': 'POST /api/corrections',
  '/corrections/:id/confirm': 'POST /api/corrections/{id}/confirm',
  '/corrections/:id/refuse': 'POST /api/corrections/{id}/refuse',
  '/corrections/:id/withdraw': 'POST /api/corrections/{id}/withdraw',
  '/retention/redactions/new': 'POST /api/redactions',
  '/retention/redactions/:id/confirm': 'POST /api/redactions/{id}/confirm',
  '/retention/redactions/:id/put-back': 'POST /api/redactions/{id}/put-back',
  '/retention/access/new': 'POST /api/access-requests',
  '/retention/access/:id/passages/:passage': 'PUT /api/access-requests/{id}/passages/{passage}',
  '/retention/access/:id/proposals/:kind': 'POST /api/access-requests/{id}/proposals/{kind}',
  '/retention/access/:id/extend': 'POST /api/access-requests/{id}/extend',
  '/retention/access/:id/release': 'POST /api/access-requests/{id}/release',
  '/retention/holds/new': 'POST /api/holds',
  '/retention/holds/:id/lift': 'POST /api/holds/{id}/lift',
  '/protocol': 'POST /api/protocol/acceptance',
  '/protocol/new': 'POST /api/protocol',
  '/leaflets/:leaflet/new': 'POST /api/leaflets/{leaflet}',
  '/councillors/:id/findings/new': 'POST /api/councillors/{id}/findings',
  '/programmes/new': 'POST /api/programmes',
  '/programmes/:id': 'POST /api/requests',
  '/standby/absence': 'POST /api/absences',
  '/standby/deputy': 'POST /api/deputies',
  '/standby/delegation': 'POST /api/delegations',
  '/audit-requirements/new': 'POST /api/audit-requirements',
  '/audit-requirements/:id/confirm': 'POST /api/audit-requirements/{id}/confirm',
  '/audit-requirements/:id/end': 'POST /api/audit-requirements/{id}/end',
  '/conflicts/new': 'POST /api/conflicts',
  '/conflicts/:id/contest': 'POST /api/conflicts/{id}/contest',
  '/conflicts/:id/settle': 'POST /api/conflicts/{id}/settle',
  '/conflicts/:id/end': 'POST /api/conflicts/{id}/end',
  '/settings/deadlines': 'PATCH /api/settings',
  '/settings/retention': 'PATCH /api/settings',
  '/settings/names': 'PATCH /api/settings',
  '/settings/adopted': 'PATCH /api/settings',
  '/settings/governance': 'PATCH /api/settings',
  '/settings/bars': 'PATCH /api/settings',
  '/settings/case-references': 'PATCH /api/settings',
  '/settings/types/:type': 'PATCH /api/settings',
  '/settings/calendar': 'PATCH /api/settings',
  '/settings/calendar/check': 'POST /api/settings/bank-holidays',
  '/operations': 'POST /api/messages/{id}/send-again',
  '/reminders': 'PUT /api/me/reminders',
  '/account/calendar': 'PUT /api/me/calendar',
  '/tokens/new': 'POST /api/tokens',
  '/tokens/:id/revoke': 'DELETE /api/tokens/{id}',
  '/account/sessions': 'DELETE /api/me/sessions/{id}',
  ...Object.fromEntries(
    ['type', 'role', 'authority', 'necessity', 'alternatives', 'window', 'declarations', 'papers'].map(
      (step) => [`/requests/:reference/ask/${step}`, 'PATCH /api/requests/{reference}'],
    ),
  ),
};

/** Asked by a form or a body, so that what is asked stands in no address; and a file that is kept for the next step. */
const asks: ReadonlySet<string> = new Set([
  'POST /api/need-to-know/preview',
  'POST /api/disclosures/search',
  'POST /trail',
  'POST /trail/evidence',
  'POST /councillors/import',
  'POST /settings/calendar/import',
]);

const limitOfCall = (name: string): number => {
  if (name.startsWith('GET ') || asks.has(name)) return limits.reading;
  return /\{reference\}\/(submit|decision|direction\/carried-out)$/.test(name)
    ? limits.deciding
    : limits.command;
};

/** The API's call that a page stands for; null for a page that stands for none. */
const callOf = (name: string): string | null => {
  const [method = '', path = ''] = name.split(' ');
  if (method === 'GET') return `GET ${readingOf[path] ?? `/api${path.replaceAll(/:(\w+)/g, '{$1}')}`}`;
  return commandOf[path] ?? null;
};

/** The limit of a route; of a page what its API call takes, and one more. */
export const limitOf = (name: string, found: ReadonlyMap<string, number>): number => {
  const [, path = ''] = name.split(' ');
  if (path.startsWith('/api/')) return limitOfCall(name);
  const call = callOf(name);
  const taken = call === null ? undefined : found.get(call);
  return (taken ?? limitOfCall(name)) + limits.page;
};

/** Those above their limit, with what they take. */
export const above = (found: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...found].filter(([name, n]) => n > limitOf(name, found)));

/** Prints what was counted, for people. */
export const print = (title: string, found: ReadonlyMap<string, number>): void => {
  const rows = [...found].map(([name, n]) => `${String(n).padStart(5)}  ${name}`);
  process.stdout.write(`\n${title}: statements of a call\n${rows.join('\n')}\n`);
};
