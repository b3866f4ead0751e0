/** Answering the test. Source: need-to-know.md, section 4. */
import { command } from '../command/command.js';
import type { CaseFile } from '../case/case-file.js';
import { ruleSays } from '../core/rules.js';
import { barredFromSigning } from '../decision/sign-off.js';
import { rightStands } from '../papers/right.js';
import { ordered } from '../request/reviewed.js';
import { timeIsOver } from '../deadline/time-passed.js';
import { isLiftable, liftableBlocks } from './lift.js';
import type { QuestionKey } from './questions.js';
import type { Finding } from './test.js';
import { contradiction } from '../register/register.js';
import type { Seat } from '../core/office.js';

/** The finding of the question that is asked about; undefined where none is. */
const findingOf = ({ assessment }: CaseFile, key: QuestionKey | undefined): Finding | undefined =>
  assessment?.test.findings.find(({ question }) => question === key);

/** Each office says whether it lifts a council rule, for this version. Where none of them is named, any may. */
export const liftRule = command({
  name: 'lift_rule',
  on: 'Request',
  by: ['childrens_services', 'democratic_services', 'legal'] satisfies Seat[],
  asksProof: true,
  from: ['submitted'],
  byNamed: true,
  signs: barredFromSigning,
  closedBy: [{ rule: 'right_stands', when: rightStands }, ordered],
  hinders: [
    timeIsOver,
    {
      rule: 'council_rules_alone',
      when(file, { lifting }) {
        const finding = findingOf(file, lifting?.question);
        return finding?.result === 'blocks' && !isLiftable(finding)
          ? `${ruleSays('council_rules_alone')} ${finding.explanation}`
          : false;
      },
      rests: (file, { lifting }) => findingOf(file, lifting?.question)?.authority ?? null,
    },
    {
      rule: 'nothing_to_lift',
      when(file, { lifting }) {
        const finding = findingOf(file, lifting?.question);
        return finding !== undefined && !isLiftable(finding);
      },
    },
    {
      rule: 'lift_blocks',
      when(file, { lifting }) {
        const finding = findingOf(file, lifting?.question);
        const known = finding ? liftableBlocks(finding) : [];
        return lifting?.blocks?.some((block) => !known.includes(block)) ?? false;
      },
    },
    {
      // What stands there since then was not said of: it is asked anew.
      rule: 'lift_given',
      when(file, { lifting, office }) {
        const finding = findingOf(file, lifting?.question);
        const asked = lifting?.blocks ?? (finding ? liftableBlocks(finding) : []);
        return file.row.lifts.some(
          (said) =>
            said.question === lifting?.question &&
            said.office === office &&
            said.outcome === lifting.outcome &&
            asked.every((block) => said.blocks.includes(block)),
        );
      },
    },
  ],
});

/** Each question has its office, which the caller names. */
export const answer = command({
  name: 'answer',
  on: 'Request',
  by: ['childrens_services', 'democratic_services', 'legal'] satisfies Seat[],
  from: ['submitted'],
  hinders: [
    timeIsOver,
    {
      rule: 'register',
      when({ facts }, { answered }) {
        const says = answered ? contradiction(facts, answered.question, answered.answer) : null;
        return says !== null && `${says} Correct the register first.`;
      },
    },
  ],
});
