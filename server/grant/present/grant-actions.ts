import { access, isLive } from '../../../policies/grant/access.js';
import type { LaterCommandName } from '../../../policies/core/every-command.js';
import { markable, markingAs } from '../../../policies/grant/grant-conditions.js';
import { permitLater } from '../../../policies/core/later-commands.js';
import { Refusal } from '../../../policies/core/refusals.js';
import { conflict } from '../../../policies/core/rules.js';
import type { Settings } from '../../../policies/settings/settings.js';
import type { Condition, Grant } from '../../../policies/core/subjects.js';
import { incidentAbout, releaseDue } from '../../incident/follows/incident.js';
import type { Ctx } from '../../case/ctx.js';
import { paths } from '../../web/paths.js';

/** Something that a person of this office does with a grant; where they cannot do it now, why. */
export interface GrantActionLine {
  readonly name: LaterCommandName | 'report';
  readonly text: string;
  readonly href: string;
  /** Null where it can be done now. */
  readonly whyNot: string | null;
}

/** What is said of a check that refuses, or null. */
const refusalOf = (check: () => unknown): Refusal | null => {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};

/** Whether it is this person's at all is the first thing: what is somebody else's is not offered. */
const line = (
  text: string,
  href: string,
  name: 'revoke' | 'release' | 'mark_condition',
  check: () => unknown,
): GrantActionLine[] => {
  const refusal = refusalOf(check);
  return refusal !== null && refusal.status !== 409
    ? []
    : [{ name, text, href, whyNot: refusal?.message ?? null }];
};

/**
 * What this person can do with a grant now beside its visits: see to its conditions, release or end it, and
 * report what lay outside of it.
 */
export const presentGrantActions = (ctx: Ctx, grant: Grant): GrantActionLine[] => {
  const now = ctx.now();
  const marking = (condition: Condition) => () => {
    markingAs(ctx.actor, grant, condition);
    permitLater('mark_condition', ctx, grant, now);
    if (!markable(grant, now).includes(condition)) throw conflict('grant_ended');
  };
  const isEnded = refusalOf(() => permitLater('revoke', ctx, grant, now))?.rule === 'grant_ended';
  return [
    ...grant.conditions.flatMap((condition, index) =>
      line(
        `Say what has become of condition ${index + 1}`,
        paths.condition(grant.id, condition.id),
        'mark_condition',
        marking(condition),
      ),
    ),
    ...(grant.frozenAt === null || isEnded
      ? []
      : line('Release this grant', paths.release(grant.id), 'release', () =>
          permitLater('release', ctx, grant, now),
        )),
    // What has ended is not offered again with a reason: the status says it once.
    ...(isEnded
      ? []
      : line('End this grant', paths.revoke(grant.id), 'revoke', () =>
          permitLater('revoke', ctx, grant, now),
        )),
    ...(ctx.ability.can('report', incidentAbout(grant))
      ? [
          {
            name: 'report',
            text: 'Report an incident',
            href: `${paths.newIncident}?grant=${grant.id}`,
            whyNot: null,
          } as const,
        ]
      : []),
  ];
};

/** Which grant an act is about, for who may give it: never the councillor's to see. */
export const presentGrantBriefly = (settings: Settings, grant: Grant, now: Date) => ({
  id: grant.id,
  reference: grant.reference,
  observationType: grant.observationType,
  councillor: { name: grant.councillorName },
  window: grant.window,
  status: access(grant, now).status,
  ...(grant.frozenAt !== null && isLive(grant, now)
    ? { releaseBy: releaseDue(settings, grant.frozenAt) }
    : {}),
});
