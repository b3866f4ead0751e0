import type { Knex } from 'knex';
import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import { dueOf } from '../../policies/request/clock.js';
import { permit } from '../../policies/permission/permit.js';
import { submit } from '../../policies/request/commands.js';
import { barredFromHosting } from '../../policies/request/hosting.js';
import { londonDate } from '../../policies/core/time/london.js';
import { hostNamed, received, resubmitted, submitted } from '../../policies/request/notices.js';
import type { ObservationTypeKey } from '../../policies/core/observation-types.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import { assertComplete } from '../../policies/request/submission.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { assertLinks } from './follows/assert-links.js';
import { openPapers } from '../papers/follows/open-papers.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';

/**
 * The councillor hands a draft in, or a returned request in again. It must be complete; the clock of the
 * decision starts, or goes on from where it stood; the default host of the type is named.
 */
export const submitRequest = (ctx: Ctx, reference: string, version: number): Promise<CaseFile> =>
  inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row } = file;
    const acting = permit(submit, ctx, file, { version });
    const at = ctx.now();
    const again = row.status === 'returned';
    const { content } = row;
    assertComplete(content, {
      settings: ctx.settings,
      councillor: file.councillor,
      today: londonDate(at),
    });
    await assertLinks(trx, ctx.settings, row, content);

    const returns = again ? row.returns.map(({ from, to }) => ({ from, to: to ?? at })) : [];
    if (again) await requests.endReturn(trx, row.id, at);
    const submittedAt = row.submittedAt ?? at;
    const due = dueOf(ctx.settings, { ...row, status: 'submitted', submittedAt, returns })?.at ?? null;
    const host = row.hostId === null ? await suitableDefault(trx, row, content.observationType) : null;
    await requests.save(trx, row.id, {
      status: 'submitted',
      submittedAt,
      dueOn: due,
      ...(host ? { host } : {}),
    });
    const entry = record(trx, ctx, acting, {
      type: again ? 'request.resubmitted' : 'request.submitted',
      subject: reference,
      decision: { version, due },
    });
    notify(trx, ctx, entry, (again ? resubmitted : submitted)(reference, due));
    notify(trx, ctx, entry, received(reference, row.councillorId, due));
    if (host) {
      const named = record(trx, ctx, acting, {
        type: 'request.host_named',
        subject: reference,
        decision: { version, byDefault: true },
      });
      notify(trx, ctx, named, hostNamed(reference, host.hostId));
    }
    await openPapers(trx, ctx, row, content);
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });

/** The type's default host and line manager, unless either is barred: then Children's Services name them. */
const suitableDefault = async (trx: Knex.Transaction, row: ObservationRequest, type: ObservationTypeKey) => {
  const named = await requests.defaultHost(trx, type);
  const suitable =
    named !== null && [named.host, named.manager].every((each) => barredFromHosting(each, row) === null);
  return suitable ? { hostId: named.host.id, managerId: named.manager.id } : null;
};
