/**
 * The citations, once: the law in five sentences (need-to-know.md, section 1) and what the questions
 * rest on (section 2). Every explanation and every refusal quotes one of these.
 */
export const authorities = {
  noRovingCommission: 'R v Birmingham City Council, ex parte O [1983] 1 AC 578 (report 8.3)',
  documentsAndAttendance: 'Report 8.3: a need to know for what is received in documents or by attending',
  remit: 'Report 8.4: a clear link between the remit and the information',
  remitOfRole: 'Report 8.4; R v Birmingham City Council, ex parte O [1983] 1 AC 578',
  necessity: 'Report 8.3 and 8.4; ex parte Conlan',
  discussion: 'Report 8.4: Children’s Services, Legal and Democratic Services discuss each request',
  caseByCase: 'Report 8.4: decided case by case, for each councillor, so that the council can justify it',
  membership: 'Local Government Act 1972, section 83',
  minimisation: 'UK GDPR, Article 5(1)(c)',
  collateralPurpose: 'Ex parte Woodward; ex parte Hook',
  conduct: 'The members’ code of conduct',
  bars: 'Administration of Justice Act 1960, section 12; SI 2005/389; Local Government Act 1972, Schedule 12A',
  privateLife: 'European Convention on Human Rights, Article 8',
  procedures: 'Local child-protection procedures',
  lawfulBasis: 'UK GDPR, Articles 6 and 9; Data Protection Act 2018, Schedule 1',
  prerequisites: 'The members’ code of conduct; the observation protocol',
  separation: 'Need-to-know rules, section 4: three offices, three distinct people without a conflict',
  capacity: 'Need-to-know rules, section 4: who may act for an office, and in what capacity',
  versions: 'Need-to-know rules, section 4: all three sign the same version of the request',
  lifecycle: 'Need-to-know rules, section 4: what may be done at each stage',
  visibility: 'Need-to-know rules, section 5: who sees what',
  grants: 'Need-to-know rules, section 6: the lowest limit wins',
  window: 'Need-to-know rules, section 6: no window passes the term or the appointment',
  observationTypes: 'Need-to-know rules, section 3: the observation types and their limits',
  neverStored: 'Need-to-know rules, section 8; UK GDPR, Article 5(1)(c)',
} as const;
