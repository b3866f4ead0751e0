import type { Knex } from 'knex';
import { inTransaction } from '../../db/core/connection.js';
import * as papers from '../../db/papers/papers.js';
import * as requests from '../../db/request/requests.js';
import * as signOffs from '../../db/decision/sign-offs.js';
import { permit } from '../../policies/permission/permit.js';
import { seatsVoided, signOffEnded } from '../../policies/decision/notices.js';
import { confirmRight as command } from '../../policies/papers/commands.js';
import { claimDenied, papersDue, statementToPrint } from '../../policies/papers/notices.js';
import type { RecordedRight } from '../../policies/papers/on-record.js';
import { releasable } from '../../policies/papers/papers.js';
import { assertConfirmation, assertRightCanExist, coveredBy } from '../../policies/papers/recording.js';
import { statementOf } from '../../policies/papers/statement.js';
import type { Acting } from '../../policies/people/actor.js';
import { confirmersOf } from '../../policies/request/statutory-right.js';
import { timeToAsk } from '../../policies/review/review.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { keepReading } from '../case/keeps-reading.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import { endLifts } from '../need-to-know/follows/end-lifts.js';
import type { SentRightConfirmation } from './bodies.js';

/**
 * Another person confirms what Legal recorded about a right: the proper officer, who says what is exempt, or for
 * regulation 17 the executive's delegate. From then on it counts: papers are released under it, outside the test, and
 * sign-offs that stand are void; or the claimed right is denied, which can be reviewed. A refusal under regulation 17
 * becomes a written statement to the committee (need-to-know.md, section 3a).
 */
export const confirmRight = (
  ctx: Ctx,
  reference: string,
  given: SentRightConfirmation,
): Promise<CaseFile> => {
  const { version, delegation, findings = [] } = given;
  screened(ctx, {
    delegation,
    ...Object.fromEntries(
      findings.flatMap(({ category, reasons }, index) => [
        [`findings.${index}.category`, category],
        [`findings.${index}.reasons`, reasons],
      ]),
    ),
  });
  return inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row } = file;
    const offices = row.statutoryRight ? confirmersOf(row.statutoryRight) : [];
    const [only] = offices;
    const acting = permit(command, ctx, file, {
      version,
      // The proper officer is of one office, whatever else the person holds.
      ...(offices.length === 1 && only && ctx.actor.holdings.some(({ office }) => office === only)
        ? { office: only }
        : {}),
    });
    const recorded = lastOf(file);
    const at = ctx.now();
    assertConfirmation({ delegation, findings }, recorded, releasable(row, null));
    if (recorded.right !== 'none') {
      assertRightCanExist(recorded.right, {
        councillor: file.facts.councillor,
        settings: ctx.settings,
        now: at,
      });
    }
    const asked = (row.content.papers ?? []).map(({ category }) => category);
    await papers.confirmingRight(trx, recorded, {
      office: acting.office,
      delegation: delegation ?? null,
      findings,
      covers: coveredBy(recorded, findings, asked),
      personId: ctx.actor.id,
      capacity: acting.capacity,
      at,
    });
    await requests.save(trx, row.id, { actedBy: ctx.actor.id });
    keepReading(trx, ctx, row);
    const confirmed = {
      at,
      personId: ctx.actor.id,
      by: '',
      office: 'democratic_services' as const,
      delegation: null,
    };
    const statement = statementOf({ ...recorded, findings, confirmed }, asked);
    const placeOf = (category: string) => (asked.includes(category) ? asked.indexOf(category) + 1 : category);
    const entry = record(trx, ctx, acting, {
      type: 'right.confirmed',
      subject: reference,
      decision: {
        version,
        right: recorded.right,
        claimed: recorded.claimed,
        findings: findings.map(({ category, finding }) => ({ papers: placeOf(category), finding })),
        statement: statement !== null,
      },
    });
    if (statement) notify(trx, ctx, entry, statementToPrint(reference));
    if (recorded.right === 'none') {
      const { at: until } = timeToAsk(ctx.settings, at);
      notify(trx, ctx, entry, claimDenied(reference, row.councillorId, until));
      return caseFileAfter({ ...ctx, db: trx }, reference);
    }
    for (const notice of papersDue(reference, row.councillorId, recorded.due))
      notify(trx, ctx, entry, notice);
    // Nobody lifts or signs under a right: what they said of a council rule ends also where nobody has signed yet.
    if (row.lifts.length > 0) await endLifts(trx, ctx, acting, row, 'right_recorded');
    await voidSeats(trx, ctx, file, { acting, at });
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};

/** What was last recorded of the version before the offices: the command is given on nothing else. */
const lastOf = ({ row, papers: { rights } }: CaseFile): RecordedRight => {
  const last = rights.findLast(({ version }) => version === row.version);
  if (last === undefined) throw new Error('A right that is confirmed was recorded first.');
  return last;
};

/** Under a right nobody signs: the sign-offs given end. */
const voidSeats = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  { row }: CaseFile,
  { acting, at }: { readonly acting: Acting; readonly at: Date },
): Promise<void> => {
  if (row.seats.length === 0) return;
  const { reference, version } = row;
  const voided = await signOffs.voidSeats(trx, row, { at, because: 'right_recorded' });
  if (voided.length === 0) return;
  const offices = voided.map(({ office }) => office).toSorted();
  const ended = record(trx, ctx, acting, {
    type: 'request.seats_voided',
    subject: reference,
    decision: { version, offices, because: 'right_recorded' },
  });
  const people = voided.map(({ personId }) => personId);
  // There is nothing to sign any more, and so nothing that is due of them.
  notify(trx, ctx, ended, { ...seatsVoided(reference, people, null), action: 'read' });
  if (voided.length > 1) notify(trx, ctx, ended, signOffEnded(reference, ['legal'], null));
};
