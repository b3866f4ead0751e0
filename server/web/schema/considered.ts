/** `considered`: what every body that takes free text may have beside its own fields (need-to-know.md, section 6a). */
import { z } from 'zod';
import { cautionKinds, type CautionKind } from '../../../policies/core/words/cautions.js';
import type { AnyRoute } from '../api/route.js';
import { something } from './something.js';

export const considered = z.array(z.enum(cautionKinds)).max(cautionKinds.length).meta({
  id: 'Considered',
  description: 'The kinds of caution that the caller has considered: the text is then saved as it is',
});

const takes = new WeakMap<z.ZodType, boolean>();

/** Whether a JSON schema, or any part of it, is a text of no form of its own: neither a list of values nor a pattern. */
const isText = (part: unknown): boolean => {
  if (Array.isArray(part)) return part.some(isText);
  if (typeof part !== 'object' || part === null) return false;
  const schema = part as Readonly<Record<string, unknown>>;
  const free =
    schema['type'] === 'string' &&
    !('enum' in schema || 'const' in schema || 'format' in schema) &&
    (schema['pattern'] === undefined || schema['pattern'] === something.source);
  return free || Object.values(schema).some(isText);
};

/** Whether any field of a body is free text. */
const hasText = (body: z.ZodType): boolean => {
  const known = takes.get(body);
  if (known !== undefined) return known;
  const found = isText(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }));
  takes.set(body, found);
  return found;
};

/** Whether a call may say what it has considered: it keeps something, is for people who are signed in, and takes text. */
export const maySayConsidered = ({ method, body, open, mediaTypes, storesNothing }: AnyRoute): boolean =>
  method !== 'GET' &&
  !open &&
  !storesNothing &&
  mediaTypes === undefined &&
  body !== undefined &&
  hasText(body as z.ZodType);

/** What was said to the cautions in the form of a page: anything else than a kind is as good as nothing. */
export const consideredInForm = (values: readonly string[]): CautionKind[] =>
  cautionKinds.filter((kind) => values.includes(kind));
