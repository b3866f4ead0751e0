import { dueOf } from '../../policies/request/clock.js';
import { permitOn } from '../../policies/permission/permit.js';
import {
  edit as editCommand,
  submit as submitCommand,
  withdraw as withdrawCommand,
} from '../../policies/request/commands.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Acting } from '../../policies/people/actor.js';
import type { RequestContent } from '../../policies/request/request.js';
import { defaultSettings } from '../../policies/settings/settings.js';
import { together } from '../core/together.js';
import { carryOver } from '../need-to-know/assessments.js';
import * as requests from '../request/requests.js';
import type { Login } from './accounts.js';
import type { Council } from './council.js';
import { as, begin, record, type Act } from './scene.js';

const asCouncillor: Acting = { office: 'councillor', capacity: 'principal', deputyFor: null };

/** A councillor begins a request. */
export const draft =
  (login: Login, content: (council: Council) => RequestContent): Act =>
  async (scene) => {
    const { trx, council, at } = scene;
    const reference = await requests.insert(trx, {
      councillorId: council.councillorId(login),
      content: content(council),
      at,
      year: londonDate(at).slice(0, 4),
    });
    await record(scene, await as(scene, login), asCouncillor, {
      type: 'request.drafted',
      subject: reference,
      decision: { version: 1 },
    });
    return reference;
  };

/** The councillor hands it in, for the first time or again; the default host is named. */
export const submit =
  (login: Login): Act =>
  async (scene) => {
    const { trx, at } = scene;
    const { who, row } = await begin(scene, login);
    const { reference, version } = row;
    const acting = permitOn(submitCommand, who, row, {});
    const again = row.status === 'returned';
    if (again) await requests.endReturn(trx, row.id, at);
    const submittedAt = row.submittedAt ?? at;
    const returns = row.returns.map(({ from, to }) => ({ from, to: to ?? at }));
    const dueOn = dueOf(defaultSettings, { status: 'submitted', submittedAt, returns })?.at ?? null;
    const host =
      row.hostId === null && row.observationType
        ? await requests.defaultHost(trx, row.observationType)
        : null;
    await requests.save(trx, row.id, {
      status: 'submitted',
      submittedAt,
      dueOn,
      ...(host ? { host: { hostId: host.host.id, managerId: host.manager.id } } : {}),
    });
    await record(scene, who, acting, {
      type: again ? 'request.resubmitted' : 'request.submitted',
      subject: reference,
      decision: { version, due: dueOn },
    });
    if (host) {
      await record(scene, who, null, {
        type: 'request.host_named',
        subject: reference,
        decision: { version, byDefault: true },
      });
    }
    return reference;
  };

/** The councillor changes a returned request: a new version, with the answers carried over. */
export const edit =
  (login: Login, changes: RequestContent): Act =>
  async (scene) => {
    const { trx, at } = scene;
    const { who, row } = await begin(scene, login);
    const acting = permitOn(editCommand, who, row, {});
    const version = row.version + 1;
    await together(trx, requests.addingVersion(trx, row, { content: { ...row.content, ...changes }, at }));
    await carryOver(trx, row.id, row.version, version);
    await record(scene, who, acting, {
      type: 'request.edited',
      subject: row.reference,
      decision: { version, fields: Object.keys(changes).toSorted() },
    });
    return row.reference;
  };

/** The councillor takes it back. */
export const withdraw =
  (login: Login): Act =>
  async (scene) => {
    const { trx, at } = scene;
    const { who, row } = await begin(scene, login);
    const acting = permitOn(withdrawCommand, who, row, {});
    await requests.save(trx, row.id, { status: 'withdrawn', withdrawnAt: at, dueOn: null });
    await record(scene, who, acting, {
      type: 'request.withdrawn',
      subject: row.reference,
      decision: { version: row.version },
    });
    return row.reference;
  };
