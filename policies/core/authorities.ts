/**
 * The authorities, in one place. Every rule, question and refusal quotes one of these, and the public page `/rules`
 * lists them. Each says whose it is: the law’s, with a full citation; guidance or a partner’s procedure, with its title,
 * its publisher and its year; or the council’s own. A council rule has its place in the document that the council names in
 * its settings (settings.ts, `adopted`), and no text calls it the law.
 * Source: need-to-know.md, its first paragraph, section 1 (the law and what the council decided) and section 2.
 */
import { keysOf } from './fields/keys-of.js';

export const authorityKinds = ['law', 'guidance', 'council'] as const;
export type AuthorityKind = (typeof authorityKinds)[number];

/** Filled by the three functions below, while the table is made. */
const kinds = new Map<string, AuthorityKind>();

const of = (kind: AuthorityKind, cites: string): string => {
  kinds.set(cites, kind);
  return cites;
};
const law = (...citations: readonly string[]): string => of('law', citations.join('; '));
const guidance = (...sources: readonly string[]): string => of('guidance', sources.join('; '));
const council = (says: string): string => of('council', `Council rule: ${says}`);

const exParteO = 'R v Birmingham City Council, ex parte O [1983] 1 AC 578';
const exParteGamper = 'R v Hackney London Borough Council, ex parte Gamper [1985] 1 WLR 1229';
const exParteConlan = 'R v Barnes Borough Council, ex parte Conlan [1938] 3 All ER 226';
const exParteWoodward = 'R v Hampstead Borough Council, ex parte Woodward (1917) 116 LT 213';
/** The Act says where the text of the regulation is. */
const ukGdpr = (articles: string): string =>
  `UK GDPR (Data Protection Act 2018, section 3(10)), ${articles.includes(' and ') ? 'Articles' : 'Article'} ${articles}`;

const accessRegulations = (place: string): string =>
  `Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012 (SI 2012/2089), ${place}`;

