/** The shapes of a member's entry, of the register's import and of the protocol, as they are answered. */
import { z } from 'zod';
import { appointmentKinds, standings } from '../../policies/register/member.js';
import { correctedShape } from '../correction/shapes.js';
import { weighedFindingShape } from '../finding/shapes.js';
import { registerCommands } from '../../policies/register/register-keeping.js';

const day = z.string();
const instant = z.string();
const term = z.strictObject({ from: day.nullable(), to: day.nullable() });
const change = z.union([
  z.strictObject({
    field: z.enum(['name', 'ward', 'email', 'externalId']),
    from: z.string().nullable(),
    to: z.string(),
  }),
  z.strictObject({ field: z.literal('posts'), from: z.array(z.string()), to: z.array(z.string()) }),
  z.strictObject({ field: z.literal('term'), from: term, to: term }),
  z.strictObject({ field: z.literal('standing'), from: z.enum(standings), to: z.enum(standings) }),
]);
const emailTaken = z.literal(true).optional();

const feedMember = z.strictObject({
  externalId: z.string(),
  name: z.string(),
  ward: z.string(),
  email: z.string().nullable(),
  posts: z.array(z.string()),
  term,
});
feedMember.register(z.globalRegistry, { id: 'FeedMember' });

export const differencesShape = z.strictObject({
  added: z.array(z.strictObject({ ...feedMember.shape, emailTaken })),
  changed: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      externalId: z.string(),
      ward: z.string(),
      changes: z.array(change),
      emailTaken,
    }),
  ),
  doubtful: z.array(
    z.strictObject({ id: z.string(), name: z.string(), ward: z.string().nullable(), member: feedMember }),
  ),
  gone: z.array(z.strictObject({ id: z.string(), name: z.string(), ward: z.string().nullable() })),
  left: z
    .strictObject({
      gone: z.int(),
      doubtful: z.int(),
      namesake: z.int(),
      address: z.int(),
      membership: z.int(),
    })
    .optional()
    .describe('With a token: how many members it left for people, by the reason'),
});
differencesShape.register(z.globalRegistry, { id: 'RegisterDifferences' });

export const protocolShape = z.strictObject({
  version: z.int(),
  text: z.string(),
  inForceFrom: instant,
  accepted: z.strictObject({ at: instant }).nullable(),
  can: z.array(z.enum(['accept', 'publish'])),
});
protocolShape.register(z.globalRegistry, { id: 'Protocol' });

export const councillorShape = z.strictObject({
  id: z.string(),
  name: z.string(),
  ward: z.string().nullable(),
  standing: z.enum(standings),
  term: z.strictObject({ from: day, to: day.nullable() }),
  appointments: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      kind: z.enum(appointmentKinds),
      from: day,
      to: day.nullable(),
    }),
  ),
  training: z.array(
    z.strictObject({ id: z.string().optional(), kind: z.string(), completed: day, expires: day }),
  ),
  corrections: z.array(correctedShape).optional(),
  undertaking: z.strictObject({ version: z.int(), acceptedAt: instant }).nullable(),
  defeat: z.strictObject({ poll: day, declaredAt: instant }).optional(),
  finding: weighedFindingShape.optional(),
  can: z.array(z.enum(registerCommands)),
});
councillorShape.register(z.globalRegistry, { id: 'Councillor' });
