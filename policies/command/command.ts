/**
 * A command: one thing that can be done, as one value. From it come the rules about who may give it (permission/granted.ts),
 * the refusals (permission/permit.ts), the `can` of a representation, the line and the page that say why not
 * (server/case/offered.ts), and its row in the matrix of permissions (rule-book/matrix.ts).
 */
import type { OutcomeAsked } from '../request/live-seat.js';
import type { RecordedConflict } from '../conflict/conflict.js';
import type { HoldFile } from '../legal-hold/legal-hold.js';
import type { AuditRequirement } from '../audit-requirement/requirement.js';
import type { AccessRequest } from '../subject-access/access-request.js';
import type { Correction } from '../correction/correction.js';
import type { Redaction } from '../redaction/redaction.js';
import type { Proposal } from '../retention/disposing.js';
import type { Due, ProposedOf } from '../retention/retention.js';
import type { Category } from '../core/category.js';
import type { RuleKey } from '../core/rules.js';
import type { FirstAccount } from '../account/first-account.js';
import type { Acting, Actor } from '../people/actor.js';
import type { Days, Giving, OfficeHeld } from '../office/office-held.js';
import type { CodeKey } from '../proof/code-key.js';
import type { Passkeys } from '../passkey/passkey.js';
import type { Token, TokenScope } from '../token/token.js';
import type { Person } from '../people/person.js';
import type { Office } from '../core/office.js';
import type { Answer } from '../need-to-know/answers.js';
import type { Ground } from '../core/grounds.js';
import type { Meeting } from '../decision/meeting.js';
import type { LiftOutcome } from '../need-to-know/lift.js';
import type { Block } from '../need-to-know/blocks.js';
import type { QuestionKey } from '../need-to-know/questions.js';
import type { Standing } from '../register/member.js';
import type { Condition } from '../grant/condition.js';
import type { GivenCause } from '../grant/end-causes.js';
import type { Grant } from '../grant/grant.js';
import type { Incident } from '../incident/incident.js';
import type { ObservationRequest } from '../request/request.js';
import type { AttendanceOutcome } from '../visit/attended.js';
import type { Visit, VisitCheck } from '../visit/visit.js';
import type {
  FindingAbout,
  Leaflet,
  Operations,
  Programme,
  Protocol,
  Register,
  SettingsSubject,
  Standby,
} from './things.js';
import type { CaseFile } from '../case/case-file.js';
import type { Links } from '../request/links.js';
import type { Candidate } from '../request/hosting.js';
import type { Named } from '../core/separated.js';

