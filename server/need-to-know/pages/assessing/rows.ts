/** The fourteen rows of the test: what is asked, how it stands, and what this person can do about it. */
import type { Finding } from '../../../../policies/need-to-know/test.js';
import { question, questionKeys, type QuestionKey } from '../../../../policies/need-to-know/questions.js';
import type { CaseFile } from '../../../../policies/case/case-file.js';
import type { Ctx } from '../../../case/ctx.js';
import { linesOf } from '../../../case/offered.js';
import { isLiftable } from '../../../../policies/need-to-know/lift.js';
import { paths } from '../../../web/paths.js';
import { liftHere, questionHere } from '../../commands.js';
import { rulesHere, saidHere } from '../../present/lifts.js';
import type { presentAssessment } from '../../present.js';
import { inWords } from '../../../web/pages/words.js';
import { answerInWords, statedOn } from '../../present/answer-words.js';

export type Assessment = NonNullable<ReturnType<typeof presentAssessment>>;
type Given = Assessment['answers'][string];

const stateOf = (finding: Finding, given: Given | undefined): { text: string; colour: string } => {
  const office = inWords(finding.office);
  if (given && !given.confirmed) return { text: `To be confirmed by ${office}`, colour: 'yellow' };
  switch (finding.result) {
    case 'blocks':
      return { text: 'Blocks approval', colour: 'red' };
    case 'needs_reason':
      return { text: 'Needs a reason', colour: 'yellow' };
    case 'satisfied':
      return { text: 'Answered', colour: 'green' };
    case 'unanswered':
      return { text: `Waiting for ${office}`, colour: 'grey' };
  }
};

const explained = (finding: Finding, given: Given | undefined): string =>
  given && !given.confirmed
    ? `The request was changed after this was answered. ${inWords(finding.office)} must confirm the answer or change it.`
    : finding.explanation;

const doing = (given: Given | undefined): 'Answer' | 'Confirm or change' | 'Change' =>
  !given ? 'Answer' : given.confirmed ? 'Change' : 'Confirm or change';

/** The place of a question among the fourteen, from 1. */
export const placeOf = (key: QuestionKey): number => questionKeys.indexOf(key) + 1;

export const rowsOf = (ctx: Ctx, file: CaseFile, assessment: Assessment) => {
  const liftLines = linesOf(ctx, [liftHere], file, {}).filter(({ whyNot }) => whyNot === null);
  return assessment.findings.map((finding) => {
    const { question: key, office, authority } = finding;
    const given = assessment.answers[key];
    const proposed = assessment.proposed[key];
    const [line] = linesOf(ctx, [questionHere(key, doing(given))], file, {});
    return {
      key,
      number: placeOf(key),
      name: inWords(key),
      asks: question(key).asks,
      office,
      authority,
      state: stateOf(finding, given),
      explanation: explained(finding, given),
      answer: given && { ...answerInWords(key, given), by: given.by, at: given.at },
      proposed: proposed && { ...answerInWords(key, proposed), from: proposed.from },
      stated: statedOn(key, file.row.content),
      open: finding.result === 'unanswered' || finding.result === 'needs_reason',
      whyNot: line ? line.whyNot : `This is for ${inWords(office)} to answer.`,
      lift: isLiftable(finding)
        ? {
            isLifted: finding.lifted === true,
            rules: rulesHere(finding, key),
            said: saidHere(file, key),
            href:
              liftLines.find(({ href }) => href === paths.liftRule(file.row.reference, key))?.href ?? null,
          }
        : null,
      action: line && line.whyNot === null ? { text: line.text, href: line.href } : null,
    };
  });
};

export type Row = ReturnType<typeof rowsOf>[number];

/** The outcome first, in words: what is established, what blocks, and whom it waits for. */
export const outcomeInWords = (assessment: Assessment, rows: readonly Row[]) => {
  const blocks = assessment.findings
    .filter(({ result }) => result === 'blocks')
    .map(({ question: key, explanation }) => ({ name: inWords(key), key, explanation }));
  const waiting = rows.filter(({ open }) => open);
  const offices = [...new Set(waiting.map(({ office }) => office))].map((office) => ({
    office,
    questions: waiting.filter((each) => each.office === office).map(({ name, key }) => ({ name, key })),
  }));
  const says = {
    established: 'The need to know is established. Every question is answered and none blocks.',
    not_established: 'The need to know is not established. It cannot be approved while this stands.',
    incomplete: 'The test is not complete yet.',
  }[assessment.outcome];
  return { outcome: assessment.outcome, says, blocks, offices };
};
