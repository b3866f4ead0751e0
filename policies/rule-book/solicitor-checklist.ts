/**
 * The check list for a local-government solicitor: every citation of law and guidance, what is uncertain about it, and
 * where it bites. `solicitor-checklist.md` is printed from it, and a test holds the two together.
 * Source: need-to-know.md, first paragraph (“every citation here is checked by a solicitor of the council before it is
 * relied on”).
 */
import { authorities, authorityKeys, kindOfAuthority, type AuthorityKey } from '../core/authorities.js';
import { ruleKeys, ruleOf } from '../core/rules.js';
import { questions, type Meaning } from '../need-to-know/questions.js';

interface Points {
  /** What is to be settled before the council relies on it. */
  readonly uncertain: readonly string[];
  /** The files in which it bites, beside the tables of questions and rules. */
  readonly files: readonly string[];
}

const points: Readonly<Partial<Record<AuthorityKey, Points>>> = {
  noRovingCommission: {
    uncertain: [
      'The case was about a member’s access to adoption files. Is a window without named activities a roving commission in every case, or only where nothing narrower was offered?',
    ],
    files: ['policies/request/submission.ts'],
  },
  documentsAndAttendance: {
    uncertain: [
      'Ex parte Gamper is about attendance at meetings of a sub-committee. Does the same need to know govern the observation of work that is no meeting of the council?',
    ],
    files: ['policies/need-to-know/test.ts', 'policies/decision/commands.ts'],
  },
  remitOfRole: {
    uncertain: [
      'Where the council has executive arrangements: is need presumed of anybody, and does a seat on an overview and scrutiny committee carry it?',
    ],
    files: ['policies/register/register.ts'],
  },
  necessity: {
    uncertain: [
      'Who decides that a duty cannot be carried out without this: the council, and on which review by the court?',
    ],
    files: ['policies/need-to-know/test.ts'],
  },
  membership: {
    uncertain: [
      'From when is somebody elected at a by-election to be treated as a member, and what stands in for the declaration where a person is co-opted?',
    ],
    files: ['policies/register/in-office.ts', 'policies/register/defeat.ts'],
  },
  minimisation: {
    uncertain: [
      'Is an observation that is less intrusive and less useful “sufficient”, so that it always blocks?',
    ],
    files: ['policies/need-to-know/questions.ts'],
  },
  integrity: {
    uncertain: ['Does the refusal of a change from another site’s page need any other authority?'],
    files: ['server/web/middleware/same-origin.ts'],
  },
  collateralPurpose: {
    uncertain: [
      'The report is old and short: does it bear the rule that any other purpose blocks, or only an improper dominant one?',
    ],
    files: ['policies/need-to-know/questions.ts'],
  },
  conduct: {
    uncertain: [
      'The Act requires a code and does not itself bar a personal link. Does this council’s code do so in these words?',
    ],
    files: ['policies/need-to-know/left-open.ts', 'policies/visit/visit-access.ts'],
  },
  bars: {
    uncertain: [
      'Section 12 and the rules are about publication and communication of information from proceedings: do they bar presence, and which step is the lawful route?',
      'The Adoption Agencies Regulations 2005 leave a discretion: who exercises it for this council?',
      'Schedule 12A, paragraph 5, is about exempt information: does anything else keep legal privilege where a member is present?',
      'A criminal investigation and allegations management are a partner’s to release, by a written agreement: the agreement is to be cited in the answer.',
    ],
    files: ['policies/need-to-know/test.ts', 'policies/visit/visiting.ts'],
  },
  privateLife: {
    uncertain: [
      'Is the consent of a family needed for the interference to be in accordance with the law, or is agreement a council rule alone?',
    ],
    files: ['policies/need-to-know/questions.ts'],
  },
  lawfulBasis: {
    uncertain: [
      'Which condition of Schedule 1 does this council rely on for each type, and is its appropriate policy document in force?',
    ],
    files: ['policies/need-to-know/questions.ts'],
  },
  statutoryRights: {
    uncertain: [
      'Check the regulations and section 100F as amended, and the governance of this council: in a committee system regulations 16 and 17 give no right.',
      'Which paragraphs of Schedule 12A take a document out of the right, and who decides it?',
    ],
    files: ['policies/papers/right.ts', 'policies/papers/papers.ts'],
  },
  decisionStands: {
    uncertain: [
      'The case is about a statutory tribunal: it corrects slips, and does not reopen what it decided. Does the same hold for a decision of the council’s officers, and are the words of reasons a slip?',
    ],
    files: ['policies/correction/correction.ts'],
  },
  keptForOthers: {
    uncertain: [
      'Does hiding a text at once, before anybody has decided, keep what a request for it would have to be given?',
    ],
    files: ['policies/redaction/redaction.ts'],
  },
  barProceedings: {
    uncertain: [
      'Do section 12 and the rules bar presence at all, and is the lawful route that Legal writes down one of theirs?',
    ],
    files: ['policies/need-to-know/test.ts'],
  },
  barCourtOrder: {
    uncertain: [
      'Read the order: does it restrict presence, or publication alone, and may the court be asked to vary it?',
    ],
    files: ['policies/need-to-know/test.ts'],
  },
  courtOrders: {
    uncertain: [
      'Does the order bind this council, and in what it tells it to do? A court’s order is obeyed until it is set aside.',
    ],
    files: ['policies/request/reviewed.ts'],
  },
  decisionsWithPower: {
    uncertain: [
      'Does the body have the power under section 101 and the constitution, so that its decision binds the offices until it rescinds it, and is no recommendation?',
    ],
    files: ['policies/request/reviewed.ts'],
  },
  ordersObeyed: {
    uncertain: [
      'Does the order bind this council, and in what it tells it to do? A court’s order is obeyed until it is set aside.',
      'Does the body have the power under section 101 and the constitution, so that its decision binds the offices and is no recommendation?',
    ],
    files: ['policies/request/reviewed.ts', 'policies/decision/commands.ts'],
  },
  barPrivilege: {
    uncertain: [
      'Does the presence of a member who owes the council confidence keep privilege, and is that to be recorded in the meeting?',
    ],
    files: ['policies/need-to-know/test.ts'],
  },
  barAdoption: {
    uncertain: [
      'The regulations leave a discretion to disclose: who exercises it for this council, and is it delegated?',
    ],
    files: ['policies/need-to-know/test.ts'],
  },
  barAdoptionOrder: {
    uncertain: [
      'Is there information after an adoption order that no section of these covers, so that this bar says too much?',
    ],
    files: ['policies/need-to-know/test.ts'],
  },
  constituentCase: {
    uncertain: [
      'Paragraphs 23 and 24 are about processing by elected representatives and disclosure to them: do they carry inspection of the papers of a family that did not ask?',
    ],
    files: ['policies/need-to-know/questions.ts'],
  },
  internalAudit: {
    uncertain: [
      'Does regulation 5(2) reach the discussion of the offices, and does privileged advice stay closed to Internal Audit, as the service keeps it (R (Morgan Grenfell & Co Ltd) v Special Commissioner of Income Tax [2003] 1 AC 563)?',
    ],
    files: ['policies/audit-requirement/requirement.ts'],
  },
  access: {
    uncertain: [
      'Does the councillor have the file in the service’s form, or must it go by another way where they ask for one (Article 15(3))?',
    ],
    files: ['policies/subject-access/access-request.ts'],
  },
  accessMonth: {
    uncertain: [
      'The month ends on the corresponding date, and on the next working day where that is none: does the council follow the Commissioner’s guidance in this?',
    ],
    files: ['policies/core/time/months.ts'],
  },
  accessExempt: {
    uncertain: [
      'Is each passage weighed by itself enough where an exemption covers a whole file, and who weighs it for the council?',
    ],
    files: ['policies/subject-access/exemptions.ts'],
  },
  exemptCrime: {
    uncertain: [
      'The paragraph asks whether disclosure would be likely to prejudice: who says so for the police, and is it recorded?',
    ],
    files: ['policies/subject-access/exemptions.ts'],
  },
  exemptProceedings: {
    uncertain: ['Does advice before proceedings are likely fall under paragraph 19 instead?'],
    files: ['policies/subject-access/exemptions.ts'],
  },
  exemptRegulatory: {
    uncertain: ['Which functions of the council are among those of the table in paragraph 7?'],
    files: ['policies/subject-access/exemptions.ts'],
  },
  exemptSupervision: {
    uncertain: [
      'Does the paragraph reach the functions of the Monitoring Officer, or only those of the bodies it names?',
    ],
    files: ['policies/subject-access/exemptions.ts'],
  },
  exemptOthers: {
    uncertain: ['Officers who act in that capacity are seldom protected by it: are their names disclosed?'],
    files: ['policies/subject-access/exemptions.ts'],
  },
  exemptPrivilege: {
    uncertain: [
      'Who may waive the privilege for the council, and is a passage that only reports advice privileged?',
    ],
    files: ['policies/subject-access/exemptions.ts'],
  },
  exemptManagement: {
    uncertain: ['Is there any forecast or plan in these records that this could cover?'],
    files: ['policies/subject-access/exemptions.ts'],
  },
  exemptNegotiations: {
    uncertain: ['Are there negotiations with the councillor themselves in these records?'],
    files: ['policies/subject-access/exemptions.ts'],
  },
  exemptReferences: {
    uncertain: ['Is a reference given or received in confidence ever part of these records?'],
    files: ['policies/subject-access/exemptions.ts'],
  },
  exemptExaminations: {
    uncertain: ['Are training results examination scripts or marks within the paragraph?'],
    files: ['policies/subject-access/exemptions.ts'],
  },
  exemptHealth: {
    uncertain: [
      'The test of serious harm is for the appropriate health professional: who is asked, and within which time?',
    ],
    files: ['policies/subject-access/exemptions.ts'],
  },
  exemptSocialWork: {
    uncertain: [
      'The test of serious harm and the exceptions for a person with parental responsibility: do they arise where a councillor asks for themselves?',
    ],
    files: ['policies/subject-access/exemptions.ts'],
  },
  exemptEducation: {
    uncertain: ['Do these records hold education data at all, as names of schools are refused?'],
    files: ['policies/subject-access/exemptions.ts'],
  },
  exemptChildAbuse: {
    uncertain: [
      'It covers data of a child who is or was at risk: does it arise where a councillor asks for themselves?',
    ],
    files: ['policies/subject-access/exemptions.ts'],
  },
  personalDataBreach: {
    uncertain: [
      'The service counts the time to report from when any officer became aware, and takes the last hour as it comes, on any day. Check that against Regulation (EEC, Euratom) No 1182/71, article 3, as far as it is retained.',
      'A breach with a risk counts as settled once it is reported and the Commissioner’s reference is on record; one with a high risk may leave the people concerned untold only with reasons (Article 34(3)).',
    ],
    files: ['policies/incident/breach.ts'],
  },
  leaflet: {
    uncertain: [
      'Check the model texts for families against this council’s own privacy notice, and name its Data Protection Officer in them.',
    ],
    files: ['policies/leaflet/models.ts'],
  },
  rightOfMembers: {
    uncertain: ['Does the right extend to a document of a meeting that was held before the request?'],
    files: ['policies/papers/rights.ts'],
  },
  rightOfMembersExempt: {
    uncertain: [
      'Who is the proper officer of this council for section 100F, and may one finding serve a whole category?',
    ],
    files: ['policies/papers/rights.ts', 'policies/papers/recording.ts'],
  },
  governance: {
    uncertain: [
      'Check the governance in the settings against the council’s constitution. The regulations of 2012 are of England alone.',
    ],
    files: ['policies/papers/rights.ts', 'policies/settings/governance.ts'],
  },
  scrutinyWithoutExecutive: {
    uncertain: [
      'Is somebody who gave up an executive post during the matter a member of the committee for it?',
    ],
    files: ['policies/papers/rights.ts'],
  },
  rightOnExecutiveBusiness: {
    uncertain: [
      'Are the clear days before a public meeting, and the hours after a private one or a decision, counted from the right event for each kind of business?',
    ],
    files: ['policies/papers/rights.ts', 'policies/request/clock.ts'],
  },
  rightOnExecutiveBusinessExempt: {
    uncertain: ['Which paragraphs of Schedule 12A does regulation 16(5) leave open, and who finds so here?'],
    files: ['policies/papers/rights.ts'],
  },
  rightOfScrutiny: {
    uncertain: [
      'Does a task group count as an overview and scrutiny committee, and is a co-opted member without a vote one of its members?',
    ],
    files: ['policies/papers/rights.ts', 'policies/request/clock.ts'],
  },
  rightOfScrutinyExempt: {
    uncertain: ['What makes a document relevant to an action, a decision or a review, and who says so?'],
    files: ['policies/papers/rights.ts'],
  },
  statementToCommittee: {
    uncertain: ['Who signs the written statement, and by when does the committee get it?'],
    files: ['policies/papers/statement.ts'],
  },
  confidentialInformation: {
    uncertain: [
      'Which information did a government department give on terms that forbid disclosure, and who keeps the list?',
    ],
    files: ['policies/papers/rights.ts'],
  },
  politicalAdvice: {
    uncertain: ['Does this council appoint political advisers or assistants at all?'],
    files: ['policies/papers/rights.ts'],
  },
  barCriminal: {
    uncertain: [
      'Name the force’s procedure. Is the agreement of the senior investigating officer enough before charge?',
    ],
    files: ['policies/need-to-know/test.ts'],
  },
  barAllegations: {
    uncertain: [
      'Name the partnership’s procedure. May the designated officer agree, or only the group that manages the allegation?',
    ],
    files: ['policies/need-to-know/test.ts'],
  },
  procedures: {
    uncertain: [
      'Check the edition of the guidance that is in force, and cite the local partnership’s procedure by its title and date.',
      'Does the procedure let one refusal of a party end an observation, as this service does?',
    ],
    files: ['policies/core/observation-types.ts'],
  },
};

