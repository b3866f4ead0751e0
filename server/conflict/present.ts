import type { ConflictRow } from '../../db/conflict/conflicts.js';
import { contestConflict, endConflict, settleConflict } from '../../policies/conflict/commands.js';
import { isOwn, settlementDue } from '../../policies/conflict/conflict.js';
import { available, isOpenToOneself } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { presentCorrections } from '../correction/present/beside.js';

type Can = ('contest' | 'settle' | 'end')[];

/** What this reader may do about it: about one’s own for no office, about that of somebody else for theirs. */
const canOf = (reader: Pick<Ctx, 'actor' | 'ability'>, conflict: ConflictRow): Can => {
  const given = { by: reader.actor.id };
  if (conflict.personId !== reader.actor.id)
    return available([settleConflict, endConflict], reader, conflict, given);
  return [contestConflict, ...(isOwn(conflict) ? [endConflict] : [])]
    .filter((command) => isOpenToOneself(command, reader, conflict, given))
    .map(({ name }) => name);
};

/** A conflict, complete, for people who may read it. */
export const presentConflict = (
  reader: Pick<Ctx, 'actor' | 'ability' | 'settings'>,
  conflict: ConflictRow,
) => {
  const { contested, settled, ended } = conflict;
  const due =
    conflict.status === 'contested' && contested ? settlementDue(reader.settings, contested.at) : null;
  return {
    id: conflict.id,
    person: conflict.personId,
    personName: conflict.person,
    kind: conflict.nature,
    councillor: conflict.councillor?.id ?? null,
    councillorName: conflict.councillor?.name ?? null,
    reference: conflict.reference,
    status: conflict.status,
    own: isOwn(conflict),
    reasons: conflict.reasons,
    authority: conflict.authority,
    recorded: { at: conflict.recordedAt.toISOString(), by: conflict.recorder },
    contested: contested && { at: contested.at.toISOString(), reasons: contested.reasons, due },
    settled: settled && { ...settled, at: settled.at.toISOString() },
    ended: ended && { ...ended, at: ended.at.toISOString() },
    corrections: presentCorrections('keeper', conflict.corrections),
    can: canOf(reader, conflict),
  };
};
