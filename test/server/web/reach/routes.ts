/** Who reaches each route of the API: need-to-know.md, sections 4 to 6, and identity.md, retyped by office. */
import { question, questionKeys } from '../../../../policies/need-to-know/questions.js';
import { all, everybody, offices, only, readers, whileIn, type Row } from './row.js';

const answering = { childrens_services: 'c', democratic_services: 'd', legal: 'l' } as const;

const ofRequests: Readonly<Record<string, Row>> = {
  'GET /api/requests/{reference}': all(readers),
  'PATCH /api/requests/{reference}': whileIn('a', 'draft', 'submitted', 'returned'),
  'POST /api/requests/{reference}/submit': whileIn('a', 'draft', 'returned'),
  'POST /api/requests/{reference}/withdraw': whileIn('a', 'draft', 'submitted', 'returned'),
  'POST /api/requests/{reference}/return': whileIn(offices, 'submitted'),
  'PUT /api/requests/{reference}/host': whileIn('c', 'submitted'),
  'GET /api/requests/{reference}/assessment': all(offices),
  ...Object.fromEntries(
    questionKeys.map((key) => [
      `PUT /api/requests/{reference}/assessment/${key}`,
      whileIn(answering[question(key).office], 'submitted'),
    ]),
  ),
  'GET /api/requests/{reference}/discussion': all(offices),
  // The body speaks for Legal, the next for Children’s Services, and the one after for Democratic Services.
  'POST /api/requests/{reference}/discussion': whileIn('l', 'submitted'),
  // The body speaks for Legal.
  'POST /api/requests/{reference}/lifts': whileIn('l', 'submitted'),
  'POST /api/requests/{reference}/sign-offs': whileIn('c', 'submitted'),
  'POST /api/requests/{reference}/sign-offs/{office}/withdraw': whileIn('d', 'submitted'),
  'POST /api/requests/{reference}/decision': whileIn('l', 'submitted'),
  'POST /api/requests/{reference}/hearing': whileIn('l', 'submitted'),
  'POST /api/requests/{reference}/hearing/answer': whileIn('a', 'submitted'),
  'POST /api/requests/{reference}/review': whileIn('a', 'refused'),
  'POST /api/requests/{reference}/review/reviewer': whileIn('d', 'refused'),
  'POST /api/requests/{reference}/review/decision': whileIn('m', 'refused'),
  'POST /api/requests/{reference}/direction': whileIn('m', 'refused', 'time_passed'),
  'POST /api/requests/{reference}/direction/carried-out': whileIn('l', 'submitted'),
  'PUT /api/requests/{reference}/statutory-right': whileIn('l', 'submitted', 'returned'),
  'POST /api/requests/{reference}/statutory-right/confirm': whileIn('cd', 'submitted', 'returned'),
  'POST /api/requests/{reference}/statutory-right/review': whileIn('a', 'submitted', 'returned'),
  'POST /api/requests/{reference}/statutory-right/review/decision': whileIn('m', 'submitted', 'returned'),
  'POST /api/requests/{reference}/releases': whileIn('c', 'submitted', 'returned', 'approved'),
};

/** The grant is the one of the other member; of the visits the councillor is the chair. */
const afterApproval: Readonly<Record<string, Row>> = {
  'GET /api/grants/{id}': all('ocdlmhpi'),
  'POST /api/grants/{id}/revoke': only('cdlhp', 'ocdlmhpi'),
  'POST /api/grants/{id}/confirm-freeze': only('p', 'ocdlmhpi'),
  'POST /api/grants/{id}/release': only('p', 'ocdlmhpi'),
  'POST /api/grants/{id}/conditions/{condition}': only('ch', 'ocdlmhpi'),
  'POST /api/grants/{id}/visits': only('ch', 'ocdlmhpi'),
  'GET /api/visits': all(everybody),
  'GET /api/visits/{id}': all(readers),
  'PATCH /api/visits/{id}': only('ch', readers),
  'POST /api/visits/{id}/cancel': only('ch', readers),
  'PUT /api/visits/{id}/checks/connection': only('ch', readers),
  'PUT /api/visits/{id}/checks/agreements': only('ch', readers),
  'PUT /api/visits/{id}/checks/legal_bars': only('chl', readers),
  'POST /api/visits/{id}/attendance': only('ch', readers),
  'POST /api/visits/{id}/confirm': only('a', readers),
  'POST /api/visits/{id}/questions': only('a', readers),
  'POST /api/questions/{id}/response': only('c', readers),
  'GET /api/incidents': all(everybody),
  'POST /api/incidents': only('cdlmhp'),
  'GET /api/incidents/{id}': all('ocdlmhpi'),
  'POST /api/incidents/{id}/cases': only('ch', 'ocdlmhpi'),
  'POST /api/incidents/{id}/hearing': only('p', 'ocdlmhpi'),
  'POST /api/incidents/{id}/hearing/answer': only('o', 'ocdlmhpi'),
  'POST /api/incidents/{id}/assessment': only('p', 'ocdlmhpi'),
  'POST /api/incidents/{id}/close': only('p', 'ocdlmhpi'),
  'POST /api/disclosures/search': only('cp'),
};