/** Everything that the law or guidance bears: what the council made itself needs no solicitor to find it. */
const citedKeys: readonly AuthorityKey[] = authorityKeys.filter(
  (key) => kindOfAuthority(authorities[key]) !== 'council',
);

const meaningsOf = ({ answers }: (typeof questions)[number]): readonly Meaning[] =>
  answers.shape === 'each'
    ? Object.keys(answers.itemSays).flatMap((item) => Object.values(answers.values(item)))
    : Object.values(answers.values);

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const sectionOf = (key: AuthorityKey): string => {
  const cites = authorities[key];
  const { uncertain, files } = points[key] ?? { uncertain: [], files: [] };
  const asked = questions
    .filter(
      (question) =>
        question.authority === cites || meaningsOf(question).some(({ authority }) => authority === cites),
    )
    .map((question) => question.key);
  const rules = ruleKeys.filter((rule) => ruleOf(rule).authority === cites);
  const pages = [`/rules#${key}`, ...asked.map((question) => `/requests/{reference}/test/${question}`)];
  return [
    `## \`${key}\``,
    '',
    ...cites.split('; ').map((cited) => `- [ ] Checked: ${cited}`),
    ...uncertain.map((point) => `- [ ] Settled: ${point}`),
    `- Questions of the test: ${asked.length > 0 ? listed(asked) : 'none'}`,
    `- Rules that refuse by it: ${rules.length > 0 ? listed(rules) : 'none'}`,
    `- Files: ${listed(['policies/core/authorities.ts', ...files])}`,
    `- Pages: ${listed(pages)}`,
  ].join('\n');
};

/** The check list as Markdown. */
export const solicitorChecklist = (): string =>
  [
    '# Check list for a solicitor of the council',
    'Before the council relies on this service, a solicitor of the council checks each citation below and settles each uncertain point, with the place where it bites. `npm run rules -- --checklist` prints this list from the rule book; a test holds it true.',
    ...citedKeys.map(sectionOf),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
