import { pick } from '../../../policies/core/fields/pick.js';
import { codedNames, wordedNames, type SignOff } from '../../../policies/decision/signed.js';
import { refuses } from '../../../policies/request/live-seat.js';
import type { View } from '../../../policies/permission/offices/view.js';
import { timeToAsk } from '../../../policies/review/review.js';
import type { Settings } from '../../../policies/settings/settings.js';
import type { Grant } from '../../../policies/grant/grant.js';

const by = ({ name, capacity, deputyFor }: SignOff) => ({
  name,
  capacity,
  ...(deputyFor === null ? {} : { deputyFor }),
});

/** Who signed for which office, and when. */
const signature = (signed: SignOff) => ({
  office: signed.office,
  by: by(signed),
  at: signed.at,
  version: signed.version,
  ...(signed.voidedAt === null ? {} : { voidedAt: signed.voidedAt }),
});

/** What was confirmed about the words, for those who read them to judge them. */
const confirmedIn = ({ considered }: SignOff) => (considered.length > 0 ? { considered } : {});

/** Whether Legal decided the version that was signed. */
export const isDecided = (signOffs: readonly SignOff[], { version }: SignOff): boolean =>
  signOffs.some((each) => each.office === 'legal' && each.version === version && each.voidedAt === null);

/**
 * Every sign-off of every version. The offices read all of it. An auditor reads who signed and when, and the outcome
 * and grounds once Legal has decided; never the text. Source: need-to-know.md, section 5.
 */
export const presentSignOffs = (view: View, signOffs: readonly SignOff[]) =>
  signOffs.map((signed) => ({
    ...signature(signed),
    ...(view !== 'auditor' || isDecided(signOffs, signed) ? pick(signed, codedNames) : {}),
    ...(view === 'auditor' ? {} : { ...pick(signed, wordedNames), ...confirmedIn(signed) }),
  }));

const conditionSays = ({ id, text, owner, before }: SignOff['conditions'][number]) => ({
  id,
  text,
  owner,
  before,
});

/**
 * Legal's decision as each reader may see it: the councillor gets its outcome, reasons, grounds and all the
 * conditions that bind them, from any office; an auditor gets no text; a host gets nothing. Null before a decision.
 */
export const presentDecision = (
  settings: Settings,
  view: View,
  signOffs: readonly SignOff[],
  version: number,
  grant: Grant | null,
) => {
  const signed = signOffs.find(
    (each) => each.office === 'legal' && each.version === version && each.voidedAt === null,
  );
  if (!signed || view === 'host') return null;
  const reviewBy = refuses(signed) ? timeToAsk(settings, signed.at).at : null;
  const coded = {
    office: signed.office,
    ...pick(signed, codedNames),
    at: signed.at,
    version,
  };
  switch (view) {
    case 'auditor':
      return { ...coded, by: by(signed), reviewBy };
    case 'own':
      return {
        ...coded,
        reasons: signed.reasons,
        conditions: (grant?.conditions ?? []).map(conditionSays),
        reviewBy,
      };
    case 'data_protection':
      return { ...coded, reasons: signed.reasons, reviewBy };
    case 'office':
      return { ...coded, ...pick(signed, wordedNames), ...confirmedIn(signed), by: by(signed), reviewBy };
  }
};