const kept: Readonly<Record<string, Row>> = {
  'GET /api/redactions': all(everybody),
  'POST /api/redactions': all(everybody),
  'GET /api/redactions/{id}': all('cdlmp'),
  'POST /api/redactions/{id}/confirm': only('cdlmp', 'cdlmp'),
  'POST /api/redactions/{id}/put-back': only('p', 'cdlmp'),
  'GET /api/holds': all('dlmp'),
  'POST /api/holds': only('lmp', 'dlmp'),
  'POST /api/holds/{id}/lift': only('lmp', 'dlmp'),
  'GET /api/retention': all('dp'),
  'GET /api/disposals': all('dlmpi'),
  'POST /api/disposals': only('d', 'dp'),
  'GET /api/disposals/{id}': all('dlmpi'),
  // Democratic Services proposed it: a second person confirms.
  'POST /api/disposals/{id}/confirm': only('p', 'dlmpi'),
  'POST /api/disposals/{id}/withdraw': only('dp', 'dlmpi'),
  'GET /api/councillors/{id}/subject-access': only('dp'),
  'GET /api/councillors': all(everybody),
  'GET /api/councillors/{id}': all('ad'),
  'POST /api/councillors': only('d'),
  'PATCH /api/councillors/{id}': only('d', 'ad'),
  'POST /api/councillors/{id}/gone': only('d', 'ad'),
  'POST /api/councillors/{id}/appointments': only('d', 'ad'),
  'PATCH /api/councillors/{id}/appointments/{appointment}': only('d', 'ad'),
  'POST /api/councillors/{id}/training': only('d', 'ad'),
  'POST /api/councillors/import': only('d'),
  'POST /api/councillors/invite': only('d'),
  'GET /api/audit': all('di'),
  'GET /api/audit/checkpoint': all('di'),
  'GET /api/audit/entries/{index}/proof': all('di'),
  'GET /api/audit/editions/{edition}': all('di'),
  'GET /api/audit/consistency': all('di'),
  'GET /api/audit/bundle': all('di'),
};

const run: Readonly<Record<string, Row>> = {
  'POST /api/requests': only('ao'),
  'GET /api/requests': all(everybody),
  'GET /api/observation-types': all(everybody),
  'GET /api/working-days': all(everybody),
  'POST /api/need-to-know/preview': only(offices),
  'GET /api/protocol': all(everybody),
  'POST /api/protocol': only('d'),
  'GET /api/leaflets': all(everybody),
  'GET /api/findings': all('m'),
  'POST /api/councillors/{id}/findings': only('m', 'adm'),
  'POST /api/leaflets/{leaflet}': only('dp'),
  'POST /api/protocol/acceptance': only('ao'),
  'GET /api/programmes': all(everybody),
  'GET /api/programmes/{id}': all(everybody),
  'POST /api/programmes': only('d'),
  'POST /api/deputies': only('d'),
  'POST /api/delegations': only('d'),
  // Of somebody else; one’s own is anybody’s to record.
  'POST /api/absences': only('d'),
  'POST /api/conflicts': only('d'),
  'GET /api/conflicts': all(everybody),
  'GET /api/conflicts/{id}': all('dlm'),
  'POST /api/conflicts/{id}/contest': only('l', 'dlm'),
  'POST /api/conflicts/{id}/settle': only('m', 'dlm'),
  'POST /api/conflicts/{id}/end': only('dm', 'dlm'),
  'GET /api/settings': all('cdlmhpin'),
  'PATCH /api/settings': only('d', 'cdlmhpin'),
  'POST /api/settings/bank-holidays': only('d', 'cdlmhpin'),
  'GET /api/operations': all('dn'),
  'GET /api/set-up': all('dmn'),
  'GET /api/leavers': all('cdn'),
  'POST /api/messages/{id}/send-again': only('d', 'dn'),
};

