/** The shape of a review with its outcome, for each kind of reader. */
import { directingBodies, directionEffects, reviewOutcomes } from '../../policies/request/reviewed.js';
import { z } from 'zod';
import { capacities, seats } from '../../policies/core/office.js';
import { dueShape } from '../deadline/shapes.js';

const instant = z.string();
const by = z.strictObject({
  name: z.string(),
  capacity: z.enum(capacities),
  deputyFor: z.string().optional(),
});
const named = { name: z.string(), namedBy: z.string().optional(), authority: z.string().optional() };

const told = {
  gist: z.string().optional(),
  toldAt: instant,
  due: z.string(),
  answer: z.string().nullable().optional(),
  answeredAt: instant.nullable(),
  by: z.string().optional(),
};

/** What the councillor was told before a refusal of the current version, and their answer. */
export const hearingShape = z
  .strictObject({
    version: z.int(),
    ...told,
    /** What they were told of the same version before, where they were told again. */
    earlier: z.array(z.strictObject(told)).optional(),
  })
  .meta({ id: 'Hearing' });

export const reviewShape = z
  .strictObject({
    /** The version that was refused. */
    version: z.int(),
    /** The request that is decided afresh, where an end was set aside. */
    afresh: z.string().optional(),
    // Left out where a direction came without a review.
    askedAt: instant.optional(),
    reasons: z.string().optional(),
    due: dueShape.optional(),
    /** Of one that was asked for late: why, and why it was accepted. */
    late: z
      .strictObject({
        because: z.string().optional(),
        acceptedAt: instant.nullable(),
        reasons: z.string().optional(),
      })
      .optional(),
    reviewer: z.strictObject(named).optional(),
    decision: z
      .strictObject({
        outcome: z.enum(reviewOutcomes),
        reasons: z.string().optional(),
        at: instant,
        by: by.optional(),
      })
      .optional(),
    /** A refusal that the council looked at again by itself. */
    remittal: z
      .strictObject({
        at: instant,
        reasons: z.string().optional(),
        ownBecause: z.string().optional(),
        by: by.optional(),
      })
      .optional(),
    direction: z
      .strictObject({
        effect: z.enum(directionEffects),
        givenBy: z.enum(directingBodies),
        body: z.string().optional(),
        date: z.string(),
        minute: z.string().optional(),
        at: instant,
      })
      .optional(),
    /** The person named by the Chief Executive for a seat on a remitted request. */
    named: z.array(z.strictObject({ office: z.enum(seats), ...named })).optional(),
    next: z.string().optional(),
  })
  .meta({ id: 'Review' })
  .nullable();
