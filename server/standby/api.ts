/** Deputies and absences. */
import { z } from 'zod';
import { offices } from '../../policies/core/office.js';
import { recordAbsence } from './record-absence.js';
import { registerDeputy } from './register-deputy.js';
import { delegateStrategy } from './delegate-strategy.js';
import { absenceAfter, delegationAfter, deputyAfter } from './standby-after.js';
import { once } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { recordAbsenceHere, recordDelegationHere, recordDeputyHere } from './commands.js';

const office = z.enum(offices);

const presented = async <T>(written: Promise<T>): Promise<T & { can: [] }> => ({
  ...(await written),
  can: [],
});

const can = z.array(z.never());

export const standbyRoutes = [
  route({
    ...recordDeputyHere.api,
    summary: 'Register who stands in for the head of an office',
    status: 201,
    response: z
      .strictObject({
        id: z.string(),
        office,
        deputy: z.string(),
        from: z.string(),
        to: z.string(),
        authority: z.string(),
        can,
      })
      .meta({ id: 'Deputy' }),
    run: (ctx, { body }) =>
      once(
        ctx,
        201,
        (joined) => registerDeputy(joined, body),
        (joined, id) => presented(deputyAfter(joined, id)),
      ),
  }),
  route({
    ...recordDelegationHere.api,
    summary: 'Record to whom the Director has delegated strategy discussions in writing',
    status: 201,
    response: z
      .strictObject({
        id: z.string(),
        delegate: z.string(),
        delegatedBy: z.string(),
        from: z.string(),
        to: z.string(),
        authority: z.string(),
        can,
      })
      .meta({ id: 'Delegation' }),
    run: (ctx, { body }) =>
      once(
        ctx,
        201,
        (joined) => delegateStrategy(joined, body),
        (joined, id) => presented(delegationAfter(joined, id)),
      ),
  }),
  route({
    ...recordAbsenceHere.api,
    summary: 'Record that a principal is away: anybody’s for Democratic Services, else one’s own',
    status: 201,
    response: z
      .strictObject({
        id: z.string(),
        office,
        principal: z.string(),
        from: z.string(),
        to: z.string(),
        can,
      })
      .meta({ id: 'Absence' }),
    run: (ctx, { body }) =>
      once(
        ctx,
        201,
        (joined) => recordAbsence(joined, body),
        (joined, id) => presented(absenceAfter(joined, id)),
      ),
  }),
];
