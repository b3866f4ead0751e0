/** The beginning of every page of a visit: which visit it is, and whether this can be done now. */
import type { Command } from '../../policies/command/command.js';
import type { visitCommands } from '../../policies/permission/every-command.js';
import { verdict } from '../../policies/permission/permit.js';
import type { Visit, VisitCheck } from '../../policies/visit/visit.js';
import type { VisitFile } from './visit-file.js';
import type { Ctx } from '../case/ctx.js';
import { readVisit } from './read-visit.js';
import { barOf, type Bar } from '../web/pages/bar.js';

/** The visit of a page. Not its case: the case shows only where it is asked for. */
export const briefly = ({ id, reference, observationType, councillorName, date, from, to }: Visit) => ({
  id,
  reference,
  observationType,
  councillor: { name: councillorName },
  date,
  from,
  to,
});

/**
 * A visit that this person reads, and what keeps them from the act now.
 * @throws Forbidden where it is not for them at all: the page is then no page of theirs
 */
export const visitFor = async (
  ctx: Ctx,
  id: string,
  command: Command<(typeof visitCommands)[number]['name'], 'Visit'>,
  checking?: VisitCheck,
): Promise<{ file: VisitFile; head: { visit: ReturnType<typeof briefly>; bar: Bar | null } }> => {
  const file = await readVisit(ctx, id);
  return {
    file,
    head: {
      visit: briefly(file.visit),
      bar: barOf(verdict(command, ctx, file.visit, { now: ctx.now(), checking })),
    },
  };
};
