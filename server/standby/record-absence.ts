import { inTransaction } from '../../db/core/connection.js';
import { findPerson, isPrincipal } from '../../db/people/people.js';
import * as standby from '../../db/standby/standby.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { recordAbsence as command } from '../../policies/standby/commands.js';
import { absenceRecorded } from '../../policies/standby/notices.js';
import { invalid } from '../../policies/core/rules.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { asKeeper, record } from '../case/record.js';
import type { SentAbsence } from './bodies.js';

/** Democratic Services, or the principal, record that the principal of an office is away. */
export const recordAbsence = (ctx: Ctx, given: SentAbsence): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const person = await findPerson(trx, given.principal);
    authoriseTo(command, ctx, { kind: 'Absence', personId: person?.id ?? '' });
    if (!person || !(await isPrincipal(trx, person.id, given.office, londonDate(ctx.now())))) {
      throw invalid('people', [{ field: 'principal', message: 'This is no principal of that office.' }]);
    }
    const id = await standby.recordAbsence(
      trx,
      { ...given, principal: person.id },
      { at: ctx.now(), by: ctx.actor.id },
    );
    const entry = record(trx, ctx, asKeeper(ctx.actor), {
      type: 'absence.recorded',
      subject: `person:${person.id}`,
      decision: { office: given.office, from: given.from, to: given.to },
    });
    const deputies = await standby.deputiesDuring(trx, { ...given, principal: person.id });
    notify(trx, ctx, entry, absenceRecorded(deputies));
    return id;
  });
