/** Every command, by the kind of thing it is about, in the order in which a `can` names them. */
import { askAddressChange, confirmAddressChange, withdrawAddressChange } from '../address/commands.js';
import {
  createAccount,
  invite,
  inviteMembers,
  restore,
  signOutPerson,
  suspend,
} from '../account/commands.js';
import { confirmRequirement, endRequirement, recordRequirement } from '../audit-requirement/commands.js';
import { contestConflict, endConflict, recordConflict, settleConflict } from '../conflict/commands.js';
import { carryOut, confirmMeeting, decide, discuss, signOff, withdrawSignOff } from '../decision/commands.js';
import { confirmFreeze, markCondition, release, revoke } from '../grant/commands.js';
import {
  addCase,
  answerAllegation,
  assessBreach,
  close,
  report,
  tellAllegation,
} from '../incident/commands.js';
import { answer, liftRule } from '../need-to-know/commands.js';
import { sendAgain } from '../operations/commands.js';
import { addPerson, changePerson } from '../people/commands.js';
import { confirmOffice, endOffice, giveOffice } from '../office/commands.js';
import {
  askRightReview,
  confirmRight,
  decideRightReview,
  recordRight,
  releasePapers,
} from '../papers/commands.js';
import { addPasskey, removePasskey, usePasskey } from '../passkey/commands.js';
import {
  askCodesRemoval,
  beginCodes,
  confirmCodes,
  confirmCodesRemoval,
  makeRecoveryCodes,
  withdrawCodesRemoval,
} from '../proof/commands.js';
import { openProgramme } from '../programme/commands.js';
import { recordFinding } from '../finding/commands.js';
import { publishLeaflet } from '../leaflet/commands.js';
import { accept, publish } from '../protocol/commands.js';
import { keepRegister } from '../register/commands.js';
import { draft, edit, nameHost, returnToCouncillor, submit, withdraw } from '../request/commands.js';
import { lift, place } from '../legal-hold/commands.js';
import { confirmCorrection, correct, refuseCorrection, withdrawCorrection } from '../correction/commands.js';
import { confirmRedaction, putBack, reportText } from '../redaction/commands.js';
import { confirmDisposal, propose, withdrawDisposal } from '../retention/commands.js';
import {
  acceptLate,
  answerGist,
  askReview,
  decideReview,
  direct,
  nameReviewer,
  remitUnasked,
  tellGist,
} from '../review/commands.js';
import { keepSettings } from '../settings/commands.js';
import { ask, respond } from '../question/commands.js';
import { recordAbsence, recordDelegation, recordDeputy } from '../standby/commands.js';
import { extendAccess, markPassage, recordAccess, releaseAccess } from '../subject-access/commands.js';
import { makeToken, revokeToken } from '../token/commands.js';
import { cancel, check, confirm, move, planVisit, recordAttendance } from '../visit/commands.js';

export const requestCommands = [
  edit,
  submit,
  withdraw,
  returnToCouncillor,
  nameHost,
  answer,
  liftRule,
  discuss,
  confirmMeeting,
  signOff,
  withdrawSignOff,
  tellGist,
  answerGist,
  decide,
  carryOut,
  askReview,
  nameReviewer,
  acceptLate,
  decideReview,
  remitUnasked,
  direct,
  recordRight,
  confirmRight,
  askRightReview,
  decideRightReview,
  releasePapers,
] as const;

export const grantCommands = [planVisit, revoke, markCondition, confirmFreeze, release] as const;
export const visitCommands = [move, cancel, check, recordAttendance, confirm, ask, respond] as const;
export const incidentCommands = [addCase, tellAllegation, answerAllegation, assessBreach, close] as const;
export const holdCommands = [lift] as const;
export const protocolCommands = [accept, publish] as const;
export const disposalCommands = [confirmDisposal, withdrawDisposal] as const;

export const conflictCommands = [contestConflict, settleConflict, endConflict] as const;
export const correctionCommands = [confirmCorrection, refuseCorrection, withdrawCorrection] as const;

export const redactionCommands = [confirmRedaction, putBack] as const;

export const accessCommands = [markPassage, extendAccess, releaseAccess] as const;

export const requirementCommands = [confirmRequirement, endRequirement] as const;

export const personCommands = [
  changePerson,
  giveOffice,
  invite,
  suspend,
  restore,
  signOutPerson,
  askCodesRemoval,
  withdrawCodesRemoval,
  confirmCodesRemoval,
  askAddressChange,
  withdrawAddressChange,
  confirmAddressChange,
] as const;
export const officeCommands = [confirmOffice, endOffice] as const;
export const tokenCommands = [revokeToken] as const;

/** Commands on things that do not exist yet, or on a record as a whole: no row names them in its `can`. */
const besides = [
  draft,
  report,
  place,
  propose,
  reportText,
  recordAccess,
  recordRequirement,
  correct,
  recordDeputy,
  recordDelegation,
  recordAbsence,
  recordConflict,
  keepRegister,
  inviteMembers,
  keepSettings,
  sendAgain,
  openProgramme,
  createAccount,
  addPerson,
  beginCodes,
  confirmCodes,
  makeRecoveryCodes,
  addPasskey,
  removePasskey,
  usePasskey,
  makeToken,
  publishLeaflet,
  recordFinding,
] as const;

export const everyCommand = [
  ...requestCommands,
  ...grantCommands,
  ...visitCommands,
  ...incidentCommands,
  ...holdCommands,
  ...disposalCommands,
  ...redactionCommands,
  ...conflictCommands,
  ...accessCommands,
  ...requirementCommands,
  ...correctionCommands,
  ...protocolCommands,
  ...personCommands,
  ...officeCommands,
  ...tokenCommands,
  ...besides,
] as const;
export type EveryCommand = (typeof everyCommand)[number];

/** The names of commands, in their order. */
export const namesOf = <const C extends readonly { readonly name: string }[]>(
  commands: C,
): readonly C[number]['name'][] => commands.map(({ name }) => name);

export type CommandName = (typeof requestCommands)[number]['name'];
export const commandNames: readonly CommandName[] = namesOf(requestCommands);

const commandsAfterApproval = [...grantCommands, ...visitCommands, ...incidentCommands] as const;
/** The commands on a grant, a visit, a question or an incident. */
export type CommandNameAfterApproval = (typeof commandsAfterApproval)[number]['name'];
export const commandNamesAfterApproval: readonly CommandNameAfterApproval[] = namesOf(commandsAfterApproval);
