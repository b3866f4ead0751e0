/** The bodies of calls about an incident. */
import { z } from 'zod';
import { categories, exposures } from '../../policies/core/category.js';
import { causes } from '../../policies/core/cause.js';
import { breachRisks } from '../../policies/incident/breach.js';
import { incidentKinds } from '../../policies/incident/incident.js';
import { asked } from '../web/schema/field-words.js';
import { instant, reference, text, uuid } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

const abouts = ['visit', 'grant', 'reference', 'councillor'] as const;

export const incidentBody = z
  .strictObject({
    what: asked(z.enum(incidentKinds), 'What happened', { missing: 'Select what happened' }),
    causedBy: asked(z.enum(causes), 'Cause', { missing: 'Select who caused it' }),
    happenedAt: asked(instant, 'Day and time', { missing: 'Enter the day and the time' }),
    text: asked(text(4000), 'Text', { missing: 'Enter what happened' }),
    // When any officer became aware of it, now where nothing is said, and whether personal data of others was exposed.
    awareAt: asked(instant, 'Day and time').optional(),
    exposed: asked(z.enum(exposures), 'Answer').optional(),
    visit: uuid.optional(),
    grant: uuid.optional(),
    reference: reference.optional(),
    councillor: uuid.optional(),
    // A disclosure without any visit: which case, which categories, from when until when.
    caseReference: text(200).optional(),
    categories: asked(z.array(z.enum(categories)).min(1).max(categories.length), 'What was disclosed', {
      wrong: 'Select what was disclosed',
    }).optional(),
    from: asked(instant, 'First day and time').optional(),
    until: asked(instant, 'Last day and time').optional(),
  })
  .refine((given) => abouts.filter((each) => given[each] !== undefined).length === 1, {
    path: ['councillor'],
    message:
      'Enter the visit, the grant or the reference, or select the councillor where there was no request',
  })
  .meta({ id: 'IncidentBody' });
export type SentIncident = Sent<typeof incidentBody>;

const yesOrNo = (missing: string) => asked(z.boolean(), 'Answer', { missing });

export const assessmentBody = z
  .strictObject({
    exposed: yesOrNo('Select whether personal data of others was exposed'),
    risk: asked(z.enum(breachRisks), 'Risk', { missing: 'Select how likely a risk to people is' }),
    reportable: yesOrNo('Select whether it is reported to the Information Commissioner'),
    reasons: asked(text(4000), 'Reasons', { missing: 'Enter the reasons' }),
    awareAt: asked(instant, 'Day and time').optional(),
    reportedAt: asked(instant, 'Day and time').optional(),
    commissionerReference: text(100).optional(),
    delay: text(4000).optional(),
    subjectsTold: yesOrNo('Select whether the people concerned are told'),
    told: text(4000).optional(),
  })
  .meta({ id: 'AssessmentBody' });
export type SentAssessment = Sent<typeof assessmentBody>;

export const allegationBody = z
  .strictObject({ gist: asked(text(4000), 'What is alleged', { missing: 'Enter what is alleged' }) })
  .meta({ id: 'AllegationBody' });

export const allegationAnswerBody = z
  .strictObject({ text: asked(text(4000), 'Your answer', { missing: 'Enter your answer' }) })
  .meta({ id: 'AllegationAnswerBody' });

export const addedCaseBody = z
  .strictObject({
    caseReference: asked(text(200), 'Case reference', { missing: 'Enter the reference of the case' }),
  })
  .meta({ id: 'AddedCaseBody' });