/** What every command may name: for which office it is given, where the person holds several. */
interface Said {
  readonly office?: Office | undefined;
}
interface OnRequest extends Said, OutcomeAsked {
  /** The version that it was made against; left out, whichever stands. */
  readonly version?: number | undefined;
  /** The person who gives the command. */
  readonly by?: string | undefined;
  /** Whether the papers are a copy that the councillor keeps. */
  readonly copy?: boolean | undefined;
  /** The offices that nobody is free to act for, where that was asked. */
  readonly namable?: readonly Office[] | undefined;
  /** The office that somebody is named for, as sent. */
  readonly namedFor?: Named['office'] | undefined;
  /** The answer that is given to a question. */
  readonly answered?: { readonly question: QuestionKey; readonly answer: Answer } | undefined;
  /** Whether what is said is marked as privileged advice. */
  readonly privileged?: boolean | undefined;
  /** The meeting that an office says it was at, or was not. */
  readonly meeting?: Meeting | undefined;
  /** What the office says of lifting the council rule behind the answer to a question. */
  readonly lifting?:
    | {
        readonly question: QuestionKey;
        readonly outcome?: LiftOutcome;
        /** Those that it is said of; left out, all that stand under the question. */
        readonly blocks?: readonly Block[] | undefined;
      }
    | undefined;
  /** The grounds that are cited. */
  readonly grounds?: readonly Ground[] | undefined;
  /** The categories that an approval is to open. */
  readonly categories?: readonly Category[] | undefined;
  /** What an approval rests on beside the request, once both are locked. */
  readonly links?: Links | undefined;
  /** Whether a review is asked for with a reason why it is late. */
  readonly late?: boolean | undefined;
  /** Whether somebody who signed a refusal says why they remit it themselves. */
  readonly own?: boolean | undefined;
  /** Of papers that are released already: when they came back, as it is on record and as it is said now. */
  readonly returned?: { readonly before: Date | null; readonly now: Date } | undefined;
  /** Whether it begins a request that continues the one of the file. */
  readonly continues?: boolean | undefined;
  /** The people who are named with the command, as far as there are such people. */
  readonly people?: readonly Candidate[] | undefined;
}
interface Timed extends Said {
  readonly now: Date;
}
interface OnGrant extends Timed {
  /** How the councillor is told of an end. */
  readonly cause?: GivenCause | undefined;
  /** Whether the end rests on other facts than those of an incident that was released and closed. */
  readonly otherFacts?: boolean | undefined;
  readonly condition?: Pick<Condition, 'id' | 'owner'> | undefined;
}
interface OnVisit extends Timed {
  /** The grant, where the visit is moved to another time. */
  readonly movedUnder?: Grant | undefined;
  /** The question that is answered again for the visit. */
  readonly checking?: VisitCheck | undefined;
  readonly outcome?: AttendanceOutcome | undefined;
  readonly question?: { readonly answeredAt: Date | null } | undefined;
}
interface OnIncident extends Said {
  /** A case that is added to it, without a regard to how it is written. */
  readonly addsCase?: string | undefined;
  /** Anyone who names a case with what they report. */
  readonly namesCase?: Pick<Actor, 'id' | 'holdings'> | undefined;
}
interface OnDisposal extends Said {
  /** What is due of the councillor's, or how many notifications are. */
  readonly due?: Due | undefined;
  readonly notifications?: number | undefined;
  /** Whether a proposal of it is open. */
  readonly isProposed?: boolean | undefined;
  /** What was proposed. */
  readonly proposed?: ProposedOf | undefined;
}
interface OnRedaction extends Said {
  /** Whether who confirms it could read the text before it was hidden. */
  readonly reads?: boolean | undefined;
}
interface OnConflict extends Said {
  /** Who gives the command. */
  readonly by?: string | undefined;
}
interface OnAccessRequest extends Said {
  /** Whether the first month, within which the person is told of an extension, is over. */
  readonly tooLate?: boolean | undefined;
  /** How many passages have no mark. */
  readonly unmarked?: number | undefined;
  /** The fingerprint of what the person has read, and of what is there now. */
  readonly shown?: string | undefined;
  readonly found?: string | undefined;
}
interface OnCorrection extends Said {
  /** Who gives the command. */
  readonly by?: string | undefined;
  /** Who recorded the original, and whether that person still acts for the office. */
  readonly recordedBy?: string | null | undefined;
  readonly recorderActs?: boolean | undefined;
  /** What keeps the person who is to host, or to manage the host, from it. */
  readonly barredBy?: RuleKey | null | undefined;
  /** Whether a correction of it waits. */
  readonly waits?: boolean | undefined;
  /** Whose conflict of interest it corrects, before and after. */
  readonly conflicted?: readonly string[] | undefined;
  /** Whether what it corrects has changed since it was proposed. */
  readonly isStale?: boolean | undefined;
}
interface OnRegister extends Said {
  /** Of a member who is to be recorded as gone. */
  readonly leaving?: Standing | undefined;
  /** The differences that were looked at, and those that are found now. */
  readonly shown?: string | undefined;
  readonly found?: string | undefined;
}
interface OnSettings extends Said {
  /** The change that was last known, and the newest. */
  readonly revision?: number | undefined;
  readonly newest?: number | undefined;
}
interface OnProtocol extends Timed {
  /** The version that is accepted, and the one that is in force. */
  readonly accepted?: number | undefined;
  readonly inForce?: number | undefined;
}

interface OnPerson extends Said {
  /** Who gives the command. */
  readonly by?: string | undefined;
  /** When. */
  readonly now?: Date | undefined;
  /** The address that is to be theirs. */
  readonly email?: string | undefined;
  /** The office that is to be given, and the days of its heads. */
  readonly giving?: Giving | undefined;
  readonly heads?: readonly Days[] | undefined;
  /** Whether they are the last who keeps an office that somebody must hold. */
  readonly isLast?: boolean | undefined;
}
interface OnOffice extends Said {
  /** Who gives the command. */
  readonly by?: string | undefined;
  /** The day, `YYYY-MM-DD` in London. */
  readonly today?: string | undefined;
  /** Whether the person is the last who keeps an office that somebody must hold. */
  readonly isLast?: boolean | undefined;
}

interface OnToken extends Said {
  /** What the token is to open. */
  readonly scope?: TokenScope | undefined;
  /** Whether who makes it holds the office for that, as it is held until the token is made. */
  readonly inOffice?: boolean | undefined;
}

interface Thing<Subject, File = Subject, Given = Said> {
  /** The thing itself, as the ability sees it. */
  readonly subject: Subject;
  /** What the hindrances of a command are worked out from. */
  readonly file: File;
  /** The part of the input that decides what stands in the way. */
  readonly given: Given;
}

