import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { z } from 'zod';
import { append } from '../audit/append.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Recipient } from '../../policies/core/notices.js';
import { addressed, isRecipient } from './recipients.js';
import { addressOf } from './address-of.js';
import { inTransaction } from '../core/connection.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { day, whole } from '../core/rows/stored.js';

/** A message to one person: who, which notice, and which case. Its words are made when it is sent. */
export interface Message {
  /** Unique for ever: the same event makes the same key, so nobody gets it twice. */
  readonly key: string;
  /** The person's id. */
  readonly toPerson: string;
  /** Which notice. */
  readonly kind: string;
  /** What it is about, such as `OBS-2026-0001`. */
  readonly reference: string;
  /** The action that the person is asked for, if any. */
  readonly action?: string | undefined;
  /** By which day, `YYYY-MM-DD`. */
  readonly due?: string | undefined;
  /** The visit that goes into a calendar with it. */
  readonly visitId?: string | undefined;
  /** The checkpoint that it carries, by its number. */
  readonly checkpoint?: number | undefined;
}

/**
 * Puts messages into the outbox, in the caller's transaction: a rollback sends nothing. A message with a known key
 * stays as it is.
 *
 * @param now the service's time; the database's if left out
 * @returns the keys that were new
 */
export const enqueue = async (
  trx: Knex.Transaction,
  messages: Message | readonly Message[],
  now?: Date,
): Promise<string[]> => {
  const given = 'key' in messages ? [messages] : messages;
  if (given.length === 0) return [];
  const rows = given.map(({ key, toPerson, kind, reference, action, due, visitId, checkpoint }) => ({
    key,
    to_person: toPerson,
    kind,
    reference,
    action: action ?? null,
    due: due ?? null,
    visit_id: visitId ?? null,
    checkpoint_seq: checkpoint ?? null,
    ...(now === undefined ? {} : { created_at: now, next_attempt_at: now }),
  }));
  const added = await trx('messages').insert(rows).onConflict('key').ignore().returning('key');
  return added.map(({ key }) => key);
};

/** A notice of one event to several people: the write looks up who they are. */
export interface NoticeToSend {
  /** The beginning of each message's key; the person's id is its end. */
  readonly key: string;
  readonly kind: string;
  readonly reference: string;
  readonly action: string;
  readonly due: string | null;
  readonly visitId: string | null;
  /** The link to set a password that it carries. */
  readonly linkId: string | null;
  /** Numbers that it tells, by their names. */
  readonly counts: Readonly<Record<string, number>> | null;
  readonly to: readonly Recipient[];
  /** The person who acted, who gets no notice; null if the notice acknowledges what they did. */
  readonly except: string | null;
  /** The service's time. */
  readonly at: Date;
}

/** SQL that puts each notice into the outbox for each of its recipients. */
export const enqueueSql = (
  notices: readonly NoticeToSend[],
): { readonly sql: string; readonly bindings: readonly string[] } => ({
  sql: `insert into messages
      (key, to_person, kind, reference, action, due, visit_id, link_id, counts, created_at, next_attempt_at)
    select n.key || ':' || p.id, p.id, n.kind, n.reference, n.action, n.due, n.visit_id, n.link_id, n.counts, n.at, n.at
      from jsonb_to_recordset(?::jsonb) as n (key text, kind text, reference text, action text, due date, visit_id uuid,
        link_id uuid, counts jsonb, people uuid[], hosts uuid[], councillors uuid[], offices text[], heads text[], except_for uuid,
        today date, at timestamptz)
      join people p on ${isRecipient} where p.id is distinct from n.except_for
    on conflict (key) do nothing`,
  bindings: [
    JSON.stringify(
      notices.map(({ key, kind, reference, action, due, visitId, linkId, counts, to, except, at }) => ({
        key,
        kind,
        reference,
        action,
        due,
        at,
        ...addressed(to),
        visit_id: visitId,
        link_id: linkId,
        counts,
        except_for: except,
        today: londonDate(at),
      })),
    ),
  ],
});

/** A visit for a calendar: only when, not what or where. */
export interface CarriedVisit {
  readonly id: string;
  readonly date: string;
  readonly from: string;
  readonly to: string;
  /** How often it has been changed. */
  readonly sequence: number;
  readonly ended: boolean;
  /** When it was changed last. */
  readonly changedAt: string;
}

/** What a message carries besides its words, looked up when it is sent. */
export interface Carried {
  readonly reminders: readonly {
    readonly what: string;
    readonly step: string;
    readonly called: string;
    readonly due: string | null;
  }[];
  readonly checkpoint: string | null;
  /** Numbers that it tells, by their names. */
  readonly counts: Readonly<Record<string, number>> | null;
  /** The id of a link to set a password that was not used. */
  readonly link: string | null;
  readonly visit: CarriedVisit | null;
}

/** SQL, of the visit of alias `v`: how often it was changed, and when last. A calendar ignores what has a lower number. */
export const timesChanged = `(select count(*) from visit_plans p where p.visit_id = v.id) - 1 + (v.ended_at is not null)::int`;
export const changedLast = `coalesce(v.ended_at, (select max(p.at) from visit_plans p where p.visit_id = v.id), v.planned_at)`;

