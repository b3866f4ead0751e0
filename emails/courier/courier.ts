import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { claimNext, giveUp, markSent, postpone, type ClaimedMessage } from '../../db/outbox/outbox.js';
import { invitationTo } from '../visit/invitation.js';
import type { RenderNotice } from './render.js';
import { DeliveryFault, type Transport } from './transport.js';

/** The part of a logger that the courier needs; pino's fits. It gets ids and codes, never an address. */
export interface CourierLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface CourierDeps {
  /** Its own pool, so that neither the service nor the mail waits for the other's connections. */
  readonly db: Knex;
  readonly now: () => Date;
  readonly log: CourierLog;
  readonly render: RenderNotice;
  readonly transport: Transport;
  /** As in MAIL_FROM; its domain is that of the Message-IDs. */
  readonly from: string;
}

/** Carries messages from the outbox to the mail server, one at a time. Any number may run on one database. */
export interface Courier {
  /** Looks into the outbox from now on, every few seconds. */
  start(): void;
  /** Looks now: something was committed. Returns at once. */
  nudge(): void;
  /** Looks now, and resolves when nothing is left that is due. */
  deliver(): Promise<void>;
  /** Takes no more messages; the one in hand is finished if it can be in that time, and given back if not. */
  stop(withinMs: number): Promise<void>;
}

const SECOND_MS = 1_000;
const POLL_MS = 5 * SECOND_MS;
/** One message, from the connection to the answer: a server that trickles is given up on. */
const LONGEST_MS = 90 * SECOND_MS;
/** Longer than any message takes, so that nobody else takes one that is still in hand. */
const LEASE_MS = 5 * 60 * SECOND_MS;

const FIRST_PAUSE_MS = 10 * SECOND_MS;
const LONGEST_PAUSE_MS = 12 * 60 * 60 * SECOND_MS;
/** The longest pause before the courier tries an unreachable mail server again, so that it notices its return. */
const LONGEST_OUTAGE_PAUSE_MS = 5 * 60 * SECOND_MS;

const doubled = (times: number): number => FIRST_PAUSE_MS * 2 ** times;

/** How long to wait after a failed attempt, from 10 seconds doubling to 12 hours; null after the last. */
export const pauseAfter = (attempt: number): number | null =>
  doubled(attempt - 2) >= LONGEST_PAUSE_MS ? null : Math.min(doubled(attempt - 1), LONGEST_PAUSE_MS);

