import { randomUUID } from 'node:crypto';
import type { Entry } from '../../db/audit/append.js';

/** An entry of somebody invented, about a request that there is not. */
export const anEntry = (over: Partial<Entry> = {}): Entry => ({
  type: 'request.decided',
  at: new Date('2026-03-02T09:15:00.123Z'),
  actor: randomUUID(),
  actorName: 'Zoë Ågren',
  office: 'legal',
  capacity: 'deputy',
  subject: `OBS-2026-${randomUUID().slice(0, 8)}`,
  decision: { outcome: 'approve', version: 2 },
  reasons: 'The review of referrals falls within the remit.',
  ...over,
});
