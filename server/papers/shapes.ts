import { z } from 'zod';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import {
  citedKinds,
  claimableRights,
  rightFindings,
  statutoryRights,
} from '../../policies/request/statutory-right.js';
import { requestStatuses } from '../../policies/request/request.js';

const instant = z.string();

const citesShape = z.strictObject({
  kind: z.enum(citedKinds),
  body: z.string(),
  date: z.string(),
  private: z.boolean().optional(),
  scrutiny: z.string().optional(),
});
citesShape.register(z.globalRegistry, { id: 'RightCited' });

const findingShape = z.strictObject({
  category: z.string(),
  finding: z.enum(rightFindings),
  reasons: z.string(),
});
findingShape.register(z.globalRegistry, { id: 'RightFound' });

/** What the committee is told of a refusal under regulation 17. */
const statementShape = z.strictObject({
  whole: z.boolean(),
  parts: z.array(
    z.strictObject({
      category: z.string(),
      says: z.string(),
      authority: z.string(),
      reasons: z.string().nullable(),
    }),
  ),
});
statementShape.register(z.globalRegistry, { id: 'RightStatement' });

/** A request's papers; `category` is not for the auditor. */
export const papersShape = {
  linked: z
    .array(
      z.strictObject({
        reference: z.string(),
        observationType: z.enum(observationTypeKeys).nullable(),
        status: z.enum(requestStatuses),
      }),
    )
    .optional(),
  statutoryRight: z
    .strictObject({
      right: z.enum(statutoryRights),
      due: z.string().nullable(),
      claimed: z.enum(claimableRights).nullable().describe('The right that the councillor claimed.'),
      counts: z.boolean().describe('Whether it is confirmed, or nobody claimed a right and there is none.'),
      recordedAt: instant,
      confirmed: z.strictObject({ at: instant, office: z.string() }).nullable(),
      document: z.string().nullable().optional(),
      cites: citesShape.nullable().optional(),
      reasons: z.string().nullable().optional(),
      findings: z.array(findingShape).optional(),
      delegation: z.string().nullable().optional(),
      statement: statementShape.nullable().optional(),
      review: z
        .strictObject({
          askedAt: instant,
          reasons: z.string(),
          outcome: z.enum(['upheld', 'remitted']).nullable(),
          decisionReasons: z.string().nullable(),
          decidedAt: instant.nullable(),
        })
        .optional(),
    })
    .nullable()
    .optional(),
  releases: z
    .array(
      z.strictObject({
        category: z.string().optional(),
        at: instant,
        returned: instant.nullable(),
        copy: z.literal(true).optional().describe('A copy that the councillor keeps.'),
        authorised: z
          .literal(false)
          .optional()
          .describe('Where nothing allowed that the papers were out: an incident was reported.'),
      }),
    )
    .optional(),
};
