/**
 * Whether a person may give a command. The order of refusal: authority (403), version and status (409), separation of
 * duties (403), anything else in the way (409), and last a proof that is missing (403). A rule answers with its key: nothing throws to find out whether
 * something can be done, so whatever does throw is a fault of ours.
 */
import { capacityOf } from '../decision/sign-off.js';
import { forbiddenBy } from './ability.js';
import type { AppAbility } from './actions.js';
import type { Command, FileOf, GivenOf, Hindrance, On, SubjectOf } from '../command/command.js';
import type { EveryCommand } from './every-command.js';
import { kindOfAuthority } from '../core/authorities.js';
import { Conflict, type Forbidden } from '../core/refusals.js';
import { forbid, ruleOf, ruleSays, type RuleKey } from '../core/rules.js';
import type { Acting, Actor } from '../people/actor.js';
import type { Proof } from '../proof/proof.js';
import type { Separated } from '../core/separated.js';
import type { TokenScope } from '../token/token.js';

type Name = EveryCommand['name'];

export interface Who {
  readonly ability: AppAbility;
  readonly actor: Actor;
  /** Their fresh proof that it is they who ask, if there is one. */
  readonly proof?: Proof | null;
}

/**
 * A refusal as a value: the rule, and its words if they say more than the rule's own. `from` is the step that
 * refused: `authority` if the person never gives this command, `capacity` if they are a deputy whose principal is
 * there.
 */
export interface No {
  readonly from: 'authority' | 'capacity' | 'stage' | 'separation' | 'state';
  readonly rule: RuleKey;
  readonly says: string;
  /** What it rests on in this case: the rule's own authority, if nothing else is known. */
  readonly authority: string;
}

const no = (
  from: No['from'],
  rule: RuleKey,
  says: string = ruleSays(rule),
  authority: string = ruleOf(rule).authority,
): No => ({ from, rule, says, authority });

/** The first of these hindrances that stands in the way, or null. */
const firstOf = <F, G>(hindrances: readonly Hindrance<F, G>[], of: F, given: G): No | null => {
  for (const { rule, when, keepsApart, rests } of hindrances) {
    const found = when(of, given);
    if (found !== false)
      return no(
        keepsApart ? 'separation' : 'state',
        rule,
        found === true ? undefined : found,
        rests?.(of, given) ?? undefined,
      );
  }
  return null;
};

const own: Acting = { office: 'councillor', capacity: 'principal', deputyFor: null };

/** What decides whom the person acts for. Outside a case, only the person whose data it is must stay away. */
const apart = (subject: object): Separated =>
  isSeparated(subject) ? subject : { ...fromNobody, ...subject };

const fromNobody: Separated = {
  councillorId: '',
  hostId: null,
  managerId: null,
  conflicts: [],
  signedBefore: [],
  signers: [],
  named: [],
};

const separating = Object.keys(fromNobody);

/** Whether it says all of that itself, as a request does: each command asks, so that nothing is copied for it. */
const isSeparated = (subject: object): subject is Separated => separating.every((key) => key in subject);

const statusOf = (subject: object): string | null =>
  'status' in subject && typeof subject.status === 'string' ? subject.status : null;

/** A stage whose code is no word that people read. */
const stageSays: Readonly<Record<string, string>> = { time_passed: 'closed, as its dates have passed' };

const versionOf = (subject: object): number | null =>
  'version' in subject && typeof subject.version === 'number' ? subject.version : null;

/** Why a command is not given at this stage; null where it is. */
const elsewhereOf = (
  { from, elsewhere }: Pick<Command<Name>, 'from' | 'elsewhere'>,
  subject: object,
): No | null => {
  const status = statusOf(subject);
  if (!from || status === null || from.includes(status)) return null;
  const says = `${ruleSays(elsewhere)}${elsewhere === 'status' ? ` It is ${stageSays[status] ?? status}.` : ''}`;
  return no('stage', elsewhere, says);
};

