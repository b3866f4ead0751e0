/** How people meet the commands that lead to a decision. */
import {
  carryOut,
  confirmMeeting,
  decide,
  discuss,
  signOff,
  withdrawSignOff,
} from '../../policies/decision/commands.js';
import { orderStands } from '../../policies/request/reviewed.js';
import { offered } from '../case/offered.js';
import { whileOpen } from '../case/while-open.js';
import { paths } from '../web/paths.js';
import { z } from 'zod';
import type { Office } from '../../policies/core/office.js';
import { requestParams } from '../request/bodies.js';
import { uuid } from '../web/schema/schemas.js';
import {
  arrangementsBody,
  confirmationBody,
  decisionBody,
  discussionBody,
  signOffBody,
  twoOffices,
  withdrawalBody,
} from './bodies.js';

export const discussHere = offered(discuss, {
  says: 'Speak in the discussion',
  at: paths.discussion,
  explains: whileOpen,
  params: requestParams,
  body: discussionBody,
  api: ['POST', '/api/requests/{reference}/discussion'],
});

/** Each meeting in which an office of theirs is named has a place of its own: it is reached from the discussion. */
export const confirmMeetingHere = offered(confirmMeeting, {
  says: 'Say whether your office was at a meeting',
  at: paths.confirmMeeting,
  params: z.strictObject({ ...requestParams.shape, entry: uuid }),
  body: confirmationBody,
  api: ['POST', '/api/requests/{reference}/discussion/{entry}/confirm'],
});

const params = z.strictObject({ ...requestParams.shape, office: twoOffices });

const textOf = ({ office }: { readonly office?: Office | undefined }): string =>
  office === 'childrens_services' ? 'Children’s Services' : 'Democratic Services';

/** Each of the two offices signs for itself. */
export const signHere = offered(signOff, {
  says: (_file, given) => `Sign for ${textOf(given)}`,
  at: paths.sign,
  names: ({ row }, { office = '' }) => [row.reference, office],
  each: (_file, given) => twoOffices.options.map((office) => ({ ...given, office })),
  explains: whileOpen,
  params,
  body: signOffBody,
  // The office is in what is sent.
  api: ['POST', '/api/requests/{reference}/sign-offs'],
});

/** And takes its own sign-off back. */
export const withdrawSignOffHere = offered(withdrawSignOff, {
  says: (_file, given) => `Withdraw the sign-off of ${textOf(given)}`,
  at: paths.withdrawSignOff,
  names: ({ row }, { office = '' }) => [row.reference, office],
  each: ({ row }, given) =>
    twoOffices.options
      .filter((office) => row.seats.some((seat) => seat.office === office))
      .map((office) => ({ ...given, office })),
  explains: whileOpen,
  params,
  body: withdrawalBody,
  api: ['POST', '/api/requests/{reference}/sign-offs/{office}/withdraw'],
});

export const decideHere = offered(decide, {
  says: 'Decide for Legal',
  at: paths.decide,
  each: (_file, given) => [{ ...given, office: 'legal' }],
  explains: whileOpen,
  params: requestParams,
  body: decisionBody,
  api: ['POST', '/api/requests/{reference}/decision'],
});

export const carryOutHere = offered(carryOut, {
  says: 'Carry out the order',
  at: paths.carryOut,
  each: (_file, given) => [{ ...given, office: 'legal' }],
  explains: (file) => whileOpen(file) && orderStands(file.row),
  params: requestParams,
  body: arrangementsBody,
  api: ['POST', '/api/requests/{reference}/direction/carried-out'],
});