/** Of the messages of alias `m`. */
const carried = `jsonb_build_object(
  'reminders', coalesce((
    select jsonb_agg(jsonb_build_object('what', t.what, 'step', t.step, 'called', t.called, 'due', t.due_on)
        order by t.due_on, t.seq)
      from reminder_recipients c join reminders t on t.id = c.reminder_id where c.message_id = m.id), '[]'),
  'checkpoint', (select note from audit.checkpoints where seq = m.checkpoint_seq),
  'counts', m.counts,
  'link', (select l.id from password_links l where l.id = m.link_id and l.used_at is null),
  'visit', (
    select jsonb_build_object('id', v.id, 'date', v.date, 'from', v.from_time, 'to', v.to_time,
        'sequence', ${timesChanged},
        'ended', v.ended_at is not null,
        'changedAt', ${changedLast})
      from visits v where v.id = m.visit_id))`;

/** A message that a courier has in hand. */
export interface ClaimedMessage {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly reference: string;
  readonly action: string | null;
  readonly due: string | null;
  readonly carries: Carried;
  /** The address of today; null if there is nobody to send it to, and `obstacle` says why. */
  readonly address: string | null;
  readonly obstacle: 'nobody' | 'suspended' | null;
  /** Which attempt this is, from 1. */
  readonly attempt: number;
  /** Anyone who holds this token has the message in hand. */
  readonly claim: string;
}

export interface Claiming {
  readonly now: Date;
  /** How long the message is this courier's alone. */
  readonly leaseMs: number;
  /** No pause between two attempts is longer. */
  readonly longestPauseMs: number;
}

/**
 * The message is due and nobody has it in hand: at once if it was never tried. A time further ahead than any pause or
 * lease was written by a clock that has since been put back, and does not count.
 */
const free = `(d.next_attempt_at <= :now or d.next_attempt_at > :beyondPause)
  and (d.claimed_until is null or d.claimed_until <= :now or d.claimed_until > :beyondLease)`;

/**
 * Takes the message that has been due longest, for as long as the lease lasts; a courier that dies leaves
 * it to the next one then. Of any number of couriers at once, on any number of nodes, one gets it. No
 * transaction stays open, so that a slow mail server holds no lock and no connection.
 *
 * @returns null where nothing is due
 */
export const claimNext = async (db: Knex, claiming: Claiming): Promise<ClaimedMessage | null> => {
  for (;;) {
    const reached = await reachForNext(db, claiming);
    // Another took it after it was seen here and before it was taken: there may be more, so it is looked again.
    if (reached !== 'taken by another') return reached;
  }
};

const storedCarried: z.ZodType<Carried> = z.strictObject({
  reminders: z.array(
    z.strictObject({ what: z.string(), step: z.string(), called: z.string(), due: day.nullable() }),
  ),
  checkpoint: z.string().nullable(),
  counts: z.record(z.string(), whole).nullable(),
  link: z.string().nullable(),
  visit: z
    .strictObject({
      id: z.string(),
      date: day,
      from: z.string(),
      to: z.string(),
      sequence: whole,
      ended: z.boolean(),
      changedAt: z.string(),
    })
    .nullable(),
});

const storedMessage = {
  kind: z.string(),
  reference: z.string(),
  action: z.string().nullable(),
  due: day.nullable(),
  carries: storedCarried,
  address: z.string().nullable(),
};

/** A message that is next: nobody holds a claim on it where another was faster. */
const reachedFor = z.strictObject({
  ...storedMessage,
  id: z.string(),
  key: z.string(),
  obstacle: z.enum(['nobody', 'suspended']).nullable(),
  attempt: whole.nullable(),
  claim: z.string().nullable(),
});

const reachForNext = async (
  db: Knex,
  { now, leaseMs, longestPauseMs }: Claiming,
): Promise<ClaimedMessage | 'taken by another' | null> => {
  const after = (ms: number) => new Date(now.getTime() + ms);
  const [found] = await rowsOf(
    reachedFor,
    db.raw(
      `with next as (
       select m.id, m.key, m.kind, m.reference, m.action, m.due, ${carried} as carries,
         ${addressOf} as email, p.suspended_at, p.id as person
         from messages m
         left join runtime.deliveries d on d.message_id = m.id
         left join people p on p.id = m.to_person
        where m.sent_at is null and m.failed_at is null and (d.message_id is null or ${free})
        order by coalesce(d.next_attempt_at, m.next_attempt_at), m.created_at, m.id
        limit 1 for update of m skip locked
     ), taken as (
       insert into runtime.deliveries as d (message_id, attempts, next_attempt_at, claim, claimed_until)
         select id, 1, :now, :claim, :until from next
         on conflict (message_id) do update
           set attempts = d.attempts + 1, claim = excluded.claim, claimed_until = excluded.claimed_until
           -- Asked again, of the row as it is now: the one above may have been read before another's claim.
           where ${free}
       returning message_id, attempts, claim
     )
     select n.id, n.key, n.kind, n.reference, n.action, n.due, n.carries, t.attempts as attempt, t.claim,
       case when n.suspended_at is null then n.email end as address,
       case when n.person is null then 'nobody' when n.suspended_at is not null then 'suspended' end as obstacle
     from next n left join taken t on t.message_id = n.id`,
      {
        now,
        until: after(leaseMs),
        beyondLease: after(2 * leaseMs),
        beyondPause: after(2 * longestPauseMs),
        claim: randomUUID(),
      },
    ),
  );
  if (!found) return null;
  const { claim, attempt, ...message } = found;
  return claim === null || attempt === null ? 'taken by another' : { ...message, claim, attempt };
};

