/**
 * The exemptions by which a passage is withheld or redacted, as codes: each with its paragraph in the rule book. Source:
 * UK GDPR, Article 15(4); Data Protection Act 2018, Schedules 2 and 3; need-to-know.md, section 5.
 */
import { authorities } from '../core/authorities.js';
import { keysOf } from '../core/fields/keys-of.js';

const table = {
  rights_of_others: { says: 'the rights of other people', authority: authorities.exemptOthers },
  privilege: { says: 'legal professional privilege', authority: authorities.exemptPrivilege },
  crime: { says: 'preventing or detecting crime', authority: authorities.exemptCrime },
  legal_proceedings: { says: 'legal proceedings and legal rights', authority: authorities.exemptProceedings },
  regulatory: { says: 'protecting the public by regulation', authority: authorities.exemptRegulatory },
  standards_regulators: {
    says: 'the work of the Monitoring Officer and of others who supervise',
    authority: authorities.exemptSupervision,
  },
  management: { says: 'management forecasts', authority: authorities.exemptManagement },
  negotiations: { says: 'negotiations with the person', authority: authorities.exemptNegotiations },
  confidential_references: { says: 'confidential references', authority: authorities.exemptReferences },
  exam_scripts: { says: 'examination scripts and marks', authority: authorities.exemptExaminations },
  health: { says: 'health data', authority: authorities.exemptHealth },
  social_work: { says: 'social work data', authority: authorities.exemptSocialWork },
  education: { says: 'education data', authority: authorities.exemptEducation },
  child_abuse: { says: 'child abuse data', authority: authorities.exemptChildAbuse },
} as const;

export type Exemption = keyof typeof table;
export const exemptions: readonly Exemption[] = keysOf(table);

/** What it protects, in general terms, and where the law says so. */
export const exemptionOf = (key: Exemption): { readonly says: string; readonly authority: string } =>
  table[key];
