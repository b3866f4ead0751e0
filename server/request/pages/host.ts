/** Naming the host, and sending a request back with questions. */
import { verdict } from '../../../policies/permission/permit.js';
import { nameHost as nameHostCommand, returnToCouncillor } from '../../../policies/request/commands.js';
import { paths } from '../../web/paths.js';
import { presentRequest } from '../present/request.js';
import { nameHost } from '../name-host.js';
import { readRequest } from '../read-request.js';
import { returnRequest } from '../return-request.js';
import { entered, number } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { barOf } from '../../web/pages/bar.js';
import { validate, asFormErrors } from '../../web/pages/faults.js';
import { nameHostHere, returnHere } from '../commands.js';

const hostPage = page({
  ...nameHostHere.page,
  view: 'request/views/host',
  async load(ctx, { params: { reference: ref } }) {
    const file = await readRequest(ctx, ref);
    const bar = barOf(verdict(nameHostCommand, ctx, file, {}));
    return { bar, request: presentRequest(ctx, file) };
  },
  form: {
    body: nameHostHere.body,
    read: (form) =>
      validate(nameHostHere.body, {
        version: number(form, 'version'),
        host: entered(form, 'host')?.trim(),
        manager: entered(form, 'manager')?.trim(),
      }),
    async act(ctx, { params: { reference: ref }, body }) {
      await asFormErrors(() => nameHost(ctx, ref, body));
      return paths.request(ref);
    },
  },
});

const returnPage = page({
  ...returnHere.page,
  view: 'request/views/return',
  async load(ctx, { params: { reference: ref } }) {
    const file = await readRequest(ctx, ref);
    const bar = barOf(verdict(returnToCouncillor, ctx, file, {}));
    return { bar, request: presentRequest(ctx, file) };
  },
  form: {
    body: returnHere.body,
    read: (form) =>
      validate(returnHere.body, { version: number(form, 'version'), questions: entered(form, 'questions') }),
    async act(ctx, { params: { reference: ref }, body }) {
      await asFormErrors(() => returnRequest(ctx, ref, body.version, body.questions));
      return paths.request(ref);
    },
  },
});

export const hostPages = [returnPage, hostPage];