/** The office and capacity in which who gives this command gives it at that stage, or why they cannot. */
const atStage = <K extends On>(
  command: Command<Name, K>,
  actor: Actor,
  subject: SubjectOf<K>,
  given: GivenOf<K>,
): Acting | No => {
  const among = command.among(given) ?? (given.office ? [given.office] : command.by);
  const acting = among.includes('councillor') ? own : capacityOf(actor, among, apart(subject));
  if (acting === 'principal_present') return no('capacity', acting);
  if (typeof acting === 'string') return no('authority', acting);
  const version = versionOf(given);
  if (version !== null && version !== versionOf(subject)) return no('stage', 'stale_version');
  const late = elsewhereOf(command, subject);
  if (late) return late;
  const barred = command.signs?.(actor, acting, subject) ?? null;
  return barred ? no('separation', barred) : acting;
};

const isSubject = <K extends On>(thing: object): thing is SubjectOf<K> => !('row' in thing);

/** The thing itself, taken out of its file. */
export const subjectOf = <K extends On>(file: FileOf<K>): SubjectOf<K> => {
  const thing = 'row' in file ? file.row : file;
  if (!isSubject<K>(thing)) throw new Error('The file lies in no other file.');
  return thing;
};

/**
 * The office and capacity in which this person gives a command, by the stage of the thing alone: what `can` promises.
 * Otherwise, why they cannot.
 */
export const verdictOn = <K extends On>(
  command: Command<Name, K>,
  who: Who,
  subject: SubjectOf<K>,
  given: GivenOf<K>,
): Acting | No => {
  const forbidden = forbiddenBy(who.ability, command.name, subject, command.otherwise);
  return forbidden ? no('authority', forbidden) : whenGiven(command, who.actor, subject, given);
};

/** The same, for who gives the command at all. */
const whenGiven = <K extends On>(
  command: Command<Name, K>,
  actor: Actor,
  subject: SubjectOf<K>,
  given: GivenOf<K>,
): Acting | No => {
  const acting = atStage(command, actor, subject, given);
  if ('rule' in acting) return acting;
  return firstOf(command.closedBy, subject, { ...given, office: acting.office }) ?? acting;
};

/** The office and capacity in which this person gives a command now, or why they cannot. */
export const verdict = <K extends On>(
  command: Command<Name, K>,
  who: Who,
  file: FileOf<K>,
  given: GivenOf<K>,
): Acting | No => {
  const acting = verdictOn(command, who, subjectOf<K>(file), given);
  if ('rule' in acting) return acting;
  return firstOf(command.hinders, file, { ...given, office: acting.office }) ?? acting;
};

/** Why a command is refused; null where it is not. */
export const refusalOf = (answer: Acting | No): No | null => ('rule' in answer ? answer : null);

const refused = ({ from, rule, says, authority }: No): Conflict | Forbidden =>
  from === 'stage' || from === 'state'
    ? new Conflict(says, { rule, authority, kind: kindOfAuthority(authority) })
    : forbid(rule);

const orThrow = (answer: Acting | No): Acting => {
  if ('rule' in answer) throw refused(answer);
  return answer;
};

/** Who gives a command that asks for a proof has given one lately: last, since nobody proves themselves for nothing. */
const assertProved = ({ asksProof }: Pick<EveryCommand, 'asksProof'>, { proof }: Who): Proof | null => {
  if (!asksProof) return null;
  if (!proof) throw forbid('step_up');
  return proof;
};

/** The same, with how they proved it: the trail records that. */
const proved = (command: Pick<EveryCommand, 'asksProof'>, who: Who, acting: Acting): Acting => {
  const proof = assertProved(command, who);
  return proof ? { ...acting, proof: proof.by } : acting;
};

/**
 * Permits a command, or refuses it.
 * @returns the office and capacity in which this person gives it
 * @throws Forbidden, Conflict
 */
export const permit = <K extends On>(
  command: Command<Name, K>,
  who: Who,
  file: FileOf<K>,
  given: GivenOf<K>,
): Acting => proved(command, who, orThrow(verdict(command, who, file, given)));

/** The same where the thing itself is all that is held. @throws Forbidden, Conflict */
export const permitOn = <K extends On>(
  command: Command<Name, K>,
  who: Who,
  subject: SubjectOf<K>,
  given: GivenOf<K>,
): Acting => proved(command, who, orThrow(verdictOn(command, who, subject, given)));

