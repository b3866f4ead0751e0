import { insertConflict, whoseConflict } from '../../db/conflict/conflicts.js';
import { inTransaction } from '../../db/core/connection.js';
import { councillorExists } from '../../db/register/councillors.js';
import * as requests from '../../db/request/requests.js';
import { recordConflict as command } from '../../policies/conflict/commands.js';
import { assertRecorded, conflictToRecord, isOwn } from '../../policies/conflict/conflict.js';
import { conflictRecorded } from '../../policies/conflict/notices.js';
import { NotFound, type FieldError } from '../../policies/core/refusals.js';
import { invalid } from '../../policies/core/rules.js';
import { londonDate } from '../../policies/core/time/london.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { asKeeper, record } from '../case/record.js';
import { screened } from '../case/screened.js';
import type { SentConflict } from './bodies.js';
import { aboutConflict } from './about-conflict.js';

/**
 * Democratic Services, or the person themselves, record a conflict with a councillor or on a request. Its kind is kept
 * and never its detail. Of somebody else it has reasons, and the person and the Monitoring Officer are told at once; of
 * the Monitoring Officer it cites the Chief Executive’s authority (need-to-know.md, section 4).
 * @returns its id
 * @throws Forbidden; Invalid by the rules `people` and `conflict`
 */
export const recordConflict = (ctx: Ctx, given: SentConflict): Promise<string> => {
  screened(ctx, { reasons: given.reasons, authority: given.authority });
  return inTransaction(ctx.db, async (trx) => {
    const at = ctx.now();
    const by = ctx.actor.id;
    const person = await whoseConflict(trx, given.person, londonDate(at));
    const conflict = conflictToRecord({ personId: '', ...person, recordedBy: by });
    authoriseTo(command, ctx, conflict);
    const errors: FieldError[] = [];
    if (!person) errors.push({ field: 'person', message: 'There is no such person.' });
    if (given.councillor !== undefined && !(await councillorExists(trx, given.councillor))) {
      errors.push({ field: 'councillor', message: 'There is no such councillor.' });
    }
    // A decision that is being made waits for this, or this for it: none is made over a conflict on record.
    if (given.reference !== undefined && !(await isHeld(ctx, given.reference))) {
      errors.push({ field: 'reference', message: 'There is no such request that you may see.' });
    }
    if (errors.length > 0) throw invalid('people', errors);
    assertRecorded(conflict, given);
    if (given.councillor !== undefined) await requests.lockOpenOf(trx, given.councillor);
    const about = {
      councillorId: given.councillor?.toLowerCase() ?? null,
      reference: given.reference ?? null,
    };
    const { reasons = null, authority = null } = given;
    const id = await insertConflict(
      trx,
      { personId: conflict.personId, nature: given.kind, ...about, reasons, authority },
      { at, by },
    );
    const entry = record(trx, ctx, asKeeper(ctx.actor), {
      type: 'conflict.recorded',
      subject: aboutConflict(about),
      decision: { kind: given.kind, conflict: id, person: conflict.personId },
      ...(reasons === null ? {} : { reasons }),
    });
    if (!isOwn(conflict)) notify(trx, ctx, entry, conflictRecorded(conflict));
    return id;

    async function isHeld({ ability }: Ctx, reference: string): Promise<boolean> {
      try {
        await requests.lock(trx, ability, reference);
        return true;
      } catch (error) {
        if (error instanceof NotFound) return false;
        throw error;
      }
    }
  });
};
