import { inTransaction } from '../../db/core/connection.js';
import { findPerson, type Person } from '../../db/people/people.js';
import * as requests from '../../db/request/requests.js';
import { permit } from '../../policies/permission/permit.js';
import { nameHost as command } from '../../policies/request/commands.js';
import { hostNamed, hostReleased } from '../../policies/request/notices.js';
import type { FieldError } from '../../policies/core/refusals.js';
import { invalid } from '../../policies/core/rules.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { SentHost } from './bodies.js';

/**
 * Children's Services name the host and the host's line manager, before any sign-off. Neither may be a councillor,
 * nor a person with a recorded relation to, or complaint with, the councillor who asks.
 * @param given people by id or e-mail address
 */
export const nameHost = (ctx: Ctx, reference: string, given: SentHost): Promise<CaseFile> =>
  inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row } = file;
    const host = await findPerson(trx, given.host);
    const manager = await findPerson(trx, given.manager);
    const people = [host, manager].filter((person) => person !== null);
    const acting = permit(command, ctx, file, { version: given.version, people });
    const [{ id: hostId }, { id: managerId }] = assertSuitable(host, manager);
    await requests.save(trx, row.id, { host: { hostId, managerId }, actedBy: ctx.actor.id });
    const entry = record(trx, ctx, acting, {
      type: 'request.host_named',
      subject: reference,
      decision: { version: given.version, byDefault: false },
    });
    if (hostId !== row.hostId) {
      notify(trx, ctx, entry, hostNamed(reference, hostId));
      if (row.hostId) notify(trx, ctx, entry, hostReleased(reference, row.hostId));
    }
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });

const assertSuitable = (host: Person | null, manager: Person | null): readonly [Person, Person] => {
  const errors: FieldError[] = [
    ...(host ? [] : [{ field: 'host', message: 'There is no such person.' }]),
    ...(manager ? [] : [{ field: 'manager', message: 'There is no such person.' }]),
    ...(host && manager && host.id === manager.id
      ? [{ field: 'manager', message: 'The line manager is somebody other than the host.' }]
      : []),
  ];
  if (errors.length > 0 || !host || !manager) throw invalid('people', errors);
  return [host, manager];
};