/** Refuses a command that something stands in the way of, no matter who gives it. @throws Forbidden, Conflict */
export const assertUnhindered = <K extends On>(
  { closedBy, hinders }: Command<Name, K>,
  file: FileOf<K>,
  given: GivenOf<K>,
): void => {
  const found = firstOf(closedBy, subjectOf<K>(file), given) ?? firstOf(hinders, file, given);
  if (found) throw refused(found);
};

/** Permits a command that needs authority and nothing else. @throws Forbidden */
export const authoriseTo = <K extends On>(
  { name, otherwise }: Command<Name, K>,
  { ability }: Pick<Who, 'ability'>,
  subject: SubjectOf<K>,
): void => {
  const rule = forbiddenBy(ability, name, subject, otherwise);
  if (rule) throw forbid(rule);
};

/**
 * Lets nobody on who must set an app for codes up first, whatever they ask for.
 * @throws Forbidden by the rule `codes_first`
 */
export const assertCodesSetUp = ({ codesFirst }: { readonly codesFirst: boolean }): void => {
  if (codesFirst) throw forbid('codes_first');
};

/**
 * Lets a caller with a token on to what its scope opens, and to nothing else; somebody without one meets no bar here.
 * @param opens the scope that opens what is asked for; undefined where no token does
 * @throws Forbidden by the rule `token_scope`
 */
export const assertInScope = (
  token: { readonly scope: TokenScope } | undefined,
  opens: TokenScope | undefined,
): void => {
  if (token !== undefined && token.scope !== opens) throw forbid('token_scope');
};

/** Why a command that people give about themselves is not given on this thing; null where it is. */
export const refusalToOneself = <K extends On>(
  command: Command<Name, K>,
  subject: SubjectOf<K>,
  given: GivenOf<K>,
): No | null => elsewhereOf(command, subject) ?? firstOf(command.closedBy, subject, given);

/** Permits a command that people give about themselves, and for no office. @throws Forbidden, Conflict */
export const permitOneself = <K extends On>(
  command: Command<Name, K>,
  who: Who,
  file: FileOf<K>,
  given: GivenOf<K>,
): void => {
  authoriseTo(command, who, subjectOf<K>(file));
  const found = refusalToOneself(command, subjectOf<K>(file), given) ?? firstOf(command.hinders, file, given);
  if (found) throw refused(found);
  assertProved(command, who);
};

/**
 * Whether this person gives a command on anything at all: for a page or a button where nothing is named yet. On what
 * is named it is asked again.
 */
export const givesAny = <K extends On>(
  { name, on }: Command<Name, K>,
  { ability }: Pick<Who, 'ability'>,
): boolean => ability.can(name, on);

/** Lets pass who gives a command on anything at all. @throws Forbidden */
export const authoriseAny = <K extends On>(command: Command<Name, K>, who: Pick<Who, 'ability'>): void => {
  if (!givesAny(command, who)) throw forbid(command.otherwise);
};

/**
 * Whether a `can` names this command: in one case at least nothing that the thing itself has come to closes it. One
 * that is not named is refused, and one that is named is not refused for authority or status.
 */
export const isOpen = <K extends On>(
  command: Command<Name, K>,
  who: Who,
  subject: SubjectOf<K>,
  given: GivenOf<K>,
): boolean => {
  // First, because most of what nobody may do ends here.
  if (!who.ability.can(command.name, subject)) return false;
  const byOffice = () => command.by.map((office) => ({ ...given, office }));
  const cases = command.cases?.(subject, given) ?? byOffice();
  return cases.some((each) => refusalOf(whenGiven(command, who.actor, subject, each)) === null);
};

/** Whether a `can` names a command that people give about themselves, and for no office. */
export const isOpenToOneself = <K extends On>(
  command: Command<Name, K>,
  { ability }: Pick<Who, 'ability'>,
  subject: SubjectOf<K>,
  given: GivenOf<K>,
): boolean => ability.can(command.name, subject) && refusalToOneself(command, subject, given) === null;

/** The names of the commands of a list that this person may give on this subject now: its `can`. */
export const available = <K extends On, N extends Name>(
  commands: readonly Command<N, K>[],
  who: Who,
  subject: SubjectOf<K>,
  given: GivenOf<K>,
): N[] => commands.filter((command) => isOpen(command, who, subject, given)).map(({ name }) => name);
