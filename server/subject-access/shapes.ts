/** The shapes of a subject access request and of its file. */
import { z } from 'zod';
import { accessCommands, namesOf } from '../../policies/permission/every-command.js';
import { accessStatuses } from '../../policies/subject-access/access-request.js';
import { exemptions } from '../../policies/subject-access/exemptions.js';
import { marks } from '../../policies/subject-access/passages.js';
import { dueShape } from '../deadline/shapes.js';

const instant = z.string();
const exemption = z.enum(exemptions).nullable();
const facts = z.record(z.string(), z.unknown());

const access = {
  id: z.string(),
  councillor: z.strictObject({ id: z.string(), name: z.string() }),
  status: z.enum(accessStatuses),
  receivedOn: z.string(),
  by: z.string(),
  identityChecked: z.literal(true),
  recorded: z.strictObject({ at: instant, by: z.strictObject({ name: z.string() }) }),
  due: dueShape,
  overdue: z.boolean(),
  extended: z.strictObject({ at: instant, reasons: z.string() }).nullable(),
  released: z.strictObject({ at: instant, by: z.strictObject({ name: z.string() }) }).nullable(),
  can: z.array(z.enum(namesOf(accessCommands))),
};
export const accessShape = z.strictObject(access).meta({ id: 'AccessRequest' });

const passageShape = z
  .strictObject({
    id: z.string(),
    kind: z.string(),
    title: z.string(),
    field: z.string().nullable(),
    reference: z.string().nullable(),
    // Null for facts, and for privileged advice, whose words Data Protection do not read.
    text: z.string().nullable(),
    privileged: z.boolean(),
    facts,
    // Sent with a mark, it refuses the mark where the passage has changed since.
    fingerprint: z.string(),
    proposal: z.strictObject({ mark: z.enum(['disclose', 'withhold', 'weigh']), exemption }),
    // Null where nobody has weighed it as it is now.
    marked: z
      .strictObject({ mark: z.enum(marks), exemption, instead: z.string().nullable(), at: instant })
      .nullable(),
  })
  .meta({ id: 'AccessPassage' });

export const weighedAccessShape = z
  .strictObject({
    ...access,
    unmarked: z.int(),
    // Sent with the release, it refuses the release where a passage or a mark has changed since.
    fingerprint: z.string(),
    passages: z.array(passageShape),
  })
  .meta({ id: 'WeighedAccessRequest' });

export const accessFileShape = z
  .strictObject({
    id: z.string(),
    councillor: z.strictObject({ id: z.string(), name: z.string() }),
    receivedOn: z.string(),
    releasedAt: instant,
    passages: z.array(
      z.strictObject({
        kind: z.string(),
        title: z.string(),
        field: z.string().nullable(),
        reference: z.string().nullable(),
        text: z.string().nullable(),
        facts: facts.nullable(),
        redacted: z.boolean(),
      }),
    ),
    // By which exemptions something is held back or reworded, in general terms.
    exemptions: z.array(z.strictObject({ says: z.string(), authority: z.string() })),
    complain: z.string(),
  })
  .meta({ id: 'AccessFile' });
