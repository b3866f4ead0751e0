/**
 * The fourteen questions of the need-to-know test, as a table: who answers, the possible answers, which of them
 * block, which need a written reason, the ground of a refusal and the authority.
 * Source: need-to-know.md, section 2. test.ts works out what the table means for one assessment.
 */
import type { ObservationType } from '../core/observation-types.js';
import type { RoutedBar, LegalBar } from '../core/observation-types.js';
import type { Seat } from '../core/office.js';
import { authorities } from '../core/authorities.js';
import type { Ground } from '../core/grounds.js';

export const questionKeys = [
  'standing',
  'role',
  'authority',
  'necessity',
  'scope',
  'alternatives',
  'collateral_purpose',
  'connection',
  'documents',
  'legal_bars',
  'proportionality',
  'agreements',
  'lawful_basis',
  'prerequisites',
] as const;
export type QuestionKey = (typeof questionKeys)[number];

/** What the meaning of an answer may depend on besides the answer itself. */
export interface Circumstances {
  readonly type: ObservationType;
  readonly events: number;
  /** Whether it is one working day before the event, or later; false while no event is fixed. */
  readonly eventIsNear: boolean;
  /** The bars that the council never lets members observe, by a rule of its own. */
  readonly neverObserved: readonly RoutedBar[];
  /** Whether the person is a co-opted member, and so no elected representative. */
  readonly isCoopted: boolean;
}

/** The meaning of one answer, or of one item of it. */
export interface Meaning {
  /** The answer as part of a sentence for a councillor to read. */
  readonly says: string;
  /** The same where the question is asked again for one visit, if the words differ. */
  readonly saysOfVisit?: string;
  readonly blocks?: Ground | ((given: Circumstances) => Ground | null);
  readonly needsReason?: boolean | ((given: Circumstances) => boolean);
  /** What it rests on, where that differs from the question. */
  readonly authority?: string | ((given: Circumstances) => string);
}

type Choice = Readonly<Record<string, Meaning>>;

/** One answer of a list. */
export interface OneOf {
  readonly shape: 'one';
  readonly values: Choice;
}
/** An answer for each item that the type calls for. */
export interface EachOf {
  readonly shape: 'each';
  readonly items: (type: ObservationType) => readonly string[];
  readonly itemSays: Readonly<Record<string, string>>;
  readonly values: (item: string) => Choice;
}
/** What one bar means: what a lawful route is, where one opens it, and what the bar rests on. */
export interface BarMeaning extends Meaning {
  /** Null where no route opens it. */
  readonly route: string | null;
  readonly authority: string;
}
/** Any of a list, each with a lawful route where there is one. */
export interface AnyOf {
  readonly shape: 'any';
  readonly values: Readonly<Record<string, BarMeaning>>;
}

export interface Question {
  readonly key: QuestionKey;
  readonly asks: string;
  readonly office: Seat;
  readonly authority: string;
  readonly answers: OneOf | EachOf | AnyOf;
}

const one = (values: Choice): OneOf => ({ shape: 'one', values });

const alternatives = [
  'briefing',
  'data',
  'anonymised_audit',
  'closed_case',
  'staff_talk',
  'other_type',
] as const;
const prerequisites = ['undertaking', 'safeguarding_training', 'data_protection_training', 'dbs'] as const;

/** An answer that is still open: what follows for a whole request, and what for one visit. */
const open = (says: string): Pick<Meaning, 'says' | 'saysOfVisit'> => ({
  says: `${says}, so approval in principle is possible and attendance is not`,
  saysOfVisit: `${says}, so nobody may attend yet`,
});

/** The words of an answer about a request or, asked again, about a visit. */
export const meaningSays = ({ says, saysOfVisit }: Meaning, of: 'request' | 'visit'): string =>
  of === 'visit' ? (saysOfVisit ?? says) : says;

const required: Choice = {
  met: { says: 'is in place' },
  booked: {
    ...open('is booked'),
    needsReason: true,
  },
  missing: { says: 'is missing', blocks: 'prerequisites_missing' },
};
const criminalRecordCheck: Choice = {
  met: { says: 'is in place' },
  booked: {
    ...open('is booked'),
    needsReason: true,
  },
  missing: { says: 'is missing', needsReason: true },
  ineligible: { says: 'cannot be asked for in this role', needsReason: true },
};

/**
 * Each bar has a lawful route of its own, and its words are the reason; privilege needs a reason, because Legal keeps it by
 * how the observation goes on; after an adoption order nothing opens the file.
 */