/** The things that commands are about. */
export interface About {
  readonly Request: Thing<ObservationRequest, CaseFile, OnRequest>;
  readonly Grant: Thing<Grant, Grant, OnGrant>;
  readonly Visit: Thing<Visit, Visit, OnVisit>;
  readonly Incident: Thing<Incident, Incident, OnIncident>;
  readonly Hold: Thing<HoldFile>;
  readonly Disposal: Thing<Proposal, Proposal, OnDisposal>;
  readonly Redaction: Thing<Redaction, Redaction, OnRedaction>;
  readonly AccessRequest: Thing<AccessRequest, AccessRequest, OnAccessRequest>;
  readonly AuditRequirement: Thing<AuditRequirement>;
  readonly Correction: Thing<Correction, Correction, OnCorrection>;
  readonly Deputy: Thing<Extract<Standby, { kind: 'Deputy' }>>;
  readonly Absence: Thing<Extract<Standby, { kind: 'Absence' }>>;
  readonly Delegation: Thing<Extract<Standby, { kind: 'Delegation' }>>;
  readonly RecordedConflict: Thing<RecordedConflict, RecordedConflict, OnConflict>;
  readonly Register: Thing<Register, Register, OnRegister>;
  readonly Protocol: Thing<Protocol, Protocol, OnProtocol>;
  readonly Leaflet: Thing<Leaflet>;
  readonly Finding: Thing<FindingAbout>;
  readonly Programme: Thing<Programme>;
  readonly Settings: Thing<SettingsSubject, SettingsSubject, OnSettings>;
  readonly Operations: Thing<Operations>;
  readonly Account: Thing<FirstAccount>;
  readonly Person: Thing<Person, Person, OnPerson>;
  readonly OfficeHeld: Thing<OfficeHeld, OfficeHeld, OnOffice>;
  readonly CodeKey: Thing<CodeKey>;
  readonly Passkeys: Thing<Passkeys>;
  readonly Token: Thing<Token, Token, OnToken>;
}
export type On = keyof About;
export type SubjectOf<K extends On> = About[K]['subject'];
export type FileOf<K extends On> = About[K]['file'];
export type GivenOf<K extends On> = About[K]['given'];

/**
 * A hindrance: it may stand in the way of a command, by the rule that it breaks. The hindrances of a command are
 * checked in order, and the first that applies is the answer, so it says what to deal with first. `when` returns a
 * text in place of `true` if it can name facts that the rule's own sentence cannot, such as the findings that block.
 */
export interface Hindrance<File, Given> {
  readonly rule: RuleKey;
  readonly when: (file: File, given: Given) => boolean | string;
  /** What it rests on in this case, where that is another authority than the rule's own; null where it is not. */
  readonly rests?: (file: File, given: Given) => string | null;
  /** Whether it keeps people apart: then it is refused as an authority that is missing (403), and not as a state (409). */
  readonly keepsApart?: true;
}

/** The rule that keeps this person, who has the authority, from putting their name to it; or null. */
export type Bar<Subject> = (actor: Actor, acting: Acting, subject: Subject) => RuleKey | null;

/** Who gives a command, on what. */
export interface CommandRow<N extends string = string, K extends On = On> {
  readonly name: N;
  readonly on: K;
  readonly by: readonly Office[];
  /** The statuses from which it is given; null where the subject has none. */
  readonly from: readonly string[] | null;
  /** The statuses that it leads to; null where the status stays as it is. */
  readonly to: readonly string[] | null;
  /** Whether a person named by the Chief Executive for one request may give it, in the place of an office. */
  readonly byNamed: boolean;
  /** Whether anybody may give it about themselves. */
  readonly bySelf: boolean;
  /** For Democratic Services: whether it is for those alone who keep the lists, and so for no idle deputy. */
  readonly keeping: boolean;
  /** For the councillor: whether a former one may give it too. */
  readonly former: boolean;
  /** Whether who gives it must have proved lately who they are. */
  readonly asksProof: boolean;
}

export interface Command<N extends string = string, K extends On = On> extends CommandRow<N, K> {
  /** The rule that refuses the command to anyone without a rule that allows it. */
  readonly otherwise: RuleKey;
  /** The rule that refuses it from another status. */
  readonly elsewhere: RuleKey;
  /** Null if nobody signs with it, so that separation of duties does not apply. */
  readonly signs: Bar<SubjectOf<K>> | null;
  /** The offices that give it in this case, where not all of `by` do. */
  readonly among: (given: GivenOf<K>) => readonly Office[] | null;
  /** The cases in which it can be given on this subject; null where each office of `by` makes one. */
  readonly cases: ((subject: SubjectOf<K>, given: GivenOf<K>) => readonly GivenOf<K>[]) | null;
  /**
   * Hindrances by what has become of the subject. A command that one of them closes is in nobody's `can`: lists know
   * only the subject, and their `can` must equal the one in the representation.
   */
  readonly closedBy: readonly Hindrance<SubjectOf<K>, GivenOf<K>>[];
  /**
   * Other hindrances, which people can deal with or which depend on the time. `can` promises authority and status,
   * and names the command in spite of them (the HTTP contract); a line, a page and a refusal say which one it is.
   */
  readonly hinders: readonly Hindrance<FileOf<K>, GivenOf<K>>[];
}

type Spec<N extends string, K extends On> = Pick<Command<N, K>, 'name' | 'on' | 'by'> &
  Partial<Omit<Command<N, K>, 'name' | 'on' | 'by'>>;

/** Makes a command; whatever is left out gets its default. */
export const command = <const N extends string, K extends On>(spec: Spec<N, K>): Command<N, K> => ({
  from: null,
  to: null,
  byNamed: false,
  bySelf: false,
  keeping: false,
  former: false,
  asksProof: false,
  otherwise: 'office',
  elsewhere: 'status',
  signs: null,
  among: () => null,
  cases: null,
  closedBy: [],
  hinders: [],
  ...spec,
});
