/** Who is told of a report of a text, and of what became of it: need-to-know.md, section 6a. Never the text. */
import { personOf, redactionsReference, type Notice } from '../core/notices.js';

/** Data Protection, at once. */
export const textReported = (): Notice => ({
  kind: 'text_reported',
  reference: redactionsReference,
  to: [{ office: 'data_protection' }],
  action: 'look_into',
  due: null,
});

interface Concerned {
  readonly authorId: string | null;
  readonly reporterId: string;
}

const settled =
  (kind: 'text_erased' | 'text_put_back') =>
  ({ authorId, reporterId }: Concerned): Notice => ({
    kind,
    reference: redactionsReference,
    to: [...personOf(authorId), { personId: reporterId }],
    action: 'read',
    due: null,
  });

/** Who wrote the text and who reported it. */
export const textErased = settled('text_erased');
export const textPutBack = settled('text_put_back');
