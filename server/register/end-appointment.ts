import { inTransaction } from '../../db/core/connection.js';
import * as register from '../../db/register/register.js';
import { changeRegister } from '../../db/register/register-history.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { keepRegister } from '../../policies/register/commands.js';
import { NotFound } from '../../policies/core/refusals.js';
import { assertAppointment } from '../../policies/register/register-keeping.js';
import type { Ctx } from '../case/ctx.js';
import { reportFoundAfterwards } from '../papers/follows/found-afterwards.js';
import { asKeeper, record } from '../case/record.js';

/**
 * Democratic Services enter the last day of an appointment.
 * @throws NotFound where the member has no such appointment
 */
export const endAppointment = (ctx: Ctx, id: string, appointment: string, to: string): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const councillor = await register.lockCouncillor(trx, ctx.ability, id);
    const held = councillor.appointments.find((each) => each.id === appointment.toLowerCase());
    if (!held) throw new NotFound();
    authoriseTo(keepRegister, ctx, { kind: 'Register' });
    assertAppointment({ from: held.from, to });
    await changeRegister(trx, councillor.id, ctx.now(), [register.endingAppointment(trx, held.id, to)]);
    record(trx, ctx, asKeeper(ctx.actor), {
      type: 'appointment.recorded',
      subject: `councillor:${councillor.id}`,
      decision: { kind: held.kind, from: held.from, to },
    });
    await reportFoundAfterwards(trx, ctx, councillor.id);
    return councillor.id;
  });
