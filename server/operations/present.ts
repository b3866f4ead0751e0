import type { Undelivered } from '../../db/operations/dead-letters.js';
import { jobNames, jobs } from '../../policies/operations/jobs.js';
import type { Ctx } from '../case/ctx.js';
import type { OperationsRead } from './read-operations.js';

const minute = 60_000;

/** When it is looked again: the next whole minute that the number of minutes divides. */
const nextTick = (now: Date, everyMinutes: number): Date => {
  const every = everyMinutes * minute;
  return new Date((Math.floor(now.getTime() / every) + 1) * every);
};

/**
 * A person who may not read requests sees the kind of notice and the fault, and not the reference or the recipient.
 */
const presentMessage = (seesWhom: boolean, message: Undelivered) => ({
  id: message.id,
  kind: message.kind,
  ...(seesWhom ? { reference: message.reference, to: { name: message.name } } : {}),
  writtenAt: message.createdAt,
  attempts: message.attempts,
  because: message.because,
  ...(message.nextAttemptAt === null ? {} : { nextAttemptAt: message.nextAttemptAt }),
  ...(message.failedAt === null ? {} : { givenUpAt: message.failedAt }),
});

/** How the jobs fare, and the mail that was not taken. */
export const presentOperations = (ctx: Ctx, { runs, mail, refused, givenUp }: OperationsRead) => {
  const now = ctx.now();
  const seesWhom =
    ctx.ability.can('send_again', { kind: 'Operations' }) || ctx.ability.can('read', { kind: 'Trail' });
  const byName = new Map(runs.map((run) => [run.job, run]));
  return {
    jobs: jobNames.map((name) => {
      const { title, does, everyMinutes } = jobs[name];
      const run = byName.get(name);
      return {
        name,
        title,
        does,
        everyMinutes,
        lastRun: run ? { startedAt: run.startedAt, finishedAt: run.finishedAt, done: run.done } : null,
        nextRun: nextTick(now, everyMinutes),
        failures: run?.failures ?? 0,
        lastFailure: run?.failedAt ? { at: run.failedAt, because: run.fault ?? 'unknown' } : null,
      };
    }),
    mail,
    refused: refused.map((each) => presentMessage(seesWhom, each)),
    items: givenUp.items.map((each) => presentMessage(seesWhom, each)),
    can: ctx.ability.can('send_again', { kind: 'Operations' }) ? ['send_again'] : [],
  };
};
