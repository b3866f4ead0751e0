import { inTransaction } from '../../db/core/connection.js';
import * as programmes from '../../db/programme/programmes.js';
import { councillorsInOffice } from '../../db/register/register.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { openProgramme as command } from '../../policies/programme/commands.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { QuestionKey } from '../../policies/need-to-know/questions.js';
import { programmeOpened } from '../../policies/programme/notices.js';
import { foreignToAll, windowFaults } from '../../policies/programme/programme.js';
import { invalid } from '../../policies/core/rules.js';
import type { Ctx } from '../case/ctx.js';
import { assertNoReasonOfRefusal } from '../../policies/visit/visiting.js';
import { screened, textOfAnswer } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { asKeeper, record } from '../case/record.js';
import type { SentProgramme } from './bodies.js';

/**
 * Democratic Services invite members to take part. It approves nobody: each member asks for themselves, and for each
 * councillor the office of a question confirms a draft answer (need-to-know.md, sections 3 and 6).
 * @returns the programme's id
 */
export const openProgramme = (ctx: Ctx, given: SentProgramme): Promise<string> => {
  const answers = Object.entries(given.draftAnswers);
  screened(ctx, {
    title: given.title,
    ...(Object.assign(
      {},
      ...answers.map(([key, answer]) => textOfAnswer(answer, `draftAnswers.${key}.`)),
    ) as Record<string, string>),
  });
  for (const [key, answer] of answers) {
    assertNoReasonOfRefusal(key as QuestionKey, answer, `draftAnswers.${key}.`);
  }
  return inTransaction(ctx.db, async (trx) => {
    authoriseTo(command, ctx, { kind: 'Programme' });
    const now = ctx.now();
    const faults = windowFaults(given.window, now);
    if (faults.length > 0) throw invalid('programme', faults);
    const foreign = foreignToAll(given.draftAnswers, given.observationTypes);
    if (foreign.length > 0) throw invalid('type_items', foreign);
    const observationTypes = [...new Set(given.observationTypes)];
    const id = await programmes.open(trx, {
      ...given,
      observationTypes,
      openedAt: now,
      personId: ctx.actor.id,
    });
    const entry = record(trx, ctx, asKeeper(ctx.actor), {
      type: 'programme.opened',
      subject: id,
      decision: {
        observationTypes,
        window: { ...given.window },
        places: given.places,
        drafted: answers.map(([key]) => key).toSorted(),
      },
      reasons: given.title,
    });
    notify(trx, ctx, entry, programmeOpened(await councillorsInOffice(trx, londonDate(now))));
    return id;
  });
};
