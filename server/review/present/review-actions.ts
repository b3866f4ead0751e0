import type { CommandName } from '../../../policies/core/every-command.js';
import { commands, permit } from '../../../policies/core/commands.js';
import { isOverdue } from '../../../policies/deadline/deadlines.js';
import { Refusal } from '../../../policies/core/refusals.js';
import { timeToAsk } from '../../../policies/review/review.js';
import { ruleSays } from '../../../policies/core/rules.js';
import type { ObservationRequest } from '../../../policies/core/subjects.js';
import type { Ctx } from '../../case/ctx.js';
import { paths } from '../../web/paths.js';
import type { ActionLine } from '../../request/present/actions.js';

type ReviewCommand = 'ask_review' | 'decide_review' | 'name_reviewer' | 'direct';

interface Offered {
  readonly name: ReviewCommand;
  readonly text: string;
  readonly href: string;
}

/** Whether somebody holds, or was named for, an office that gives this command. */
export const actsFor = (ctx: Pick<Ctx, 'actor'>, name: CommandName, row: ObservationRequest): boolean =>
  ctx.actor.holdings.some(({ office }) => commands[name].by.includes(office)) ||
  row.named.some(
    ({ office, personId }) => personId === ctx.actor.id && commands[name].by.some((each) => each === office),
  );

/** What a refusal, or what was remitted, leaves to do. */
const offered = ({ reference, status, version, review, remittedAt }: ObservationRequest): Offered[] => {
  const naming = (whom: string): Offered => ({
    name: 'name_reviewer',
    text: `Record whom the Chief Executive names, where nobody is free ${whom}`,
    href: paths.nameReviewer(reference),
  });
  if (status === 'submitted' && remittedAt !== null) return [naming('to sign for an office')];
  if (status !== 'refused') return [];
  const ofThis = review?.version === version ? review : null;
  return [
    ...(ofThis === null
      ? [
          {
            name: 'ask_review' as const,
            text: 'Ask for a review of the refusal',
            href: paths.review(reference),
          },
        ]
      : []),
    ...(ofThis?.outcome === null
      ? [
          {
            name: 'decide_review' as const,
            text: 'Decide the review of the refusal',
            href: paths.reviewDecision(reference),
          },
          naming('to review it'),
        ]
      : []),
    {
      name: 'direct',
      text: 'Record a direction of a committee or a court',
      href: paths.direction(reference),
    },
  ];
};

const whyNot = (ctx: Ctx, name: ReviewCommand, row: ObservationRequest): string | null => {
  try {
    permit(name, ctx, row);
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  const isLate =
    name === 'ask_review' &&
    row.decidedAt !== null &&
    isOverdue(timeToAsk(ctx.settings, row.decidedAt), ctx.now());
  return isLate ? ruleSays('review_time') : null;
};

/** What this person can do about a refusal, or about what was remitted, and what not, with the reason. */
export const presentReviewActions = (ctx: Ctx, row: ObservationRequest): ActionLine[] =>
  offered(row)
    .filter(({ name }) => ctx.ability.can(name, row) && (name === 'ask_review' || actsFor(ctx, name, row)))
    .map((each) => ({ ...each, whyNot: whyNot(ctx, each.name, row) }));
