import { inTransaction } from '../../db/core/connection.js';
import {
  findWeighed,
  lockAccess,
  markPassages,
  type Marking,
  type WeighedAccess,
} from '../../db/subject-access/access-requests.js';
import { NotFound } from '../../policies/core/refusals.js';
import { assertUnhindered, permit } from '../../policies/permission/permit.js';
import { assertMark } from '../../policies/subject-access/access-request.js';
import { markPassage as command } from '../../policies/subject-access/commands.js';
import { isWhole, proposalOf } from '../../policies/subject-access/passages.js';
import { aboutCouncillor } from '../incident/follows/incident.js';
import type { Ctx } from '../case/ctx.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import type { SentMark } from './bodies.js';

/** Marks what `choose` picks of what is held now, under the lock of the request; a whole act is one entry. */
const marking = (
  ctx: Ctx,
  id: string,
  choose: (weighed: WeighedAccess) => readonly Marking[],
  what: Readonly<Record<string, string>>,
): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const locked = await lockAccess(trx, ctx.ability, id);
    const acting = permit(command, ctx, locked, {});
    const weighed = await findWeighed(trx, ctx.ability, id);
    const { access } = weighed;
    const marked = choose(weighed);
    if (marked.length > 0) await markPassages(trx, id, { by: ctx.actor.id, at: ctx.now(), marked });
    record(trx, ctx, acting, {
      type: 'subject_access.marked',
      subject: aboutCouncillor(access.councillorId),
      decision: { access: id, ...what, passages: marked.length },
    });
    return id;
  });

/**
 * One person of Data Protection says what becomes of a passage: disclosed, reworded, or withheld under an exemption.
 * @returns the id of the request
 * @throws NotFound, Forbidden; Conflict, by the rule `access_passage` where it has changed since it was read; Invalid by the rules `access_mark` and `access_privilege`
 */
export const markPassage = (
  ctx: Ctx,
  { id, passage }: { readonly id: string; readonly passage: string },
  given: SentMark,
): Promise<string> => {
  const { mark, exemption = null, instead = null } = given;
  screened(ctx, { instead: given.instead });
  const choose = ({ access, passages }: WeighedAccess): readonly Marking[] => {
    const found = passages.find((each) => each.id === passage);
    if (!found) throw new NotFound();
    assertUnhindered(command, access, { shown: given.fingerprint, found: found.fingerprint });
    assertMark(given, { isText: found.said !== null, privileged: found.privileged });
    return [{ passage, fingerprint: found.fingerprint, mark, exemption, instead }];
  };
  return marking(ctx, id, choose, { passage, mark, ...(exemption !== null && { exemption }) });
};

/**
 * Takes over what is proposed for all passages of a kind that have no mark yet, as one act: those that are to be weighed
 * one by one stay without. @returns the id of the request @throws NotFound, Forbidden, Conflict
 */
export const takeOverProposals = (ctx: Ctx, id: string, kind: string): Promise<string> => {
  const choose = ({ passages }: WeighedAccess): readonly Marking[] =>
    passages.flatMap((each) => {
      const proposal = proposalOf(each);
      if (each.kind !== kind || each.marked !== null || proposal.mark === 'weigh' || !isWhole(proposal))
        return [];
      const { mark, exemption } = proposal;
      return [{ passage: each.id, fingerprint: each.fingerprint, mark, exemption, instead: null }];
    });
  return marking(ctx, id, choose, { kind });
};
