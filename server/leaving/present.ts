/** What waits for who leaves, in words, with the page on which each is handed on. */
import { waitingKinds, type Leaver, type Waiting, type WaitingKind } from '../../policies/leaving/leaving.js';
import { holdsOffice } from '../../policies/people/actor.js';
import type { Leavers } from '../../db/leaving/leavers.js';
import type { Ctx } from '../case/ctx.js';
import { paths } from '../web/paths.js';

const says: Readonly<Record<WaitingKind, string>> = {
  hosts: 'Requests that they host, or manage the host of. Name somebody else.',
  visits:
    'Grants whose visits they host. Children’s Services act in their place: plan, move or cancel visits, check them, and record what happened.',
  answers: 'Questions after a visit that they were to see answered. Children’s Services answer them.',
  named: 'Reviews and seats that they were named for. Have somebody else named.',
  stands_in: 'Offices for whose head they stand in. Register another deputy.',
  heads: 'Offices of which they are the head. Give the headship to somebody else.',
};

const kinds = Object.keys(waitingKinds) as WaitingKind[];

/** The page on which it is handed on. */
const pageOf = ({ kind, reference, id }: Waiting, person: string): string | null => {
  if (kind === 'stands_in') return paths.deputy;
  if (kind === 'heads') return paths.person(person);
  if (reference === null) return null;
  if (kind === 'hosts') return paths.host(reference);
  if (kind === 'named') return paths.nameReviewer(reference);
  if (id === null) return null;
  return kind === 'visits' ? paths.grant(id) : paths.respond(id);
};

const presentKind = (
  { actor }: Pick<Ctx, 'actor'>,
  { id, waiting }: Pick<Leaver, 'id' | 'waiting'>,
  kind: WaitingKind,
) => {
  const those = waiting.filter((each) => each.kind === kind);
  const handsOn = waitingKinds[kind];
  const mayHandOn = holdsOffice(actor, handsOn);
  return {
    kind,
    says: says[kind],
    handsOn,
    count: those.length,
    // Which they are is for those who read requests; that it is an office's, and which, for everybody here.
    matters: those
      .filter(({ reference, office }) => reference !== null || office !== null)
      .map((each) => ({
        reference: each.reference,
        office: each.office,
        page: mayHandOn ? pageOf(each, id) : null,
      })),
  };
};

/** The people who leave, for those who hand on what waits for them. */
export const presentLeavers = (reader: Pick<Ctx, 'actor'>, { leavers, more }: Leavers) => ({
  items: leavers.map((leaver) => ({
    id: leaver.id,
    name: leaver.name,
    suspended: leaver.suspended,
    on: leaver.on,
    waiting: kinds
      .filter((kind) => leaver.waiting.some((each) => each.kind === kind))
      .map((kind) => presentKind(reader, leaver, kind)),
  })),
  more,
});
