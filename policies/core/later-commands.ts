/**
 * What can be done after an approval, with a grant, a visit or an incident: one table of command and who
 * gives it, and for each what must stand. It drives `can` and the refusals, as commands.ts does for
 * requests. Source: need-to-know.md, section 6.
 */
import { authorise } from './ability.js';
import { access, isLive } from '../grant/access.js';
import type { AppAbility, LaterCommandName } from './actions.js';
import { markable, marksAny } from '../grant/grant-conditions.js';
import { actingFor } from '../decision/sign-off.js';
import { conflict, type RuleKey } from './rules.js';
import type { Acting, Actor, Grant, Incident, Office, Visit } from './subjects.js';
import { isEventFree } from '../visit/visiting.js';

interface Who {
  readonly ability: AppAbility;
  readonly actor: Actor;
}

interface Command<S> {
  readonly by: readonly Office[];
  /** The rule that the subject's state breaks; null where the command may be given. */
  readonly hinders: (subject: S, now: Date) => RuleKey | null;
}

const hasEnded = (grant: Grant, now: Date): boolean => !isLive(grant, now);

export const grantCommands = {
  plan_visit: {
    by: ['host', 'childrens_services'],
    hinders: (grant, now) =>
      hasEnded(grant, now)
        ? 'grant_ended'
        : access(grant, now).status === 'frozen'
          ? 'grant_frozen'
          : isEventFree(grant, grant.visits)
            ? null
            : 'no_event_left',
  },
  revoke: {
    by: ['childrens_services', 'democratic_services', 'legal', 'data_protection', 'host'],
    hinders: (grant, now) => (hasEnded(grant, now) ? 'grant_ended' : null),
  },
  mark_condition: {
    by: ['childrens_services', 'democratic_services', 'legal', 'host'],
    hinders: (grant, now) => (markable(grant, now).length > 0 ? null : 'grant_ended'),
  },
  release: {
    by: ['data_protection'],
    // What has ended meanwhile is not brought back by a release.
    hinders: (grant, now) =>
      hasEnded(grant, now) ? 'grant_ended' : grant.frozenAt === null ? 'not_frozen' : null,
  },
} as const satisfies Partial<Record<LaterCommandName, Command<Grant>>>;

const isOver = ({ endedAt, attendance }: Visit): boolean => endedAt !== null || attendance !== null;
const whileItStands = (visit: Visit): RuleKey | null => (isOver(visit) ? 'visit_over' : null);

export const visitCommands = {
  move: { by: ['host', 'childrens_services'], hinders: whileItStands },
  cancel: { by: ['host', 'childrens_services'], hinders: whileItStands },
  check: { by: ['host', 'childrens_services'], hinders: whileItStands },
  // Somebody may have come to a visit that had ended: that is recorded as what it was.
  record_attendance: {
    by: ['host', 'childrens_services'],
    hinders: ({ attendance }) => (attendance ? 'attendance_recorded' : null),
  },
  confirm: {
    by: ['councillor'],
    hinders: ({ attendance }) =>
      attendance === null || attendance.confirmation !== null ? 'nothing_to_confirm' : null,
  },
  ask: {
    by: ['councillor'],
    hinders: ({ attendance }) => (attendance?.outcome === 'attended' ? null : 'questions_after'),
  },
  respond: { by: ['childrens_services'], hinders: () => null },
} as const satisfies Partial<Record<LaterCommandName, Command<Visit>>>;

export const incidentCommands = {
  close: {
    by: ['data_protection'],
    hinders: ({ closedAt, holds }) => (closedAt ? 'incident_closed' : holds ? 'incident_freezes' : null),
  },
} as const satisfies Partial<Record<LaterCommandName, Command<Incident>>>;

type SubjectOf<K extends LaterCommandName> = K extends keyof typeof grantCommands
  ? Grant
  : K extends keyof typeof visitCommands
    ? Visit
    : Incident;

const all: Readonly<Record<LaterCommandName, { readonly by: readonly Office[]; readonly hinders: unknown }>> =
  {
    ...grantCommands,
    ...visitCommands,
    ...incidentCommands,
  };

const own: Acting = { office: 'councillor', capacity: 'principal', deputyFor: null };

/**
 * Whether this person may give this command on this subject now, and as whom. Checked in the order of
 * refusal: authority (403), then what the subject has come to (409).
 * @throws Forbidden, Conflict
 */
export const permitLater = <K extends LaterCommandName>(
  name: K,
  { ability, actor }: Who,
  subject: SubjectOf<K>,
  now: Date,
): Acting => {
  const { by, hinders } = all[name] as Command<SubjectOf<K>>;
  authorise(ability, name, subject);
  const acting = by.includes('councillor') ? own : actingFor(actor, by, subject);
  const hindrance = hinders(subject, now);
  if (hindrance) throw conflict(hindrance);
  return acting;
};

/**
 * The names of the commands that this person may give on this subject now, of those of its kind. An answer
 * belongs to one question of a visit, which says so itself.
 */
export const availableLater = (
  who: Who,
  subject: Grant | Visit | Incident,
  now: Date,
): LaterCommandName[] => {
  const table =
    subject.kind === 'Grant' ? grantCommands : subject.kind === 'Visit' ? visitCommands : incidentCommands;
  return (Object.keys(table) as LaterCommandName[]).filter((name) => {
    if (name === 'respond') return false;
    // Each condition has its owner, and with it those who mark it: of none of theirs, nothing is offered.
    if (name === 'mark_condition' && subject.kind === 'Grant' && !marksAny(who.actor, subject, now))
      return false;
    return may(name, who, subject as never, now);
  });
};

/** Whether this person may give that command on this subject now. */
export const may = <K extends LaterCommandName>(
  name: K,
  who: Who,
  subject: SubjectOf<K>,
  now: Date,
): boolean => {
  try {
    permitLater(name, who, subject, now);
    return true;
  } catch {
    return false;
  }
};
