import { commands, permit } from '../../../policies/core/commands.js';
import type { CommandName } from '../../../policies/core/every-command.js';
import { Refusal } from '../../../policies/core/refusals.js';
import { checkDecision, checkSignOff } from '../../../policies/decision/sign-off.js';
import type { ObservationRequest, Office, RequestStatus, Seat } from '../../../policies/core/subjects.js';
import type { Ctx } from '../../case/ctx.js';
import { isOutstanding, whyNoRelease, whyNoRight } from '../../papers/present.js';
import { presentReviewActions } from '../../review/present/review-actions.js';
import { paths } from '../../web/paths.js';
import type { CaseFile } from '../../../policies/request/case-file.js';

/** Something that a person of this office does; where they cannot do it now, why. */
export interface ActionLine {
  readonly name: CommandName;
  readonly text: string;
  readonly href: string;
  /** Null where it can be done now. */
  readonly whyNot: string | null;
}

interface Offered {
  readonly name: CommandName;
  readonly text: string;
  readonly href: string;
  readonly office?: Office;
}

/** What belongs to an inspection of documents alone. */
const ofPapers = (reference: string): readonly Offered[] => [
  {
    name: 'record_right',
    text: 'Record whether there is a statutory right to the papers',
    href: paths.statutoryRight(reference),
  },
  {
    name: 'release_papers',
    text: 'Record papers released or returned',
    href: paths.releases(reference),
  },
];

const offered = ({ reference, status, observationType }: ObservationRequest): readonly Offered[] => [
  { name: 'edit', text: editText[status] ?? 'Change what you ask for', href: paths.check(reference) },
  { name: 'withdraw', text: 'Take this request back', href: paths.withdraw(reference) },
  { name: 'name_host', text: 'Name the host', href: paths.host(reference) },
  { name: 'answer', text: 'Answer your questions', href: paths.test(reference) },
  { name: 'discuss', text: 'Speak in the discussion', href: paths.discussion(reference) },
  { name: 'return', text: 'Return it with questions', href: paths.return(reference) },
  ...(['childrens_services', 'democratic_services'] as const).flatMap((office): Offered[] => [
    { name: 'sign_off', text: `Sign for ${officeText[office]}`, href: paths.sign(reference, office), office },
    {
      name: 'withdraw_sign_off',
      text: `Withdraw the sign-off of ${officeText[office]}`,
      href: paths.withdrawSignOff(reference, office),
      office,
    },
  ]),
  ...(observationType === 'document_inspection' ? ofPapers(reference) : []),
  { name: 'decide', text: 'Decide for Legal', href: paths.decide(reference), office: 'legal' },
];

/** The same page serves to go on, to answer and to change. */
const editText: Readonly<Partial<Record<RequestStatus, string>>> = {
  draft: 'Go on with this request, or hand it in',
  returned: 'Answer the questions and hand it in again',
};

const officeText = {
  childrens_services: 'Children’s Services',
  democratic_services: 'Democratic Services',
} as const;

/** Whether somebody of this office does this at all, so that it is worth telling them why not. */
const concerns = (ctx: Ctx, { name, office }: Offered, file: CaseFile): boolean => {
  const { row } = file;
  if (name === 'release_papers' && isOutstanding(ctx, file)) return true;
  if (name === 'withdraw_sign_off' && !row.seats.some((seat) => seat.office === office)) return false;
  // What has ended is not offered again with a reason each time: the status says it once.
  const isOver = row.status === 'refused' || row.status === 'withdrawn';
  if (isOver || (row.status === 'approved' && name !== 'release_papers')) return false;
  if (!ctx.ability.can(name, row)) return false;
  const by = office ? [office] : commands[name].by;
  return (
    by.includes('councillor') ||
    ctx.actor.holdings.some((holding) => by.includes(holding.office)) ||
    row.named.some((named) => named.personId === ctx.actor.id && by.includes(named.office))
  );
};

const whyNot = (ctx: Ctx, { name, office }: Offered, file: CaseFile, discussed: boolean): string | null => {
  const { row, assessment } = file;
  if (name === 'release_papers' && isOutstanding(ctx, file)) return null;
  try {
    permit(name, ctx, row, office ? { office } : {});
    if (name === 'record_right') return whyNoRight(file);
    if (name === 'release_papers') return whyNoRelease(file);
    if (!assessment) return null;
    const standing = { row, test: assessment.test, discussed, upheldFinding: false };
    if (name === 'name_host' && row.seats.length > 0) return 'A sign-off stands already.';
    if (name === 'sign_off') checkSignOff(office as Seat, { outcome: 'agree', grounds: [] }, standing);
    if (name === 'decide')
      checkDecision(
        {
          outcome: 'refuse',
          grounds: assessment.test.grounds.length > 0 ? assessment.test.grounds : ['no_remit_link'],
        },
        standing,
      );
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
};

/** What this person can do with a request now, and what they cannot do yet, with the reason. */
export const presentActions = (ctx: Ctx, file: CaseFile): ActionLine[] => [
  ...offered(file.row)
    .filter((each) => concerns(ctx, each, file))
    .map((each) => ({
      name: each.name,
      text: each.text,
      href: each.href,
      whyNot: whyNot(ctx, each, file, file.discussed),
    })),
  ...presentReviewActions(ctx, file.row),
];
