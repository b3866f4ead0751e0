import type { ConfirmedBy, RedactionRow } from '../../db/redaction/redactions.js';
import { redactionCommands } from '../../policies/permission/every-command.js';
import { available } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';

const by = (confirmed: ConfirmedBy | null) =>
  confirmed && { at: confirmed.at, by: { name: confirmed.name, office: confirmed.office } };

/** A report of a text. @param text null where the reader is not shown it, or where it is there no more */
export const presentRedaction = (
  reader: Pick<Ctx, 'actor' | 'ability'>,
  report: RedactionRow,
  text: string | null = null,
) => ({
  id: report.id,
  of: report.of,
  reference: report.reference,
  status: report.status,
  reasons: report.reasons,
  reported: { at: report.reportedAt, by: { name: report.reporterName } },
  confirmed: by(report.first),
  settled: by(report.settled),
  putBackReasons: report.putBackReasons,
  held: report.held,
  text,
  can: available(redactionCommands, reader, report, {}),
});
