/** The bodies of calls about a grant. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { conditionStates } from '../../policies/grant/condition.js';
import { text, uuid } from '../web/schema/schemas.js';

export const grantParams = z.strictObject({ id: uuid });
export const reasonsBody = z.strictObject({ reasons: text(4000) }).meta({ id: 'ReasonsBody' });
export const conditionBody = z.strictObject({
  state: asked(z.enum(conditionStates), 'State of the condition'),
});
conditionBody.register(z.globalRegistry, { id: 'ConditionBody' });
