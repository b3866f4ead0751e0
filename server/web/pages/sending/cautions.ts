/** Cautions about a form: the words that are marked, and the kinds to confirm, with which the form is sent again. */
import type { FieldError } from '../../../../policies/core/refusals.js';
import { cautionKinds, type Caution, type CautionKind } from '../../../../policies/core/words/cautions.js';

const says: Readonly<Record<CautionKind, { readonly look: string; readonly confirm: string }>> = {
  name: {
    look: 'This looks like a person’s name. Take it out if it is of a child, a family or anybody outside the service',
    confirm: 'This names nobody who must not be named here',
  },
  party: {
    look: 'These are words of party or election. Reasons rest on need to know, and never on party or politics',
    confirm: 'My reasons do not rest on party or politics',
  },
  address: {
    look: 'This looks like an address. Take it out if a child, a family or anybody outside the service lives there',
    confirm: 'Nobody lives there who must not be found by it',
  },
};

const quoted = (words: readonly string[]): string => words.map((each) => `“${each}”`).join(', ');

/** Each caution as an error at its field, which names the words. */
export const errorsOfCautions = (cautions: readonly Caution[]): FieldError[] =>
  cautions.map(({ field, kind, words }) => ({ field, message: `${says[kind].look}: ${quoted(words)}` }));

/** For the form: each kind with its words, to be confirmed with a box of its own. */
export const cautionsOfForm = (cautions: readonly Caution[]) =>
  cautionKinds.flatMap((kind) => {
    const words = new Set(cautions.flatMap((each) => (each.kind === kind ? each.words : [])));
    return words.size > 0 ? [{ kind, ...says[kind], words: [...words] }] : [];
  });
