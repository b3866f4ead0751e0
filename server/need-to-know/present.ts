import { requestCommands } from '../../policies/permission/every-command.js';
import { available } from '../../policies/permission/permit.js';
import { questions } from '../../policies/need-to-know/questions.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import type { Ctx } from '../case/ctx.js';
import type { Assessment } from '../../policies/case/case-file.js';

type Reader = Pick<Ctx, 'actor' | 'ability'>;

/**
 * The test for the offices: the outcome, fourteen findings in table order, the answers with their authors, the
 * register's proposals and the councillor's declarations. Null before submission.
 * @param can the commands that the reader may give on the request, where they are known already
 */
export const presentAssessment = (
  reader: Reader,
  row: ObservationRequest,
  assessment: Assessment | null,
  can = available(requestCommands, reader, row, {}),
) =>
  assessment && {
    version: row.version,
    outcome: assessment.test.outcome,
    grounds: assessment.test.grounds,
    findings: assessment.test.findings.map((finding) => ({
      ...finding,
      asks: questions.find(({ key }) => key === finding.question)?.asks,
    })),
    answers: Object.fromEntries(
      assessment.given.map(({ question, answer, reason, basis, by, office, capacity, at, confirmed }) => [
        question,
        {
          answer,
          ...(reason === undefined ? {} : { reason }),
          ...(basis === undefined ? {} : { basis }),
          by: { name: by, office, capacity },
          at,
          confirmed,
        },
      ]),
    ),
    proposed: assessment.proposed,
    ...(assessment.finding ? { finding: assessment.finding } : {}),
    declared: row.content.declarations ?? {},
    can,
  };
