/** The state of a version when somebody signs or decides: the test, the seats, the discussion. */
import type { Ctx } from '../../case/ctx.js';
import { presentRequest } from '../../request/present/request.js';
import { presentSignOffs } from '../present/sign-offs.js';
import type { CaseFile } from '../../../policies/case/case-file.js';
import { inWords } from '../../web/pages/words.js';

/** In words: the page shows it before it asks for a decision. */
export const presentStanding = (ctx: Ctx, file: CaseFile) => {
  const { row, assessment, signOffs, discussed } = file;
  const live = presentSignOffs('office', signOffs).filter(
    ({ version, ...signed }) => version === row.version && !('voidedAt' in signed),
  );
  return {
    request: presentRequest(ctx, file),
    outcome: assessment?.test.outcome,
    blocks: (assessment?.test.findings ?? [])
      .filter(({ result }) => result === 'blocks')
      .map(({ question, explanation }) => ({ name: inWords(question), explanation })),
    seats: (['childrens_services', 'democratic_services'] as const).map((office) => ({
      office,
      signed: live.find((signed) => signed.office === office) ?? null,
    })),
    discussed,
  };
};
