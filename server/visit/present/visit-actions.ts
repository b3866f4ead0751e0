import type { LaterCommandName } from '../../../policies/core/every-command.js';
import { permitLater, type visitCommands } from '../../../policies/core/later-commands.js';
import { londonDate } from '../../../policies/core/london.js';
import { Refusal } from '../../../policies/core/refusals.js';
import { conflict } from '../../../policies/core/rules.js';
import type { Grant, Visit } from '../../../policies/core/subjects.js';
import { incidentAbout } from '../../incident/follows/incident.js';
import type { Ctx } from '../../case/ctx.js';
import { paths } from '../../web/paths.js';

/** Something that this person does with a visit; where they cannot do it now, why. */
export interface VisitActionLine {
  readonly name: LaterCommandName | 'report';
  readonly text: string;
  readonly href: string;
  /** Null where it can be done now. */
  readonly whyNot: string | null;
}

type Name = Exclude<keyof typeof visitCommands, 'check' | 'respond'>;

const offered = ({
  id,
}: Visit): readonly (Pick<VisitActionLine, 'text' | 'href'> & { readonly name: Name })[] => [
  { name: 'move', text: 'Change the day, the case or who accompanies', href: paths.moveVisit(id) },
  { name: 'cancel', text: 'Call this visit off', href: paths.cancelVisit(id) },
  { name: 'record_attendance', text: 'Record what happened', href: paths.attendance(id) },
  { name: 'confirm', text: 'Say whether you agree with the record', href: paths.confirm(id) },
  { name: 'ask', text: 'Put a question or a challenge', href: paths.putQuestion(id) },
];

/** Why a command cannot be given now; `null` where it can, `undefined` where it is not this person's at all. */
const whyNot = (check: () => unknown): string | null | undefined => {
  try {
    check();
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.status === 409 ? error.message : undefined;
  }
};

/** Commands that come later, and are worth telling of before their time. */
const later: readonly Name[] = ['record_attendance', 'confirm', 'ask'];

/**
 * Lets a record of what happened pass from the day of the visit on: before it there is nothing to record but
 * that it was called off, which has a page of its own.
 * @throws Forbidden, Conflict
 */
export const permitRecord = (ctx: Ctx, visit: Visit): void => {
  permitLater('record_attendance', ctx, visit, ctx.now());
  if (visit.date > londonDate(ctx.now())) throw conflict('not_yet');
};

/**
 * What this person can do with a visit now, the checks and the answers aside, which stand where they belong.
 * What is over is not offered again with a reason each time: the status says it once.
 */
export const presentVisitActions = (ctx: Ctx, visit: Visit): VisitActionLine[] => [
  ...offered(visit).flatMap((each) => {
    const why = whyNot(() =>
      each.name === 'record_attendance'
        ? permitRecord(ctx, visit)
        : permitLater(each.name, ctx, visit, ctx.now()),
    );
    const awaited = later.includes(each.name) && visit.endedAt === null && visit.attendance === null;
    return why === undefined || (why !== null && !awaited) ? [] : [{ ...each, whyNot: why }];
  }),
  ...(ctx.ability.can('report', incidentAbout(visit))
    ? [
        {
          name: 'report',
          text: 'Report an incident',
          href: `${paths.newIncident}?visit=${visit.id}`,
          whyNot: null,
        } as const,
      ]
    : []),
];

/** Planning a visit under a grant, for whoever plans them; where they cannot now, why. */
export const presentPlanning = (ctx: Ctx, grant: Grant): VisitActionLine[] => {
  const why = whyNot(() => permitLater('plan_visit', ctx, grant, ctx.now()));
  return why === undefined
    ? []
    : [{ name: 'plan_visit', text: 'Plan a visit', href: paths.planVisit(grant.id), whyNot: why }];
};