const bars: Readonly<Record<LegalBar, BarMeaning>> = {
  proceedings: {
    says: 'court proceedings',
    blocks: 'legal_bar',
    route: 'The rule or the permission of the court that lets a member attend or be told',
    authority: authorities.barProceedings,
  },
  court_order: {
    says: 'a court order',
    blocks: 'legal_bar',
    route: 'The words of the order that allow it, or the permission of the court',
    authority: authorities.barCourtOrder,
  },
  privilege: {
    says: 'legal privilege',
    needsReason: true,
    route: null,
    authority: authorities.barPrivilege,
  },
  adoption: {
    says: 'adoption',
    blocks: 'legal_bar',
    route: 'The agency’s decision to disclose, with its regulation and its date',
    authority: authorities.barAdoption,
  },
  adoption_order: {
    says: 'what is protected after an adoption order',
    blocks: 'legal_bar',
    route: null,
    authority: authorities.barAdoptionOrder,
  },
  criminal: {
    says: 'a criminal investigation',
    blocks: 'legal_bar',
    route: 'The written agreement of the senior investigating officer and, after charge, of the prosecutor',
    authority: authorities.barCriminal,
  },
  lado: {
    says: 'allegations management',
    blocks: 'legal_bar',
    route: 'The written agreement of the designated officer',
    authority: authorities.barAllegations,
  },
};

