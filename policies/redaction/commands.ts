/**
 * What is done about a text that says too much: anyone who can read it reports it, two people erase it, and Data
 * Protection put it back if the report was wrong. Source: need-to-know.md, section 6a.
 */
import { command } from '../command/command.js';
import { isDataProtectionAmong, isOfAdvice, redactingOffices, whyHeld } from './redaction.js';

/** That the person can read the text is asked of what the service shows them. */
export const reportText = command({
  name: 'report_text',
  on: 'Redaction',
  by: [],
  bySelf: true,
  to: ['hidden'],
});

/** The first confirmation waits for the second, which erases. */
export const confirmRedaction = command({
  name: 'confirm',
  on: 'Redaction',
  by: redactingOffices,
  asksProof: true,
  from: ['hidden'],
  to: ['erased'],
  elsewhere: 'redaction_over',
  signs: (actor, _acting, { first }) => (actor.id === first?.id ? 'redaction_two_people' : null),
  hinders: [
    // Data Protection weigh what others report; another office only what it may read.
    {
      rule: 'office',
      keepsApart: true,
      when: (_report, { office, reads }) => office !== 'data_protection' && reads === false,
    },
    { rule: 'redaction_held', when: ({ held, heldBy }, { office }) => held && whyHeld(heldBy, office) },
    {
      rule: 'redaction_data_protection',
      when: ({ first }, { office }) => first !== null && !isDataProtectionAmong(first.office, office),
    },
    {
      rule: 'redaction_privilege',
      when: ({ first, privileged }, { office }) => privileged && !isOfAdvice(first?.office, office),
    },
  ],
});

export const putBack = command({
  name: 'put_back',
  on: 'Redaction',
  by: ['data_protection'],
  from: ['hidden'],
  to: ['put_back'],
  elsewhere: 'redaction_over',
});