const accounts: Readonly<Record<string, Row>> = {
  'GET /api/me': all(everybody),
  'POST /api/session/step-up': all(everybody),
  'POST /api/me/password': all(everybody),
  'GET /api/me/codes': all(everybody),
  'POST /api/me/codes': all(everybody),
  'POST /api/me/codes/confirm': all(everybody),
  'POST /api/me/codes/recovery': all(everybody),
  'GET /api/me/passkeys': all(everybody),
  'POST /api/me/passkeys/options': all(everybody),
  'POST /api/me/passkeys': all(everybody),
  // Nobody’s.
  'DELETE /api/me/passkeys/{id}': all(''),
  'POST /api/session/step-up/options': all(everybody),
  'GET /api/me/sessions': all(everybody),
  'GET /api/me/calendar': all(everybody),
  'PUT /api/me/calendar': all(everybody),
  // Nobody has an address to end.
  'DELETE /api/me/calendar': all(''),
  // Somebody else’s.
  'DELETE /api/me/sessions/{id}': all(''),
  'GET /api/me/reminders': all(everybody),
  'PUT /api/me/reminders': all(everybody),
  'GET /api/tokens': all('din'),
  // Of the trail.
  'POST /api/tokens': only('i'),
  // Democratic Services made it.
  'DELETE /api/tokens/{id}': all('dn'),
  'GET /api/people': all('dmn'),
  'POST /api/people': only('n'),
  'GET /api/people/{id}': all('mn'),
  'PATCH /api/people/{id}': only('n', 'mn'),
  'POST /api/people/{id}/offices': only('n', 'mn'),
  'PATCH /api/people/{id}/offices/{holding}': only('n', 'mn'),
  // The administrator gave it: a second person confirms.
  'POST /api/people/{id}/offices/{holding}/confirm': only('m', 'mn'),
  'POST /api/people/{id}/codes/removal': only('n', 'mn'),
  'DELETE /api/people/{id}/codes/removal': only('n', 'mn'),
  // The administrator has asked for it.
  'POST /api/people/{id}/codes/removal/confirm': only('m', 'mn'),
  'POST /api/people/{id}/address': only('n', 'mn'),
  'DELETE /api/people/{id}/address': only('n', 'mn'),
  // The administrator has asked for it.
  'POST /api/people/{id}/address/confirm': only('m', 'mn'),
  'POST /api/people/{id}/invite': only('n', 'mn'),
  'POST /api/people/{id}/suspend': only('n', 'mn'),
  'POST /api/people/{id}/restore': only('n', 'mn'),
  'POST /api/people/{id}/sign-out': only('n', 'mn'),
};

export const routeRows: Readonly<Record<string, Row>> = {
  ...ofRequests,
  ...afterApproval,
  ...kept,
  ...run,
  ...accounts,
};

/** Routes that no office makes a difference to, each with its reason. */
export const apart: Readonly<Record<string, string>> = {
  'POST /api/session': 'it is how one signs in',
  'POST /api/session/passkey': 'it is another way to sign in',
  'POST /api/session/passkey/options': 'it asks a browser for a passkey to sign in with',
  'DELETE /api/session': 'it ends the session that asks, whose ever it is',
  'POST /api/password': 'the link in it says who asks',
  'POST /api/password/forgotten': 'anybody asks, and learns nothing',
  'GET /api/openapi.json': 'the contract is public',
  'GET /api/docs': 'the contract is public',
  'GET /api/docs/{file}': 'the contract is public',
};