/** As refusals, findings and pages quote them. No two have the same words. */
export const authorities = {
  // The law
  noRovingCommission: law(exParteO),
  documentsAndAttendance: law(exParteO, exParteGamper),
  remitOfRole: law(exParteO, exParteConlan),
  necessity: law(exParteConlan, exParteO),
  membership: law('Local Government Act 1972, section 83'),
  minimisation: law(ukGdpr('5(1)(c)')),
  integrity: law(ukGdpr('5(1)(f)')),
  collateralPurpose: law(exParteWoodward),
  conduct: law('Localism Act 2011, sections 27 and 28'),
  bars: law(
    'Administration of Justice Act 1960, section 12',
    'Family Procedure Rules 2010 (SI 2010/2955), rules 12.73 and 12.75 with Practice Direction 12G',
    'Adoption Agencies Regulations 2005 (SI 2005/389), regulations 41 and 42',
    'Local Government Act 1972, Schedule 12A, paragraph 5',
  ),
  decisionStands: law('Akewushola v Secretary of State for the Home Department [2000] 1 WLR 2295'),
  keptForOthers: law('Data Protection Act 2018, section 173', 'Freedom of Information Act 2000, section 77'),
  internalAudit: law('Accounts and Audit Regulations 2015 (SI 2015/234), regulation 5(2)'),
  access: law(ukGdpr('15')),
  accessMonth: law(ukGdpr('12(3)')),
  accessExempt: law(
    'UK GDPR (Data Protection Act 2018, section 3(10)), Article 15(4)',
    'Data Protection Act 2018, section 15 and Schedules 2 to 4',
  ),
  exemptCrime: law('Data Protection Act 2018, Schedule 2, paragraph 2'),
  exemptProceedings: law('Data Protection Act 2018, Schedule 2, paragraph 5(3)'),
  exemptRegulatory: law('Data Protection Act 2018, Schedule 2, paragraph 7'),
  exemptSupervision: law('Data Protection Act 2018, Schedule 2, paragraph 11'),
  exemptOthers: law('Data Protection Act 2018, Schedule 2, paragraph 16'),
  exemptPrivilege: law('Data Protection Act 2018, Schedule 2, paragraph 19'),
  exemptManagement: law('Data Protection Act 2018, Schedule 2, paragraph 22'),
  exemptNegotiations: law('Data Protection Act 2018, Schedule 2, paragraph 23'),
  exemptReferences: law('Data Protection Act 2018, Schedule 2, paragraph 24'),
  exemptExaminations: law('Data Protection Act 2018, Schedule 2, paragraph 25'),
  exemptHealth: law('Data Protection Act 2018, Schedule 3, Part 2'),
  exemptSocialWork: law('Data Protection Act 2018, Schedule 3, Part 3'),
  exemptEducation: law('Data Protection Act 2018, Schedule 3, Part 4'),
  exemptChildAbuse: law('Data Protection Act 2018, Schedule 3, Part 5'),
  barProceedings: law(
    'Administration of Justice Act 1960, section 12',
    'Family Procedure Rules 2010 (SI 2010/2955), rules 12.73 and 12.75 with Practice Direction 12G',
  ),
  barCourtOrder: law('The order of the court itself'),
  // A court’s order binds the council; of members with power, the Act lets a committee decide for the council.
  courtOrders: law('M v Home Office [1994] 1 AC 377'),
  decisionsWithPower: law('Local Government Act 1972, section 101'),
  ordersObeyed: law('M v Home Office [1994] 1 AC 377', 'Local Government Act 1972, section 101'),
  barPrivilege: law(
    'Three Rivers District Council v Bank of England (No 6) [2005] 1 AC 610',
    'Local Government Act 1972, Schedule 12A, paragraph 5',
  ),
  barAdoption: law('Adoption Agencies Regulations 2005 (SI 2005/389), regulations 41 and 42'),
  barAdoptionOrder: law('Adoption and Children Act 2002, sections 56 to 65'),
  constituentCase: law(
    'Data Protection Act 2018, Schedule 1, paragraphs 23 and 24 (elected representatives)',
  ),
  privateLife: law(
    'Human Rights Act 1998, section 6',
    'European Convention on Human Rights (Human Rights Act 1998, Schedule 1), Article 8',
  ),
  leaflet: law(ukGdpr('13 and 14')),
  personalDataBreach: law(ukGdpr('33 and 34')),
  lawfulBasis: law(ukGdpr('6, 9 and 10'), 'Data Protection Act 2018, sections 10 and 11 and Schedule 1'),
  statutoryRights: law('Local Government Act 1972, section 100F', accessRegulations('regulations 16 and 17')),

  rightOfMembers: law('Local Government Act 1972, section 100F(1)'),
  rightOfMembersExempt: law('Local Government Act 1972, section 100F(2) and (2A), and Schedule 12A'),
  governance: law('Local Government Act 2000, section 9B'),
  scrutinyWithoutExecutive: law('Local Government Act 2000, section 9FA'),
  rightOnExecutiveBusiness: law(accessRegulations('regulation 16')),
  rightOnExecutiveBusinessExempt: law(
    accessRegulations('regulation 16(5)'),
    'Local Government Act 1972, Schedule 12A',
  ),
  rightOfScrutiny: law(accessRegulations('regulation 17(1)')),
  rightOfScrutinyExempt: law(accessRegulations('regulation 17(3)')),
  statementToCommittee: law(accessRegulations('regulation 17(4)')),
  confidentialInformation: law(accessRegulations('regulations 2 and 20(1)')),
  politicalAdvice: law(accessRegulations('regulations 16 and 17(3)')),

  // Guidance, and what a partner asks
  procedures: guidance(
    'Working Together to Safeguard Children, Department for Education, 2023',
    'the child-protection procedures that the local safeguarding partnership publishes',
  ),

  barCriminal: guidance(
    'the written agreement of the senior investigating officer and, after charge, of the prosecutor, by the procedures that the police force of the area publishes',
  ),
  barAllegations: guidance(
    'the written agreement of the designated officer, by the procedures that the local safeguarding partnership publishes',
  ),

  // The council’s own
  barNeverObserved: council('the council’s settings name what members never observe'),
  constituentByPapers: council('a constituent is served by papers and answers, not by watching'),
  hearing: council(
    'a fair hearing comes before a refusal or an end that holds something against the councillor',
  ),
  remit: council('a clear link joins the councillor’s remit to the information'),
  discussion: council('Children’s Services, Legal and Democratic Services discuss each request'),
  caseByCase: council(
    'each request is decided case by case, for each councillor, so that the council can justify it',
  ),
  wholeTest: council('the three offices answer all fourteen questions, with their reasons'),
  findings: council('a breach of confidentiality counts once a finding of it was upheld'),
  prerequisites: council('the undertaking and the training come before the observation'),
  conflicts: council('a conflict of somebody else is told to them, may be contested, and ends with reasons'),
  separation: council('three offices, three distinct people without a conflict'),
  capacity: council('who may act for an office, and in what capacity'),
  versions: council('all three sign the same version of the request'),
  lifecycle: council('what may be done at each stage'),
  visibility: council('who sees what'),
  lifts: council('all three offices may lift a council rule for one version, for exceptional reasons'),
  grants: council('the lowest limit of a grant wins'),
  visits: council('visits, their checks and their chaperone'),
  attendance: council('attendance is judged by what was allowed at the time'),
  incidents: council('Data Protection confirms or releases each freeze by an incident, with reasons'),
  protocol: council('the protocol, its versions and its acceptance'),
  programmes: council('a programme invites members, and approves nobody'),
  registerOfMembers: council('how the register of members is kept'),
  review: council('the review of a refusal or an end'),
  orders: council(
    'a decision of the council or of a committee with power is recorded as one, apart from a recommendation, and so is an order of a court',
  ),
  papers: council('papers are released under a right on record, or under a grant'),
  journey: council('a child’s journey goes stage by stage'),
  // Apart from the other: a councillor who asks for a further stage does not hear why a journey ended.
  journeyEnds: council('a child’s journey ends at proceedings or adoption'),
  window: council('no window passes the term or the appointment'),
  observationTypes: council('the observation types and their limits'),
  defaults: council('what the council may change in its settings'),
  time: council('working days, deadlines and what moves them'),
  retention: council('data is kept for as long as the schedule says'),
  twoPeople: council('disposal needs two people and respects a legal hold'),
  redaction: council(
    'a text about a child, a family or somebody else is hidden at once, and erased by two people',
  ),
  redactionPrivilege: council(
    'privileged advice is erased with Legal or the Monitoring Officer, and by nobody else',
  ),
  accessFile: council(
    'one person of Data Protection marks a subject access file, and a second one releases it',
  ),
  openedToAudit: council('records open to an auditor once a second person confirms the requirement'),
  corrections: council(
    'a slip is corrected beside the original, by the person who recorded it, and both stand',
  ),
  neverStored: council(
    'no free text keeps personal data of children, families and others, and nobody keeps why somebody did not agree',
  ),
  accounts: council('who has a way in, and how it is kept'),
  stepUp: council('people prove that it is they before they sign'),
  givingOffices: council('a second person confirms an office before it counts'),
} as const;

