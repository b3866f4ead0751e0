/** The bodies of calls about a grant. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { conditionStates } from '../../policies/grant/condition.js';
import { givenCauses } from '../../policies/grant/end-causes.js';
import { text, uuid } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

export const grantParams = z.strictObject({ id: uuid });
export const reasonsBody = z.strictObject({ reasons: text(4000) }).meta({ id: 'ReasonsBody' });
const cause = asked(z.enum(givenCauses), 'What the councillor is told', {
  missing: 'Select what the councillor is told',
});
export const revokeBody = z
  .strictObject({
    reasons: asked(text(4000), 'Reasons', { missing: 'Enter why it ends' }),
    /** How the councillor is told; left out, as a decision of the council without reasons. */
    cause: cause.optional(),
    /** Of a decision of the council: the reasons written for the councillor, who reads no others. */
    told: asked(text(4000), 'Reasons for the councillor').optional(),
    /** Of what an incident froze that was released and closed: the end rests on other facts. */
    otherFacts: z.literal(true).optional(),
  })
  .refine(
    ({ cause: chosen, told }) => told === undefined || (chosen ?? 'council_decision') === 'council_decision',
    {
      path: ['told'],
      message:
        'Leave this empty: the councillor is given reasons only where the council has decided to end it.',
    },
  )
  .refine(({ cause: chosen, told }) => chosen !== 'council_decision' || told !== undefined, {
    path: ['told'],
    message: 'Enter the reasons for the councillor. They do not read yours.',
  })
  .meta({ id: 'RevokeBody' });
/** On its page somebody chooses what the councillor is told: nothing is chosen for them. */
export const revokeForm = revokeBody.safeExtend({ cause });
export type SentRevocation = Sent<typeof revokeBody>;
export const conditionBody = z.strictObject({
  state: asked(z.enum(conditionStates), 'State of the condition'),
});
conditionBody.register(z.globalRegistry, { id: 'ConditionBody' });
