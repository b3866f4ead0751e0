import type { Reading } from '../../db/redaction/redactions.js';
import { redactionsReference } from '../../policies/core/notices.js';

const kinds: Readonly<Partial<Record<Reading['readWith'], string>>> = {
  visit: 'visit:',
  incident: 'incident:',
};

/** The subject under which the trail records what is done about a text: the request, or what it is read with. */
export const aboutText = ({
  readWith,
  readAt,
  reference,
}: Pick<Reading, 'readWith' | 'readAt'> & { readonly reference?: string | null }): string =>
  reference ?? (readAt === null ? redactionsReference : `${kinds[readWith] ?? ''}${readAt}`);
