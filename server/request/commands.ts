/** How people meet the commands on a request. */
import { draft, edit, nameHost, returnToCouncillor, withdraw } from '../../policies/request/commands.js';
import type { RequestStatus } from '../../policies/request/request.js';
import { offered } from '../case/offered.js';
import { paths } from '../web/paths.js';
import { whileOpen as told } from '../case/while-open.js';

/** The same page serves to go on, to answer and to change. */
const editText: Readonly<Partial<Record<RequestStatus, string>>> = {
  draft: 'Go on with this request, or hand it in',
  returned: 'Answer the questions and hand it in again',
};

export const editHere = offered(edit, {
  says: ({ row }) => editText[row.status] ?? 'Change what you ask for',
  at: ({ row }) => paths.check(row.reference),
  told,
});

/** A further stage of a child's journey: offered where nothing keeps this one from being continued. */
export const furtherStageHere = offered(draft, {
  says: 'Ask for a further stage',
  at: ({ row }) => paths.furtherStage(row.reference),
  each: (_file, given) => [{ ...given, continues: true }],
  told: () => false,
});

export const withdrawHere = offered(withdraw, {
  says: 'Take this request back',
  at: ({ row }) => paths.withdraw(row.reference),
  told,
});

export const nameHostHere = offered(nameHost, {
  says: 'Name the host',
  at: ({ row }) => paths.host(row.reference),
  told,
});

export const returnHere = offered(returnToCouncillor, {
  says: 'Return it with questions',
  at: ({ row }) => paths.return(row.reference),
  told,
});
