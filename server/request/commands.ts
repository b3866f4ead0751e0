/** How people meet the commands on a request. */
import {
  draft,
  edit,
  nameHost,
  returnToCouncillor,
  submit,
  withdraw,
} from '../../policies/request/commands.js';
import type { RequestStatus } from '../../policies/request/request.js';
import { lineTo, offered } from '../case/offered.js';
import { paths } from '../web/paths.js';
import { hostBody, requestParams, returnBody, versionBody } from './bodies.js';
import { whileOpen } from '../case/while-open.js';

/** The same page serves to go on, to answer and to change. */
const editText: Readonly<Partial<Record<RequestStatus, string>>> = {
  draft: 'Go on with this request, or hand it in',
  returned: 'Answer the questions and hand it in again',
};

export const editHere = lineTo(edit, {
  says: ({ row }) => editText[row.status] ?? 'Change what you ask for',
  at: paths.check,
  explains: whileOpen,
});

/** A further stage of a child's journey: offered where nothing keeps this one from being continued. */
export const furtherStageHere = lineTo(draft, {
  says: 'Ask for a further stage',
  at: paths.furtherStage,
  each: (_file, given) => [{ ...given, continues: true }],
});

/** Handing it in, from the page that shows the whole of it. */
export const submitHere = offered(submit, {
  says: 'Hand this request in',
  at: paths.check,
  params: requestParams,
  body: versionBody,
  api: ['POST', '/api/requests/{reference}/submit'],
});

export const withdrawHere = offered(withdraw, {
  says: 'Take this request back',
  at: paths.withdraw,
  explains: whileOpen,
  params: requestParams,
  body: versionBody,
  api: ['POST', '/api/requests/{reference}/withdraw'],
});

export const nameHostHere = offered(nameHost, {
  says: 'Name the host',
  at: paths.host,
  explains: whileOpen,
  params: requestParams,
  body: hostBody,
  api: ['PUT', '/api/requests/{reference}/host'],
});

export const returnHere = offered(returnToCouncillor, {
  says: 'Return it with questions',
  at: paths.return,
  explains: whileOpen,
  params: requestParams,
  body: returnBody,
  api: ['POST', '/api/requests/{reference}/return'],
});
