import { currentEdition } from '../../db/audit/edition.js';
import { publicRules, type PublicRules } from '../../policies/rule-book/public-rules.js';
import type { Adopted } from '../../policies/settings/adopted.js';
import type { Settings } from '../../policies/settings/settings.js';

export interface RulesRead extends PublicRules {
  /** The edition of the rules, as entries of the trail name it. */
  readonly edition: string;
  readonly adopted: Pick<Adopted, 'title' | 'date' | 'link'> | null;
}

/** The rules of this build, with the place that this council gives to its own. They are about nobody. */
export const readRules = ({ choices: { adopted } }: Settings): RulesRead => ({
  edition: currentEdition.code,
  adopted: adopted && { title: adopted.title, date: adopted.date, link: adopted.link },
  ...publicRules(adopted),
});
