/**
 * What can be done to a request: one table of command, who gives it, from which status, to which. It
 * drives the lifecycle, the `can` of every representation and the permissions test.
 * Source: need-to-know.md, section 4.
 */
import { authorise } from './ability.js';
import { commandNames, type AppAbility, type CommandName } from './actions.js';
import { actingFor, barredFromReviewing, barredFromSigning } from '../decision/sign-off.js';
import { forbid, conflict, ruleSays } from './rules.js';
import type { Acting, Actor, ObservationRequest, Office, RequestStatus, Seat } from './subjects.js';

export interface Command {
  readonly by: readonly Office[];
  readonly from: readonly RequestStatus[];
  /** Null where the status stays as it is. */
  readonly to: readonly RequestStatus[] | null;
  /** Whether the person signs by it, so that the separation of duties applies. */
  readonly signs: boolean;
}

const open = ['draft', 'submitted', 'returned'] as const;

export const commands: Readonly<Record<CommandName, Command>> = {
  edit: { by: ['councillor'], from: open, to: null, signs: false },
  submit: { by: ['councillor'], from: ['draft', 'returned'], to: ['submitted'], signs: false },
  withdraw: { by: ['councillor'], from: open, to: ['withdrawn'], signs: false },
  return: {
    by: ['childrens_services', 'democratic_services', 'legal', 'monitoring_officer'],
    from: ['submitted'],
    to: ['returned'],
    signs: false,
  },
  name_host: { by: ['childrens_services'], from: ['submitted'], to: null, signs: false },
  answer: {
    by: ['childrens_services', 'democratic_services', 'legal'],
    from: ['submitted'],
    to: null,
    signs: false,
  },
  discuss: {
    by: ['childrens_services', 'democratic_services', 'legal', 'monitoring_officer'],
    from: ['submitted'],
    to: null,
    signs: false,
  },
  sign_off: { by: ['childrens_services', 'democratic_services'], from: ['submitted'], to: null, signs: true },
  withdraw_sign_off: {
    by: ['childrens_services', 'democratic_services'],
    from: ['submitted'],
    to: null,
    signs: false,
  },
  decide: { by: ['legal'], from: ['submitted'], to: ['approved', 'refused'], signs: true },
  ask_review: { by: ['councillor'], from: ['refused'], to: null, signs: false },
  // Naming a reviewer belongs to a refusal; naming somebody for a seat to what was remitted.
  name_reviewer: { by: ['democratic_services'], from: ['refused', 'submitted'], to: null, signs: false },
  decide_review: { by: ['monitoring_officer'], from: ['refused'], to: ['submitted'], signs: true },
  direct: { by: ['monitoring_officer'], from: ['refused'], to: ['submitted'], signs: false },
  record_right: { by: ['legal'], from: ['submitted'], to: null, signs: false },
  release_papers: { by: ['childrens_services'], from: ['submitted', 'approved'], to: null, signs: false },
};

/** What a command is narrowed to where it names an office: one question's, or one seat. */
export type Narrowed = Office | undefined;

const own: Acting = { office: 'councillor', capacity: 'principal', deputyFor: null };

/**
 * Whether this person may give this command on this row, and as whom. Checked in the order of refusal:
 * authority (403), version and status (409), separation of duties (403).
 * @throws Forbidden, Conflict
 */
export const permit = (
  name: CommandName,
  { ability, actor }: { readonly ability: AppAbility; readonly actor: Actor },
  row: ObservationRequest,
  { version, office }: { readonly version?: number | undefined; readonly office?: Narrowed } = {},
): Acting => {
  const command = commands[name];
  authorise(ability, name, row);
  const acting = command.by.includes('councillor')
    ? own
    : actingFor(actor, office ? [office] : command.by, row);
  if (version !== undefined && version !== row.version) throw conflict('stale_version');
  if (!command.from.includes(row.status)) {
    throw conflict('status', `${ruleSays('status')} It is ${row.status}.`);
  }
  if (command.signs) {
    const barred =
      name === 'decide_review'
        ? barredFromReviewing(actor, acting, row)
        : barredFromSigning(actor, acting, row);
    if (barred) throw forbid(barred);
  }
  return acting;
};

/**
 * Whether this person may record that papers came back, and as whom: whatever has become of the request since they
 * were released, they are out until somebody does. @throws Forbidden
 */
export const permitGivingBack = (
  { ability, actor }: { readonly ability: AppAbility; readonly actor: Actor },
  row: ObservationRequest,
): Acting => {
  authorise(ability, 'release_papers', row);
  return actingFor(actor, commands.release_papers.by, row);
};

const seatOf = (acting: Acting): Seat | null =>
  acting.office === 'childrens_services' ||
  acting.office === 'democratic_services' ||
  acting.office === 'legal'
    ? acting.office
    : null;

const reviewIsOpen = ({ review, version }: ObservationRequest): boolean =>
  review !== null && review.version === version && review.outcome === null;

const isDocuments = ({ observationType }: ObservationRequest): boolean =>
  observationType === 'document_inspection';

/** Whether there is a right to the papers, outside the test. */
const rightStands = ({ statutoryRight }: ObservationRequest): boolean =>
  statutoryRight !== null && statutoryRight.right !== 'none';

/** Whether the state of the seats, the review and the papers leaves room; the rest is the status's business. */
const stateAllows = (name: CommandName, row: ObservationRequest, acting: Acting): boolean => {
  const taken = row.seats.some(({ office }) => office === seatOf(acting));
  switch (name) {
    case 'sign_off':
    case 'decide':
      return !taken && !rightStands(row);
    case 'withdraw_sign_off':
      return taken;
    case 'name_host':
      return row.seats.length === 0;
    case 'ask_review':
      return row.review?.version !== row.version;
    case 'decide_review':
      return reviewIsOpen(row);
    case 'name_reviewer':
      return row.status === 'refused' ? reviewIsOpen(row) : row.remittedAt !== null;
    case 'record_right':
      return isDocuments(row);
    case 'release_papers':
      return isDocuments(row) && (row.status === 'approved' || rightStands(row));
    default:
      return true;
  }
};

/**
 * The names of the commands that this person may give on this row now. One that is not here is refused,
 * and one that is here is not refused for authority or status.
 */
export const available = (
  who: { readonly ability: AppAbility; readonly actor: Actor },
  row: ObservationRequest,
): CommandName[] =>
  commandNames.filter((name) => {
    if (!who.ability.can(name, row) || !commands[name].from.includes(row.status)) return false;
    const narrowings: readonly Narrowed[] = commands[name].by.includes('councillor')
      ? [undefined]
      : commands[name].by;
    return narrowings.some((office) => {
      try {
        return stateAllows(name, row, permit(name, who, row, { office }));
      } catch {
        return false;
      }
    });
  });