const table: Readonly<Record<QuestionKey, Omit<Question, 'key'>>> = {
  standing: {
    asks: 'Is the person a member today and on every day of the window?',
    office: 'democratic_services',
    authority: authorities.membership,
    answers: one({
      sitting: { says: 'The person is a sitting member for the whole window' },
      coopted: { says: 'The person is a co-opted member', needsReason: true },
      elect: {
        says: 'The person is elected and has not yet made the declaration of acceptance',
        blocks: 'no_standing',
      },
      former: { says: 'The person is not a member for the whole window', blocks: 'no_standing' },
    }),
  },
  role: {
    asks: 'Which governance role is relied on, and is it held for the whole window?',
    office: 'democratic_services',
    authority: authorities.remitOfRole,
    answers: one({
      relevant_committee: { says: 'The role relied on is a seat on the relevant committee' },
      lead_member: { says: 'The role relied on is that of lead member' },
      corporate_parenting: { says: 'The role relied on is in corporate parenting' },
      task_group: { says: 'The role relied on is a seat on a task group' },
      ward: {
        says: 'Only the ward is relied on, so the higher burden of a non-member applies',
        needsReason: true,
      },
      other: {
        says: 'Another role is relied on, so the higher burden of a non-member applies',
        needsReason: true,
      },
    }),
  },
  authority: {
    asks: 'What gives the purpose its authority?',
    office: 'democratic_services',
    authority: authorities.remit,
    answers: one({
      work_programme: { says: 'The purpose is on the work programme' },
      appointment: { says: 'The purpose comes with the appointment' },
      none: { says: 'Nothing recorded gives the purpose its authority', needsReason: true },
    }),
  },
  necessity: {
    asks: 'Which duty of that role cannot be carried out without this, and what clear link joins the remit to this information?',
    office: 'legal',
    authority: authorities.necessity,
    answers: one({
      duty: { says: 'A duty of the role cannot be carried out without this', needsReason: true },
      no_link: {
        says: 'No clear link joins the remit to this information',
        blocks: 'no_remit_link',
        needsReason: true,
      },
      curiosity: {
        says: 'The purpose is curiosity, which is no need to know',
        blocks: 'curiosity',
        needsReason: true,
      },
    }),
  },
  scope: {
    asks: 'Is it named activities in one date window?',
    office: 'legal',
    authority: authorities.noRovingCommission,
    answers: one({
      specific: {
        says: 'Named activities in one window are asked for',
        needsReason: ({ events }) => events > 1,
      },
      open_ended: {
        says: 'The request is open-ended: there is no roving commission',
        blocks: 'roving_commission',
      },
    }),
  },
  alternatives: {
    asks: 'Would something less intrusive do?',
    office: 'childrens_services',
    authority: authorities.minimisation,
    answers: {
      shape: 'each',
      items: () => alternatives,
      itemSays: {
        briefing: 'a briefing',
        data: 'data',
        anonymised_audit: 'an anonymised audit',
        closed_case: 'a closed case',
        staff_talk: 'a talk with staff',
        other_type: 'another type of observation',
      },
      values: () => ({
        insufficient: { says: 'would not do', needsReason: true },
        sufficient: { says: 'would do', blocks: 'alternative_sufficient' },
      }),
    },
  },
  collateral_purpose: {
    asks: 'Is there another purpose: litigation, press, campaign, employment, a friend or relative, a constituent’s own case?',
    office: 'legal',
    authority: authorities.collateralPurpose,
    answers: one({
      no: { says: 'There is no other purpose' },
      casework: {
        says: 'There is an open enquiry for a constituent who is not of the family observed',
        needsReason: true,
      },
      // No improper purpose, but another basis: by papers, and for elected representatives.
      constituent_case: {
        says: 'It is work for a constituent whose own case this is',
        blocks: ({ type, isCoopted }) => {
          if (isCoopted) return 'collateral_purpose';
          return type.key === 'document_inspection' ? null : 'council_rule';
        },
        needsReason: true,
        authority: ({ type, isCoopted }) =>
          isCoopted || type.key === 'document_inspection'
            ? authorities.constituentCase
            : authorities.constituentByPapers,
      },
      unsure: { says: 'It is not certain that there is no other purpose', needsReason: true },
      yes: { says: 'There is another purpose', blocks: 'collateral_purpose' },
    }),
  },
  connection: {
    asks: 'Is there a link to the family, staff, agency or alleged perpetrator?',
    office: 'childrens_services',
    authority: authorities.conduct,
    answers: one({
      none: { says: 'There is no link' },
      professional: { says: 'There is a professional link', needsReason: true },
      ward: { says: 'There is a link through the ward', needsReason: true },
      personal: { says: 'There is a personal link', blocks: 'connection' },
      unchecked: {
        ...open('Links are still to be checked'),
        blocks: ({ eventIsNear }) => (eventIsNear ? 'connection' : null),
      },
    }),
  },
  documents: {
    asks: 'Are papers wanted as well?',
    office: 'legal',
    authority: authorities.documentsAndAttendance,
    answers: one({
      no: { says: 'No papers are wanted' },
      yes: { says: 'Papers are wanted as well, and are asked for in a request of their own' },
    }),
  },
  legal_bars: {
    asks: 'Does what will be observed touch court proceedings, a court order, privilege, adoption, a criminal investigation or allegations management?',
    office: 'legal',
    authority: authorities.bars,
    answers: { shape: 'any', values: bars },
  },
  proportionality: {
    asks: 'Is the benefit proportionate to the harm to the child, the family and third parties?',
    office: 'childrens_services',
    authority: authorities.privateLife,
    answers: one({
      proportionate: { says: 'The benefit is proportionate to the harm', needsReason: true },
      disproportionate: {
        says: 'The benefit is not proportionate to the harm',
        blocks: 'disproportionate',
        needsReason: true,
      },
    }),
  },
  agreements: {
    asks: 'Has each party whose agreement is asked agreed?',
    office: 'childrens_services',
    authority: authorities.procedures,
    answers: {
      shape: 'each',
      items: (type) => type.parties,
      itemSays: {
        chair: 'the chair',
        police: 'the police',
        health: 'health services',
        legal: 'the legal adviser',
        manager: 'the manager',
        staff: 'the staff',
        family: 'the family',
        child: 'the child',
        members: 'the members of the group',
        head_of_unit: 'the head of the unit',
        partners: 'the partners',
        hosts: 'the hosts',
      },
      values: () => ({
        // Of one or of several: the family agreed, the hosts agreed.
        agreed: { says: 'agreed' },
        refused: { says: 'did not agree', blocks: 'agreement_refused' },
        pending: open('could not be asked yet'),
        not_applicable: { says: 'need not be asked', needsReason: true },
      }),
    },
  },
  lawful_basis: {
    asks: 'Is a lawful basis confirmed, and which?',
    office: 'legal',
    authority: authorities.lawfulBasis,
    answers: one({
      confirmed: { says: 'A lawful basis is confirmed', needsReason: true },
      not_confirmed: { says: 'No lawful basis is confirmed', blocks: 'no_lawful_basis', needsReason: true },
    }),
  },
  prerequisites: {
    asks: 'Are the undertaking, the training and the criminal record check in place?',
    office: 'democratic_services',
    authority: authorities.prerequisites,
    answers: {
      shape: 'each',
      items: () => prerequisites,
      itemSays: {
        undertaking: 'the undertaking',
        safeguarding_training: 'safeguarding training',
        data_protection_training: 'data protection training',
        dbs: 'the criminal record check (DBS)',
      },
      values: (item) => (item === 'dbs' ? criminalRecordCheck : required),
    },
  },
};

/** The fourteen questions, in table order. */
export const questions: readonly Question[] = questionKeys.map((key) => ({ key, ...table[key] }));

/** The question of that key. */
export const question = (key: QuestionKey): Question => ({ key, ...table[key] });