export type AuthorityKey = keyof typeof authorities;

export const authorityKeys: readonly AuthorityKey[] = keysOf(authorities);

/** Whose an authority is, by the words in which it is quoted. */
export const kindOfAuthority = (cites: string): AuthorityKind => {
  const kind = kinds.get(cites);
  if (kind === undefined) throw new Error('An authority that is not in the table.');
  return kind;
};

/** The keys of the council’s own rules: each may have its place in the document that the council adopted. */
export const councilRuleKeys: readonly AuthorityKey[] = authorityKeys.filter(
  (key) => kindOfAuthority(authorities[key]) === 'council',
);

/** The key of an authority, by the words in which it is quoted; undefined for words that quote none. */
export const authorityKeyOf = (cites: string): AuthorityKey | undefined =>
  authorityKeys.find((key) => authorities[key] === cites);

const quotedAs: Readonly<Record<AuthorityKind, string>> = {
  law: 'The law: ',
  guidance: 'Guidance: ',
  // Its own words say it.
  council: '',
};

/** An authority as plain text quotes it behind a refusal: it says whose it is. */
export const quotedAuthority = (cites: string): string => `${quotedAs[kindOfAuthority(cites)]}${cites}`;

/** A kind in words. */
export const authorityKindSays: Readonly<Record<AuthorityKind, string>> = {
  law: 'the law',
  guidance: 'guidance or a partner’s procedure',
  council: 'the council’s own rule',
};
