/** Who opens each page: a page for a command opens to those who may give it, and any other to those who read it. */
import { all, everybody, offices, only, readers, whileIn, type Row } from './row.js';

const editing = whileIn('a', 'draft', 'submitted', 'returned');

const ofRequests: Readonly<Record<string, Row>> = {
  '/requests': all(everybody),
  '/requests/new': all(everybody),
  ...Object.fromEntries(
    ['type', 'role', 'authority', 'necessity', 'alternatives', 'window', 'declarations', 'papers'].map(
      (step) => [`/requests/:reference/ask/${step}`, editing],
    ),
  ),
  '/requests/:reference': all(readers),
  '/requests/:reference/check': editing,
  '/requests/:reference/submitted': only('a', readers),
  '/requests/:reference/withdraw': editing,
  '/requests/:reference/test': all(offices),
  '/requests/:reference/test/:question': only('l', offices),
  '/requests/:reference/discussion': all(offices),
  '/requests/:reference/discussion/meeting': only(offices, readers),
  '/requests/:reference/sign/:office': only('d', readers),
  '/requests/:reference/sign/:office/withdraw': only('d', readers),
  '/requests/:reference/decide': only('l', readers),
  '/requests/:reference/notice': {
    ...all('acdlmpi'),
    in: ['approved', 'refused'],
    otherwise: 'nothing there',
  },
  '/requests/:reference/return': only(offices, readers),
  '/requests/:reference/host': only('c', readers),
  '/requests/:reference/review': only('a', readers),
  '/requests/:reference/review/decide': only('m', readers),
  '/requests/:reference/review/name': only('d', readers),
  '/requests/:reference/direction': only('m', readers),
  // None of these is an inspection of documents, or a stage of a child’s journey.
  '/requests/:reference/right': whileIn('l'),
  '/requests/:reference/papers': whileIn('c'),
  '/requests/:reference/further-stage': whileIn('a'),
};

const afterApproval: Readonly<Record<string, Row>> = {
  '/visits': all(everybody),
  '/grants/:id': all('ocdlmhpi'),
  '/grants/:id/visits/new': only('ch', 'ocdlmhpi'),
  '/grants/:id/revoke': only('cdlhp', 'ocdlmhpi'),
  '/grants/:id/release': only('p', 'ocdlmhpi'),
  '/grants/:id/conditions/:condition': only('ch', 'ocdlmhpi'),
  '/visits/:id': all(readers),
  '/visits/:id/change': only('ch', readers),
  '/visits/:id/cancel': only('ch', readers),
  '/visits/:id/checks/:question': only('ch', readers),
  '/visits/:id/attendance': only('ch', readers),
  '/visits/:id/confirm': only('a', readers),
  '/visits/:id/ask': only('a', readers),
  '/questions/:id/respond': only('c', readers),
  '/incidents': all(everybody),
  // An auditor may be named as a host, and then reports what happened there.
  '/incidents/new': only('cdlmhpi'),
  '/incidents/:id': all('ocdlmhpi'),
  '/incidents/:id/close': only('p', 'ocdlmhpi'),
  '/disclosures': only('cdp'),
};

const kept: Readonly<Record<string, Row>> = {
  '/councillors': all('aofd'),
  '/councillors/new': only('d'),
  '/councillors/import': only('d'),
  '/councillors/invite': only('d'),
  '/councillors/import/check': only('d'),
  '/councillors/import/done': only('d'),
  '/councillors/:id': all('ad'),
  '/councillors/:id/change': only('d', 'ad'),
  '/councillors/:id/defeat': only('d', 'ad'),
  '/councillors/:id/appointments/new': only('d', 'ad'),
  '/councillors/:id/appointments/:appointment/end': only('d', 'ad'),
  '/councillors/:id/training/new': only('d', 'ad'),
  '/councillors/:id/gone': only('d', 'ad'),
  '/retention': all('dp'),
  '/retention/disposals': all('dlmpi'),
  '/retention/disposals/:id': all('dlmpi'),
  '/retention/disposals/:id/confirm': only('dp', 'dlmpi'),
  '/retention/disposals/:id/withdraw': only('dp', 'dlmpi'),
  '/retention/holds': all('dlmp'),
  '/retention/holds/new': only('lmp', 'dlmp'),
  '/retention/holds/:id/lift': only('lmp', 'dlmp'),
  '/retention/subject-access': only('dp'),
  '/retention/subject-access/:id': only('dp'),
  '/trail': all('di'),
  '/trail/entries/:index': all('di'),
  '/trail/editions/:edition': all('di'),
  '/trail/checkpoint': all('di'),
  '/trail/evidence': all('di'),
};

const run: Readonly<Record<string, Row>> = {
  '/protocol': all(everybody),
  '/protocol/new': only('d'),
  '/programmes': all(everybody),
  '/programmes/new': only('d'),
  '/programmes/:id': all(everybody),
  '/standby': all(everybody),
  '/standby/absence': all(everybody),
  '/standby/deputy': only('d'),
  '/standby/conflict': all(everybody),
  '/settings': all('cdlmhpin'),
  ...Object.fromEntries(
    ['deadlines', 'names', 'retention', 'types/:type', 'calendar', 'calendar/import', 'calendar/check'].map(
      (page) => [`/settings/${page}`, only('d', 'cdlmhpin')],
    ),
  ),
  '/operations': all('dn'),
  '/set-up': all('dmn'),
  '/leavers': all('cdn'),
  '/done/:key': all(everybody),
};

const accounts: Readonly<Record<string, Row>> = {
  '/account': all(everybody),
  '/prove': all(everybody),
  '/account/codes': all(everybody),
  '/account/codes/set-up': all(everybody),
  '/account/codes/recovery': all(everybody),
  '/account/sessions': all(everybody),
  '/account/calendar': all(everybody),
  '/reminders': all(everybody),
  '/tokens': all('din'),
  '/tokens/new': only('di'),
  '/tokens/:id/revoke': all('dn'),
  '/people': all('dmn'),
  '/people/new': only('n'),
  '/people/:id': all('mn'),
  '/people/:id/offices/:holding/confirm': only('mn', 'mn'),
  '/people/:id/codes/removal/confirm': only('mn', 'mn'),
  ...Object.fromEntries(
    [
      'change',
      'offices/new',
      'offices/:holding/end',
      'invite',
      'sign-out',
      'suspend',
      'restore',
      'codes/removal',
      'codes/removal/withdraw',
    ].map((page) => [`/people/:id/${page}`, only('n', 'mn')]),
  ),
};

export const pageRows: Readonly<Record<string, Row>> = {
  ...ofRequests,
  ...afterApproval,
  ...kept,
  ...run,
  ...accounts,
};
