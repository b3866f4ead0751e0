import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import { writeLast } from '../../db/core/closing.js';
import { inTransaction } from '../../db/core/connection.js';
import { together } from '../../db/core/together.js';
import { puttingAnswer } from '../../db/need-to-know/assessments.js';
import * as requests from '../../db/request/requests.js';
import { endingHearing } from '../../db/review/hearings.js';
import * as signOffs from '../../db/decision/sign-offs.js';
import { dueOf } from '../../policies/request/clock.js';
import { permit } from '../../policies/permission/permit.js';
import { answer as command } from '../../policies/need-to-know/commands.js';
import { foreignItems, type Answer } from '../../policies/need-to-know/answers.js';
import type { LawfulBasis } from '../../policies/need-to-know/lawful-basis.js';
import type { GivenAnswer } from '../../policies/need-to-know/given.js';
import { question, type QuestionKey } from '../../policies/need-to-know/questions.js';
import { endedAt, isMoot } from '../../policies/decision/hearing.js';
import { seatsVoided, signOffEnded } from '../../policies/decision/notices.js';
import type { Acting } from '../../policies/people/actor.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import type { LiveSeat } from '../../policies/request/live-seat.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { invalid } from '../../policies/core/rules.js';
import { assertNoReasonOfRefusal } from '../../policies/visit/visiting.js';
import { endLifts } from './follows/end-lifts.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { keepReading } from '../case/keeps-reading.js';
import { screened, textOfAnswer } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';

/**
 * The office of a question answers it, or confirms an answer that was carried over. An answer that
 * contradicts the register is refused; a changed answer voids the version's sign-offs.
 */
export const answerQuestion = (
  ctx: Ctx,
  reference: string,
  key: QuestionKey,
  version: number,
  answer: Answer,
): Promise<CaseFile> => {
  screened(ctx, textOfAnswer(answer));
  assertNoReasonOfRefusal(key, answer);
  return inTransaction(ctx.db, async (trx) => {
    const { file, record: known, after } = await holdCase(trx, ctx, reference);
    const { row, at } = file;
    const { office } = question(key);
    const acting = permit(command, ctx, file, { version, office, answered: { question: key, answer } });
    const foreign = row.observationType ? foreignItems(key, row.observationType, answer, '') : [];
    if (foreign.length > 0) throw invalid('type_items', foreign);

    const before = known.given.find((given) => given.question === key);
    const same =
      before !== undefined &&
      isDeepStrictEqual(before.answer, answer.answer) &&
      isDeepStrictEqual(before.reason, answer.reason) &&
      isDeepStrictEqual(before.basis, answer.basis);
    const changed = before !== undefined && !same;
    if (same && before.confirmed) {
      // Nothing changes, and yet the test is shown: that is a reading.
      record(trx, ctx, acting, { type: 'assessment.read', subject: reference, decision: { version } });
      return file;
    }

    const given: GivenAnswer = {
      question: key,
      ...answer,
      confirmed: true,
      by: ctx.actor.name,
      office,
      capacity: acting.capacity,
      at,
    };
    const putting = puttingAnswer(trx, row, given, ctx.actor.id);
    record(trx, ctx, acting, {
      type: 'request.answered',
      subject: reference,
      decision: {
        version,
        question: key,
        answer: coded(answer),
        changed,
        ...(answer.basis === undefined ? {} : { basis: codesOf(answer.basis) }),
      },
      reasons: reasonsOf(answer),
    });
    const endsLifts = row.lifts.length > 0 && changed;
    const givenAfter = [...known.given.filter((each) => each.question !== key), given];
    const endsHearing = isMoot({
      row,
      assessment: { given: givenAfter },
      upheldFinding: file.upheldFinding,
    });
    const voids = (row.seats.length > 0 && !same) || endsLifts || endsHearing;
    if (!voids) {
      writeLast(trx, putting);
      keepReading(trx, ctx, row);
      return after({
        row: { ...row, actedBy: [...new Set([...row.actedBy, ctx.actor.id])] },
        given: givenAfter,
      });
    }
    // At once, since the file that the answer is made from is read again.
    await together(trx, [
      putting,
      requests.saving(trx, row.id, {
        actedBy: ctx.actor.id,
        ...(endsHearing && { dueOn: dueGoingOn(ctx, row, at) }),
      }),
      ...(endsHearing ? [endingHearing(trx, row, at)] : []),
    ]);
    if (endsLifts) await endLifts(trx, ctx, acting, row, 'answer_changed');
    const voided =
      row.seats.length > 0 ? await signOffs.voidSeats(trx, row, { at, because: 'answer_changed' }) : [];
    if (voided.length > 0) recordVoided(trx, ctx, acting, file, voided);
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};

/** By when it is due once the pause of a hearing that came to nothing is over. */
const dueGoingOn = ({ settings }: Ctx, row: ObservationRequest, at: Date): string | null =>
  dueOf(settings, { ...row, pauses: endedAt(row.pauses ?? [], at) })?.at ?? null;

/** Notifies the people whose sign-offs are void; and Legal, if it was asked to decide. */
const recordVoided = (
  trx: Knex.Transaction,
  ctx: Ctx,
  acting: Acting,
  { row }: CaseFile,
  voided: readonly Pick<LiveSeat, 'office' | 'personId'>[],
): void => {
  const { reference, version } = row;
  const entry = record(trx, ctx, acting, {
    type: 'request.seats_voided',
    subject: reference,
    decision: {
      version,
      offices: voided.map(({ office }) => office).toSorted(),
      because: 'answer_changed',
    },
  });
  const due = dueOf(ctx.settings, row)?.at ?? null;
  const people = voided.map(({ personId }) => personId);
  notify(trx, ctx, entry, seatsVoided(reference, people, due));
  // Both had signed, so Legal was asked to decide; now it can no longer.
  if (voided.length > 1) notify(trx, ctx, entry, signOffEnded(reference, ['legal'], due));
};

/** The answer's coded values; a lawful route is free text and goes with the reasons. */
const coded = ({ answer }: Answer): string | Record<string, string> | string[] => {
  if (typeof answer === 'string') return answer;
  return Array.isArray(answer)
    ? answer.map(({ bar }) => bar as string)
    : { ...(answer as Record<string, string>) };
};

/** The coded fields of a basis, as the trail writes codes: `6.1.e`. The title of a document goes with the reasons. */
const codesOf = ({ policyDocument: _title, ...codes }: LawfulBasis): Record<string, string> =>
  Object.fromEntries(
    Object.entries(codes).flatMap(([field, code]) =>
      code === undefined ? [] : [[field, String(code).replaceAll('(', '.').replaceAll(')', '')]],
    ),
  );

const reasonsOf = ({ answer, reason, basis }: Answer): string | undefined => {
  const routes = Array.isArray(answer)
    ? answer.flatMap(({ bar, lawfulRoute }) => (lawfulRoute ? [`${bar}: ${lawfulRoute}`] : []))
    : [];
  const reasons =
    typeof reason === 'object'
      ? Object.entries(reason).map(([item, text]) => `${item}: ${text}`)
      : [reason ?? ''];
  return [...routes, ...reasons, basis?.policyDocument ?? ''].filter(Boolean).join('\n') || undefined;
};
