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

/** Whether any field of a body is free text. */
const hasText = (body: z.ZodType): boolean => {
  const known = takes.get(body);
  if (known !== undefined) return known;
  const written = JSON.stringify(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }));
  const found = written.includes(`"pattern":${JSON.stringify(something.source)}`);
  takes.set(body, found);
  return found;
};

/** Whether a call may say what it has considered: it changes something, is for people who are signed in, and takes text. */
export const maySayConsidered = ({ method, body, open, mediaTypes }: AnyRoute): boolean =>
  method !== 'GET' && !open && mediaTypes === undefined && body !== undefined && hasText(body as z.ZodType);

/** What was said to the cautions in the form of a page: anything else than a kind is as good as nothing. */
export const consideredInForm = (values: readonly string[]): CautionKind[] =>
  cautionKinds.filter((kind) => values.includes(kind));
