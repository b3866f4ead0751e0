import { inTransaction } from '../../db/core/connection.js';
import { findText, hideText } from '../../db/redaction/redactions.js';
import { invalid } from '../../policies/core/rules.js';
import { permitOneself } from '../../policies/permission/permit.js';
import { reportText as command } from '../../policies/redaction/commands.js';
import { textReported } from '../../policies/redaction/notices.js';
import { reportBy } from '../../policies/redaction/redaction.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { asReader, record } from '../case/record.js';
import { screened } from '../case/screened.js';
import type { SentRedaction } from './bodies.js';
import { aboutText } from './about-text.js';
import { readsText } from './reads-text.js';

/**
 * Anyone who can read a text reports it, with reasons. It is hidden at once, wherever it stands, and Data Protection are
 * told (need-to-know.md, section 6a).
 * @returns the id of the report
 * @throws Invalid where there is no such text that the person can read, or where the reasons repeat it; Conflict
 */
export const reportText = (ctx: Ctx, { of, reasons }: SentRedaction): Promise<string> => {
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    permitOneself(command, ctx, reportBy(ctx.actor.id), {});
    const text = await findText(trx, of);
    // A text that is hidden from the person is answered as one that is not there.
    if (!text || !(await readsText({ ...ctx, db: trx }, text, text.said)))
      throw invalid('redaction_text', [
        { field: 'of', message: 'There is no such text, or you cannot read it.' },
      ]);
    if (repeats(reasons, text.said))
      throw invalid('redaction_text', [{ field: 'reasons', message: 'Say why without repeating the text.' }]);
    const acting = asReader(ctx.actor);
    const id = await hideText(trx, of, { by: ctx.actor.id, acting, at: ctx.now(), reasons });
    const entry = record(trx, ctx, acting, {
      type: 'redaction.reported',
      subject: aboutText(text),
      decision: { redaction: id, kind: of.kind },
      reasons,
    });
    notify(trx, ctx, entry, textReported());
    return id;
  });
};

const repeats = (reasons: string, said: string): boolean => {
  const [one, other] = [reasons, said].map((text) => text.replaceAll(/\s+/g, ' ').trim().toLowerCase());
  return one !== undefined && other !== undefined && one.includes(other);
};
