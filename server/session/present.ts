import Bowser from 'bowser';
import { z } from 'zod';
import type { SessionOfPerson } from '../../db/people/sessions.js';
import { longestSession, sessionEnds } from '../../policies/people/session-limits.js';
import type { Ctx } from '../case/ctx.js';

const names: ReadonlySet<string> = new Set(Object.values(Bowser.BROWSER_MAP));
const systems: ReadonlySet<string> = new Set(Object.values(Bowser.OS_MAP));

/** A browser as its user knows it: `Firefox on Windows`. It tells nothing of version or place. */
export const browserOf = (userAgent: string | undefined): string => {
  if (!userAgent) return 'A program';
  const { browser, os } = Bowser.parse(userAgent.slice(0, 500));
  if (browser.name === undefined || !names.has(browser.name)) return 'A program';
  return os.name !== undefined && systems.has(os.name) ? `${browser.name} on ${os.name}` : browser.name;
};

export const sessionShape = z.strictObject({
  id: z.string(),
  browser: z.string(),
  signedInAt: z.string(),
  /** To the minute. */
  lastUsedAt: z.string(),
  /** When it ends, unless it is used before. */
  endsAt: z.string(),
  /** Whether it is the one that asks. */
  current: z.boolean(),
});
sessionShape.register(z.globalRegistry, { id: 'Session' });

export const presentSession = (
  { session }: Ctx,
  { id, browser, began, lastUsed, idleUntil }: SessionOfPerson,
): z.infer<typeof sessionShape> => {
  const inAll = sessionEnds(began, session?.limits ?? longestSession);
  return {
    id,
    browser: browser ?? 'A browser',
    signedInAt: began.toISOString(),
    lastUsedAt: (lastUsed < began ? began : lastUsed).toISOString(),
    endsAt: (inAll < idleUntil ? inAll : idleUntil).toISOString(),
    current: id === session?.id,
  };
};