/** The same for the same message for ever, on whichever node: a doubled delivery can be recognised. */
export const messageIdOf = (key: string, from: string): string => {
  const domain = /@([^@\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain}>`;
};

/** The fault, as a code. A fault of ours shows only its kind: its message may quote something confidential. */
const codeOf = (error: unknown): string =>
  error instanceof DeliveryFault ? error.message : `fault:${error instanceof Error ? error.name : 'unknown'}`;

export const createCourier = ({ db, now, log, render, transport, from }: CourierDeps): Courier => {
  /** Taken on by the server, and the mark is still to be made: these are not sent again, only marked. */
  const accepted = new Map<string, ClaimedMessage>();
  const state = {
    isStopping: false,
    isTroubled: false,
    isWanted: false,
    /** How often in a row the mail server was out of reach, and when to try it again. */
    outages: 0,
    askAgainAt: 0,
    work: null as Promise<void> | null,
    sending: null as AbortController | null,
    poll: undefined as NodeJS.Timeout | undefined,
  };

  const send = async (message: ClaimedMessage, to: string): Promise<void> => {
    const words = render({ ...message, ...message.carries });
    if (words === null) throw new DeliveryFault('refused', 'NO_WORDS');
    const { subject, text, html, appointment } = words;
    const calendar = appointment && invitationTo({ ...appointment, organizer: from, attendee: to });
    const messageId = messageIdOf(message.key, from);
    const limit = new AbortController();
    const enough = setTimeout(() => limit.abort(), LONGEST_MS);
    state.sending = limit;
    try {
      await transport.send(
        { to, subject, text, html, calendar, messageId, key: message.key, date: now() },
        limit.signal,
      );
    } finally {
      clearTimeout(enough);
      state.sending = null;
    }
  };

  /** The server's own trouble is held against no message: all of them wait, and none is given up. */
  const outage = async (message: ClaimedMessage, because: string): Promise<void> => {
    const pause = Math.min(doubled(state.outages), LONGEST_OUTAGE_PAUSE_MS);
    state.outages += 1;
    state.askAgainAt = now().getTime() + pause;
    await postpone(db, message, { until: new Date(state.askAgainAt), because, counts: false });
    log.warn({ because, outages: state.outages }, 'the mail server cannot be reached');
  };

  const failed = async (message: ClaimedMessage, because: string, isForGood: boolean): Promise<void> => {
    const { id, kind, attempt } = message;
    state.outages = 0;
    const pause = isForGood ? null : pauseAfter(attempt);
    if (pause === null) {
      await giveUp(db, message, { now: now(), because });
      log.error({ message: id, kind, attempt, because }, 'a message was given up');
      return;
    }
    await postpone(db, message, { until: new Date(now().getTime() + pause), because, counts: true });
    log.warn({ message: id, kind, attempt, because }, 'a message was not accepted');
  };

  const mark = async (message: ClaimedMessage): Promise<void> => {
    await markSent(db, message, { now: now(), via: transport.via });
    accepted.delete(message.id);
  };

  /** @returns whether the next message may fare better */
  const handle = async (message: ClaimedMessage): Promise<boolean> => {
    if (message.address === null) {
      await giveUp(db, message, { now: now(), because: message.obstacle ?? 'nobody' });
      return true;
    }
    try {
      await send(message, message.address);
    } catch (error) {
      const because = codeOf(error);
      if (state.isStopping) {
        // The next start's, at once.
        await postpone(db, message, { until: now(), because, counts: false });
        return false;
      }
      const fault = error instanceof DeliveryFault ? error : null;
      const isOutage = fault?.fault === 'unreachable';
      await (isOutage ? outage(message, because) : failed(message, because, fault?.isForGood ?? false));
      return !isOutage;
    }
    accepted.set(message.id, message);
    state.outages = 0;
    await mark(message);
    return true;
  };

  /** A clock that was put back does not make the pause longer. */
  const isOutage = (): boolean => {
    const wait = state.askAgainAt - now().getTime();
    return state.outages > 0 && wait > 0 && wait <= LONGEST_OUTAGE_PAUSE_MS;
  };

  const round = async (): Promise<void> => {
    for (const message of accepted.values()) await mark(message);
    while (!state.isStopping && !isOutage()) {
      const message = await claimNext(db, {
        now: now(),
        leaseMs: LEASE_MS,
        longestPauseMs: LONGEST_PAUSE_MS,
      });
      if (message === null || !(await handle(message))) return;
    }
  };

  const rounds = async (): Promise<void> => {
    while (state.isWanted && !state.isStopping) {
      state.isWanted = false;
      try {
        await round();
        if (state.isTroubled) log.info({}, 'the outbox is worked off again');
        state.isTroubled = false;
      } catch (error) {
        // Most likely the database is away; the poll goes on. Said once, and not every few seconds.
        if (!state.isTroubled) log.error({ because: codeOf(error) }, 'the outbox cannot be worked off');
        state.isTroubled = true;
      }
    }
  };

  const nudge = (): void => {
    state.isWanted = true;
    state.work ??= rounds().finally(() => {
      state.work = null;
      if (state.isWanted && !state.isStopping) nudge();
    });
  };

  return {
    start() {
      state.poll ??= setInterval(nudge, POLL_MS).unref();
      nudge();
    },
    nudge,
    async deliver() {
      nudge();
      while (state.work) await state.work;
    },
    async stop(withinMs) {
      state.isStopping = true;
      clearInterval(state.poll);
      const enough = setTimeout(() => state.sending?.abort(), withinMs);
      await state.work;
      clearTimeout(enough);
      transport.close();
    },
  };
};
