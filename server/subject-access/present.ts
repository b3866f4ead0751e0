import type { AccessRow, ReleasedPassage, WeighedAccess } from '../../db/subject-access/access-requests.js';
import { isOverdue } from '../../policies/core/time/deadlines.js';
import { accessCommands } from '../../policies/permission/every-command.js';
import { available } from '../../policies/permission/permit.js';
import { accessDue } from '../../policies/subject-access/access-request.js';
import { exemptionOf, exemptions } from '../../policies/subject-access/exemptions.js';
import { proposalOf } from '../../policies/subject-access/passages.js';
import type { Ctx } from '../case/ctx.js';
import { kindSays } from './kinds.js';

type Reader = Pick<Ctx, 'actor' | 'ability' | 'now' | 'settings'>;

/** An access request, without what is held. */
export const presentAccess = (reader: Reader, access: AccessRow) => {
  const due = accessDue(reader.settings, access);
  return {
    id: access.id,
    councillor: { id: access.councillorId, name: access.councillorName },
    status: access.status,
    receivedOn: access.receivedOn,
    by: access.askedBy,
    identityChecked: true as const,
    recorded: { at: access.openedAt, by: { name: access.openedBy } },
    due,
    overdue: access.status === 'open' && isOverdue(due, reader.now()),
    extended: access.extendedAt && { at: access.extendedAt, reasons: access.extendedReasons ?? '' },
    released: access.released && { at: access.released.at, by: { name: access.released.by } },
    can: available(accessCommands, reader, access, {}),
  };
};

/** A passage with its proposal and the mark that stands; privileged advice without its words. */
export const presentPassage = ({
  requestId: _requestId,
  decided: _decided,
  said,
  marked,
  ...passage
}: WeighedAccess['passages'][number]) => ({
  ...passage,
  title: kindSays(passage.kind),
  text: passage.privileged ? null : said,
  proposal: proposalOf({ ...passage, decided: _decided }),
  marked: marked && {
    mark: marked.mark,
    exemption: marked.exemption,
    instead: marked.instead,
    at: marked.markedAt,
  },
});

/** An access request with all that is held: once it is released, the file says what became of it. */
export const presentWeighed = (reader: Reader, { access, passages, fingerprint }: WeighedAccess) => {
  const open = access.status === 'open' ? passages : [];
  return {
    ...presentAccess(reader, access),
    unmarked: open.filter(({ marked }) => marked === null).length,
    fingerprint,
    passages: open.map(presentPassage),
  };
};

/** How to complain: UK GDPR, Articles 12(4) and 77. */
const complain =
  'If you think that something is missing or was held back wrongly, tell the council’s Data Protection team. You may also ' +
  'complain to the Information Commissioner (www.ico.org.uk, Wycliffe House, Water Lane, Wilmslow, Cheshire), or go to court.';

/** The file as it was released: exactly what was marked, and the exemptions in general terms. */
export const presentFile = (access: AccessRow, passages: readonly ReleasedPassage[]) => ({
  id: access.id,
  councillor: { id: access.councillorId, name: access.councillorName },
  receivedOn: access.receivedOn,
  releasedAt: access.released?.at,
  passages: passages
    .filter(({ mark }) => mark !== 'withhold')
    .map(({ kind, field, reference, mark, said, facts }) => ({
      kind,
      title: kindSays(kind),
      field,
      reference,
      text: said,
      facts,
      redacted: mark === 'redact',
    })),
  exemptions: exemptions
    .filter((each) => passages.some(({ exemption }) => exemption === each))
    .map(exemptionOf),
  complain,
});
