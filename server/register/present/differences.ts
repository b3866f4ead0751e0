import { pick } from '../../../policies/core/fields/pick.js';
import { leftReasons } from '../../../policies/register/unattended.js';
import type { ImportedUnattended } from '../feed/import-unattended.js';
import type { Differences } from '../feed/differences.js';

const taken = (emailTaken: boolean) => (emailTaken ? { emailTaken } : {});

/** The differences between a feed and the register. A party, an address or a telephone number never got this far. */
export const presentDifferences = ({ added, changed, doubtful, gone }: Differences) => ({
  added: added.map(({ emailTaken, insteadOf: _number, ...member }) => ({ ...member, ...taken(emailTaken) })),
  changed: changed.map(({ id, name, member, changes, emailTaken }) => ({
    id,
    name,
    externalId: member.externalId,
    ward: member.ward,
    changes,
    ...taken(emailTaken),
  })),
  doubtful: doubtful.map(({ id, name, ward, member }) => ({ id, name, ward, member })),
  gone,
});

/** The same of an import that nobody watched, with how many members it left for people, by the reason. */
export const presentUnattended = ({ taken: found, outcome }: ImportedUnattended) => ({
  ...presentDifferences(found),
  left: pick(outcome, leftReasons),
});
