import type { CaseFile } from '../../../policies/case/case-file.js';
import type { Ctx } from '../../case/ctx.js';
import { linesOf, type ActionLine } from '../../case/offered.js';
import {
  carryOutHere,
  decideHere,
  discussHere,
  signHere,
  withdrawSignOffHere,
} from '../../decision/commands.js';
import { answerHere, liftHere } from '../../need-to-know/commands.js';
import {
  askRightReviewHere,
  confirmRightHere,
  decideRightReviewHere,
  papersHere,
  rightHere,
} from '../../papers/commands.js';
import {
  acceptLateHere,
  answerGistHere,
  tellGistHere,
  askReviewHere,
  decideReviewHere,
  directHere,
  nameReviewerHere,
  remitUnaskedHere,
} from '../../review/commands.js';
import { editHere, furtherStageHere, nameHostHere, returnHere, withdrawHere } from '../commands.js';

/** What this person can do with a request now, and what they cannot do yet, with the reason. */
export const presentActions = (ctx: Ctx, file: CaseFile): ActionLine[] =>
  linesOf(
    ctx,
    [
      editHere,
      furtherStageHere,
      withdrawHere,
      nameHostHere,
      answerHere,
      liftHere,
      discussHere,
      returnHere,
      signHere,
      withdrawSignOffHere,
      rightHere,
      confirmRightHere,
      askRightReviewHere,
      decideRightReviewHere,
      papersHere(file),
      tellGistHere,
      answerGistHere,
      decideHere,
      carryOutHere,
      askReviewHere,
      acceptLateHere,
      decideReviewHere,
      nameReviewerHere,
      remitUnaskedHere,
      directHere,
    ],
    file,
    {},
  );
