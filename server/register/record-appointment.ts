import { inTransaction } from '../../db/core/connection.js';
import * as register from '../../db/register/register.js';
import { changeRegister } from '../../db/register/register-history.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { keepRegister } from '../../policies/register/commands.js';
import { assertAppointment } from '../../policies/register/register-keeping.js';
import type { Appointment } from '../../policies/register/member.js';
import type { Ctx } from '../case/ctx.js';
import { screened } from '../case/screened.js';
import { asKeeper, record } from '../case/record.js';

/** Democratic Services enter an appointment of a member. */
export const recordAppointment = (ctx: Ctx, id: string, given: Omit<Appointment, 'id'>): Promise<string> => {
  screened(ctx, { title: given.title });
  return inTransaction(ctx.db, async (trx) => {
    const councillor = await register.lockCouncillor(trx, ctx.ability, id);
    authoriseTo(keepRegister, ctx, { kind: 'Register' });
    assertAppointment(given);
    await changeRegister(trx, councillor.id, ctx.now(), [
      register.addingAppointment(trx, councillor.id, given),
    ]);
    record(trx, ctx, asKeeper(ctx.actor), {
      type: 'appointment.recorded',
      subject: `councillor:${councillor.id}`,
      decision: { kind: given.kind, from: given.from, to: given.to },
    });
    return councillor.id;
  });
};
