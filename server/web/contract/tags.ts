/** A capability of the service, as the published contract groups its operations. */
interface Tag {
  readonly name: string;
  readonly description: string;
  /** Which paths belong to it. */
  readonly paths: RegExp;
}

/** In the order in which they are tried: the first whose paths match is the tag of an operation. */
export const tags: readonly Tag[] = [
  {
    name: 'People',
    description:
      'Signing in and out, who you are, where you are signed in, how the service reminds you, and the accounts with their offices.',
    paths: /^\/api\/(?:session|me|people)(?:\/|$)/,
  },
  {
    name: 'Tokens',
    description: 'Tokens with which programs call the service: made, listed and revoked.',
    paths: /^\/api\/tokens(?:\/|$)/,
  },
  {
    name: 'Passwords',
    description: 'Setting a password with a link, and asking for one.',
    paths: /^\/api\/password(?:\/|$)/,
  },
  {
    name: 'Need to know',
    description: 'The test of fourteen questions, and a preview of it that stores nothing.',
    paths: /^\/api\/(?:need-to-know\/|requests\/\{reference\}\/assessment(?:\/|$))/,
  },
  {
    name: 'Decisions',
    description: 'The discussion of the offices, their sign-offs, and Legal’s decision.',
    paths: /^\/api\/requests\/\{reference\}\/(?:discussion|sign-offs|decision)(?:\/|$)/,
  },
  {
    name: 'Reviews',
    description: 'The review of a refusal, and what has it decided afresh.',
    paths: /^\/api\/requests\/\{reference\}\/(?:review|direction|remittal)(?:\/|$)/,
  },
  {
    name: 'Papers',
    description: 'Statutory rights to papers, and the papers that were released.',
    paths: /^\/api\/requests\/\{reference\}\/(?:statutory-right|releases)(?:\/|$)/,
  },
  {
    name: 'Requests',
    description: 'A councillor asks, edits, submits and withdraws; an office returns or names the host.',
    paths: /^\/api\/requests(?:\/|$)/,
  },
  {
    name: 'Visits',
    description: 'Visits are planned, checked, attended and confirmed; councillors ask questions afterwards.',
    paths: /^\/api\/(?:visits|questions|grants\/\{id\}\/visits)(?:\/|$)/,
  },
  {
    name: 'Grants',
    description: 'What an approval allows, its conditions, and its end.',
    paths: /^\/api\/grants(?:\/|$)/,
  },
  {
    name: 'Incidents',
    description: 'Events outside of what was approved, which Data Protection looks into and closes.',
    paths: /^\/api\/incidents(?:\/|$)/,
  },
  {
    name: 'Disclosures',
    description: 'Who received what, when, and under which decision.',
    paths: /^\/api\/disclosures(?:\/|$)/,
  },
  {
    name: 'Retention',
    description: 'How long data is kept, legal holds, and disposals by two people.',
    paths: /^\/api\/(?:retention|disposals|holds)(?:\/|$)/,
  },
  {
    name: 'Subject access',
    description: 'Subject access requests: marked passage by passage, released by a second person.',
    paths: /^\/api\/access-requests(?:\/|$)/,
  },
  {
    name: 'Register',
    description: 'The register of members: appointments, training, and the import from the committee system.',
    paths: /^\/api\/councillors(?:\/|$)/,
  },
  {
    name: 'Protocol',
    description: 'The observation protocol, and the councillors’ undertaking to keep to it.',
    paths: /^\/api\/(?:protocol|leaflets)(?:\/|$)/,
  },
  {
    name: 'Redactions',
    description: 'Texts that were reported: hidden at once, erased by two people, or put back.',
    paths: /^\/api\/redactions(?:\/|$)/,
  },
  {
    name: 'Corrections',
    description: 'Slips, corrected beside the original. A correction changes no decision.',
    paths: /^\/api\/corrections(?:\/|$)/,
  },
  {
    name: 'Findings',
    description: 'Findings of a breach of confidentiality, recorded by the Monitoring Officer.',
    paths: /^\/api\/(?:findings|councillors\/\{id\}\/findings)(?:\/|$)/,
  },
  {
    name: 'Programmes',
    description: 'Invitations to members. A programme approves nobody.',
    paths: /^\/api\/programmes(?:\/|$)/,
  },
  {
    name: 'Standby',
    description: 'Deputies and absences of the offices, and what waits for people who leave.',
    paths: /^\/api\/(?:deputies|absences|delegations|leavers)(?:\/|$)/,
  },
  {
    name: 'Conflicts',
    description: 'Conflicts of interest: told, contested, settled, ended.',
    paths: /^\/api\/conflicts(?:\/|$)/,
  },
  {
    name: 'Settings',
    description: 'The council’s own settings, the types of observation, and working days.',
    paths: /^\/api\/(?:settings|observation-types|working-days)(?:\/|$)/,
  },
  {
    name: 'Operations',
    description: 'How the jobs run, how much mail waits, and how far the council is set up.',
    paths: /^\/api\/(?:operations|messages|set-up)(?:\/|$)/,
  },
  {
    name: 'Audit requirements',
    description: 'Named records open in full to a named auditor for a stated time.',
    paths: /^\/api\/audit-requirements(?:\/|$)/,
  },
  {
    name: 'Trail',
    description: 'The audit trail, its signed checkpoints, and proofs that anyone can check.',
    paths: /^\/api\/audit(?:\/|$)/,
  },
  {
    name: 'Contract',
    description: 'This contract, for programs and for people.',
    paths: /^\/api\/(?:openapi\.json|docs)(?:\/|$)/,
  },
];

/** The tag of a path; null where no capability claims it. */
export const tagOf = (path: string): string | null =>
  tags.find(({ paths }) => paths.test(path))?.name ?? null;
