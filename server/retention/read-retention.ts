import { recordedOne } from '../../db/core/recorded.js';
import { findKeptTooLong, retentionSchedule } from '../../db/retention/retention.js';
import { authorise } from '../../policies/permission/ability.js';
import { londonDate } from '../../policies/core/time/london.js';
import {
  type Due,
  dueForDisposal,
  notificationsBefore,
  type Schedule,
} from '../../policies/retention/retention.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { readingEntry } from '../case/record.js';

/** A councillor's data kept to the end of its time, and whether it is due or held. */
export interface KeptTooLong extends Due {
  readonly councillorId: string;
  readonly name: string;
  /** The proposal about it that is open. */
  readonly proposalId: string | null;
}

export interface Retention {
  readonly schedule: Schedule;
  readonly notifications: {
    readonly before: string;
    readonly count: number;
    /** The proposal about them that is open. */
    readonly proposalId: string | null;
  };
  readonly councillors: Shown<KeptTooLong>;
}

/** The subject of every entry about data that is due. */
export const retentionSubject = 'retention';

/**
 * How long data is kept, and the councillors whose data is due for disposal or held beyond its time, the longest
 * overdue first. The reading is recorded.
 * @throws NotFound for a person who may not see it
 */
export const readRetention = async (
  ctx: Ctx,
  given: {
    readonly limit: number;
    readonly after?: { readonly councillorId: string } | undefined;
  },
): Promise<Retention> => {
  authorise(ctx.ability, 'read', { kind: 'Retention' });
  const today = londonDate(ctx.now());
  const schedule = await retentionSchedule(ctx.db);
  const before = notificationsBefore(schedule, today);
  const entry = readingEntry(ctx, { type: 'retention.read', subject: retentionSubject });
  const ask = recordedOne(ctx.db, entry, { shown: 'shown.shown' });
  const page = { today, ...given, limit: given.limit + 1 };
  const { count, proposalId, councillors } = await findKeptTooLong(ctx.db, before, page, ask);
  const judged = ({ kept, ...who }: (typeof councillors)[number]): KeptTooLong => ({
    ...who,
    ...dueForDisposal(kept, schedule, today),
  });
  return {
    schedule,
    notifications: { before, count, proposalId },
    councillors: shown(councillors.map(judged), given.limit),
  };
};
