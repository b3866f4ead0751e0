import type { SignOff } from '../../../policies/decision/signed.js';
import { itemOf, ruleBehind, type Block } from '../../../policies/need-to-know/blocks.js';
import { question, type QuestionKey } from '../../../policies/need-to-know/questions.js';
import type { CaseFile } from '../../../policies/case/case-file.js';
import { capitalised } from '../../../policies/core/words/capitalised.js';
import type { Finding } from '../../../policies/need-to-know/test.js';
import type { Lift } from '../../../policies/need-to-know/lift.js';
import type { View } from '../../../policies/permission/offices/view.js';

/** What blocks, in the words of its question, and the council rule behind it. */
const blockInWords = (
  key: QuestionKey,
  block: Block,
): { readonly says: string; readonly authority: string } => {
  const { answers } = question(key);
  const item = itemOf(block);
  const says = answers.shape === 'each' ? answers.itemSays[item] : answers.values[item]?.says;
  return { says: capitalised(says ?? item), authority: ruleBehind(block) };
};

const isDecided = (signOffs: readonly SignOff[], { version }: Lift): boolean =>
  signOffs.some((each) => each.office === 'legal' && each.version === version && each.voidedAt === null);

/**
 * What each office said of lifting a council rule, on every version. The offices read all of it. An auditor reads who
 * spoke and when, and of which blocks they said what once Legal has decided; never the text. Source: need-to-know.md, section 5.
 */
export const presentLifts = (view: View, lifts: readonly Lift[], signOffs: readonly SignOff[]) =>
  lifts.map((lift) => ({
    question: lift.question,
    office: lift.office,
    by: {
      name: lift.name,
      capacity: lift.capacity,
      ...(lift.deputyFor === null ? {} : { deputyFor: lift.deputyFor }),
    },
    at: lift.at,
    version: lift.version,
    ...(lift.voidedAt === null ? {} : { voidedAt: lift.voidedAt }),
    ...(view !== 'auditor' || isDecided(signOffs, lift)
      ? { blocks: lift.blocks, outcome: lift.outcome }
      : {}),
    ...(view === 'auditor' ? {} : { reasons: lift.reasons }),
  }));

/** The council rules that block under a question, or did until they were lifted, for a page of the offices. */
export const rulesHere = ({ councilRules = [] }: Pick<Finding, 'councilRules'>, key: QuestionKey) =>
  councilRules.map(({ block, lifted }) => ({ block, lifted, ...blockInWords(key, block) }));

/** What the offices said on the current version of the blocks under a question, for a page of theirs. */
export const saidHere = (
  { lifts, signOffs, row }: Pick<CaseFile, 'lifts' | 'signOffs' | 'row'>,
  key: QuestionKey,
) =>
  presentLifts('office', lifts, signOffs)
    .filter((said) => said.question === key && said.version === row.version)
    .map((said) => ({ ...said, of: (said.blocks ?? []).map((block) => blockInWords(key, block).says) }));
