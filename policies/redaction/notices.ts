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

/** Who wrote the text and who reported it. */
const concerned = ({ authorId, reporterId }: Concerned): Notice['to'] => [
  ...personOf(authorId),
  { personId: reporterId },
];

export const textErased = (of: Concerned): Notice => ({
  kind: 'text_erased',
  reference: redactionsReference,
  to: concerned(of),
  action: 'read',
  due: null,
});

export const textPutBack = (of: Concerned): Notice => ({
  kind: 'text_put_back',
  reference: redactionsReference,
  to: concerned(of),
  action: 'read',
  due: null,
});
