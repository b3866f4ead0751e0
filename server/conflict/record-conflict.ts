import { inTransaction } from '../../db/core/connection.js';
import { councillorExists } from '../../db/register/councillors.js';
import { findPerson } from '../../db/people/people.js';
import * as requests from '../../db/request/requests.js';
import * as standby from '../../db/standby/standby.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { recordConflict as command } from '../../policies/standby/commands.js';
import { NotFound, type FieldError } from '../../policies/core/refusals.js';
import { invalid } from '../../policies/core/rules.js';
import type { Ctx } from '../case/ctx.js';
import { asKeeper, record } from '../case/record.js';
import type { SentConflict } from '../standby/bodies.js';

/**
 * Democratic Services, or the person themselves, record a conflict with a councillor or on a request. Its
 * kind is kept and never its detail.
 */
export const recordConflict = (ctx: Ctx, given: SentConflict): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const person = await findPerson(trx, given.person);
    authoriseTo(command, ctx, { kind: 'RecordedConflict', personId: person?.id ?? '' });
    const errors: FieldError[] = [];
    if (!person) errors.push({ field: 'person', message: 'There is no such person.' });
    if (given.councillor !== undefined && !(await councillorExists(trx, given.councillor))) {
      errors.push({ field: 'councillor', message: 'There is no such councillor.' });
    }
    // A decision that is being made waits for this, or this for it: none is made over a conflict on record.
    if (given.reference !== undefined && !(await isHeld(ctx, given.reference))) {
      errors.push({ field: 'reference', message: 'There is no such request that you may see.' });
    }
    if (!person || errors.length > 0) throw invalid('people', errors);
    if (given.councillor !== undefined) await requests.lockOpenOf(trx, given.councillor);
    const conflict = {
      person: person.id,
      kind: given.kind,
      councillor: given.councillor ?? null,
      reference: given.reference ?? null,
    };
    const id = await standby.recordConflict(trx, conflict, { at: ctx.now(), by: ctx.actor.id });
    record(trx, ctx, asKeeper(ctx.actor), {
      type: 'conflict.recorded',
      subject: given.reference ?? `councillor:${given.councillor?.toLowerCase()}`,
      decision: { kind: given.kind },
      reasons: `person ${person.id}`,
    });
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
