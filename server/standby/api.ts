/** Deputies, absences and conflicts. */
import { z } from 'zod';
import * as standby from '../../db/standby/standby.js';
import { conflictKinds, decidingOffices, offices } from '../../policies/core/subjects.js';
import { recordAbsence } from './record-absence.js';
import { recordConflict } from './record-conflict.js';
import { registerDeputy } from './register-deputy.js';
import { once } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { date, personRef, reference, text, uuid } from '../web/api/schemas.js';

const office = z.enum(offices);
const inOrder = ({ from, to }: { from: string; to: string }) => from <= to;
const order = { path: ['to'], message: 'Enter a day that is not before the first.' };

const found = async <T>(loading: Promise<T | null>): Promise<T & { can: [] }> => {
  const row = await loading;
  if (row === null) throw new Error('What was just recorded is not there.');
  return { ...row, can: [] };
};

const can = z.array(z.never());

export const deputyBody = z
  .strictObject({
    office: z.enum(decidingOffices),
    deputy: personRef,
    from: date,
    to: date,
    authority: text(1000),
  })
  .refine(inOrder, order);

export const absenceBody = z
  .strictObject({ office, principal: personRef, from: date, to: date })
  .refine(inOrder, order);

export const conflictBody = z
  .strictObject({
    person: personRef,
    kind: z.enum(conflictKinds),
    councillor: uuid.optional(),
    reference: reference.optional(),
  })
  .refine(({ councillor, reference: about }) => councillor !== undefined || about !== undefined, {
    path: ['councillor'],
    message: 'Name the councillor or the reference that it is about.',
  });

export const standbyRoutes = [
  route({
    method: 'POST',
    path: '/api/deputies',
    summary: 'Register who stands in for the head of an office',
    body: deputyBody,
    status: 201,
    response: z.strictObject({
      id: z.string(),
      office,
      deputy: z.string(),
      from: z.string(),
      to: z.string(),
      authority: z.string(),
      can,
    }),
    run: (ctx, { body }) =>
      once(
        ctx,
        201,
        (joined) => registerDeputy(joined, body),
        (joined, id) => found(standby.findDeputy(joined.db, id)),
      ),
  }),
  route({
    method: 'POST',
    path: '/api/absences',
    summary: 'Record that a principal is away: anybody’s for Democratic Services, else one’s own',
    body: absenceBody,
    status: 201,
    response: z.strictObject({
      id: z.string(),
      office,
      principal: z.string(),
      from: z.string(),
      to: z.string(),
      can,
    }),
    run: (ctx, { body }) =>
      once(
        ctx,
        201,
        (joined) => recordAbsence(joined, body),
        (joined, id) => found(standby.findAbsence(joined.db, id)),
      ),
  }),
  route({
    method: 'POST',
    path: '/api/conflicts',
    summary:
      'Record a conflict with a councillor or on a request: anybody’s for Democratic Services, else one’s own',
    body: conflictBody,
    status: 201,
    response: z.strictObject({
      id: z.string(),
      person: z.string(),
      kind: z.enum(conflictKinds),
      councillor: z.string().nullable(),
      reference: z.string().nullable(),
      can,
    }),
    run: (ctx, { body }) =>
      once(
        ctx,
        201,
        (joined) => recordConflict(joined, body),
        (joined, id) => found(standby.findConflict(joined.db, id)),
      ),
  }),
];