/**
 * Marks a message as handed over, with an entry on the trail. Once: a second delivery changes nothing.
 * @param via the mail server, or the mailbox page of the demonstration
 */
export const markSent = (
  db: Knex,
  message: ClaimedMessage,
  { now, via }: { readonly now: Date; readonly via: 'smtp' | 'mailbox' },
): Promise<void> =>
  end(db, message, { sent_at: now, last_error: null }, now, {
    type: 'message.sent',
    decision: { kind: message.kind, ...(via === 'mailbox' ? { via } : {}) },
  });

/** Marks a message as never to be sent, with the coded reason, which goes on the trail as well. */
export const giveUp = (
  db: Knex,
  message: ClaimedMessage,
  { now, because }: { readonly now: Date; readonly because: string },
): Promise<void> =>
  end(db, message, { failed_at: now, last_error: because }, now, {
    type: 'message.given_up',
    decision: { kind: message.kind, because },
  });

const end = (
  db: Knex,
  { id, attempt, reference }: ClaimedMessage,
  mark: { readonly sent_at?: Date; readonly failed_at?: Date; readonly last_error: string | null },
  now: Date,
  entry: {
    readonly type: 'message.sent' | 'message.given_up';
    readonly decision: Readonly<Record<string, string>>;
  },
): Promise<void> =>
  inTransaction(db, async (trx) => {
    const marked = await trx('messages')
      .where({ id, sent_at: null, failed_at: null })
      .update({ ...mark, attempts: attempt });
    await trx('runtime.deliveries').where({ message_id: id }).delete();
    if (marked === 0) return;
    await append(trx, {
      ...entry,
      at: now,
      actor: 'system',
      actorName: 'The service',
      office: null,
      capacity: null,
      subject: reference,
    });
  });

/**
 * Gives a message back, to be tried again later. If another courier has claimed it by now, nothing changes.
 * @param counts whether this was an attempt: not if the mail server was out of reach
 */
export const postpone = async (
  db: Knex,
  { id, claim, attempt }: ClaimedMessage,
  { until, because, counts }: { readonly until: Date; readonly because: string; readonly counts: boolean },
): Promise<void> => {
  await db('runtime.deliveries')
    .where({ message_id: id, claim })
    .update({
      attempts: counts ? attempt : attempt - 1,
      next_attempt_at: until,
      last_error: because,
      claim: null,
      claimed_until: null,
    });
};

/** A message as the mailbox of the demonstration shows it. */
export interface DeliveredMessage {
  readonly kind: string;
  readonly reference: string;
  readonly action: string | null;
  readonly due: string | null;
  readonly carries: Carried;
  readonly personId: string;
  readonly name: string;
  readonly address: string;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly failedAt: Date | null;
  readonly lastError: string | null;
}

const storedDelivered: z.ZodType<DeliveredMessage> = z.strictObject({
  ...storedMessage,
  address: z.string(),
  personId: z.string(),
  name: z.string(),
  createdAt: moment,
  sentAt: moment.nullable(),
  failedAt: moment.nullable(),
  lastError: z.string().nullable(),
});

/** Messages, newest first: everybody's, or one person's. */
export const mailbox = (
  db: Knex,
  { personId, limit }: { readonly personId: string | null; readonly limit: number },
): Promise<DeliveredMessage[]> => {
  return rowsOf(
    storedDelivered,
    db.raw(
      `select m.kind, m.reference, m.action, m.due, ${carried} as carries, p.id as "personId", p.name, ${addressOf} as address,
       m.created_at as "createdAt", m.sent_at as "sentAt", m.failed_at as "failedAt",
       coalesce(m.last_error, d.last_error) as "lastError"
     from messages m join people p on p.id = m.to_person left join runtime.deliveries d on d.message_id = m.id
     where :personId::uuid is null or m.to_person = :personId
     order by m.created_at desc, m.key collate "C" desc limit :limit`,
      { personId, limit },
    ),
  );
};

/** Everybody a message was ever written to, by name. */
export const correspondents = (
  db: Knex,
): Promise<{ readonly id: string; readonly name: string; readonly messages: number }[]> => {
  return rowsOf(
    z.strictObject({ id: z.string(), name: z.string(), messages: whole }),
    db.raw(
      `select p.id, p.name, count(*) as messages from messages m join people p on p.id = m.to_person
     group by p.id, p.name order by p.name collate "C"`,
    ),
  );
};
