/** The body of what an office says of lifting a council rule. */
import { z } from 'zod';
import { seats } from '../../policies/core/office.js';
import { blocks } from '../../policies/need-to-know/blocks.js';
import { liftOutcomes } from '../../policies/need-to-know/lift.js';
import { questionKeys } from '../../policies/need-to-know/questions.js';
import { asked } from '../web/schema/field-words.js';
import { block } from './shapes.js';
import { text, version } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

export const liftBody = z
  .strictObject({
    version,
    question: z.enum(questionKeys),
    reasons: asked(text(4000), 'Reasons', { missing: 'Enter the reasons' }),
    // An office that declines says so: the block stays.
    outcome: asked(z.enum(liftOutcomes), 'Outcome', {
      missing: 'Select whether your office lifts the rule or declines',
    }).default('lift'),
    // Left out, all that stand under the question when it is said.
    blocks: z.array(block).min(1).max(blocks.length).optional(),
    // For which office, where the person holds more than one; else the first they may act for.
    office: z.enum(seats).optional(),
  })
  .meta({ id: 'LiftBody' });
export type SentLift = Sent<typeof liftBody>;
