/** Naming the host, and sending a request back with questions. */
import { z } from 'zod';
import { verdict } from '../../../policies/permission/permit.js';
import { nameHost as nameHostCommand, returnToCouncillor } from '../../../policies/request/commands.js';
import { hostBody, returnBody } from '../bodies.js';
import { reference } from '../../web/schema/schemas.js';
import { paths } from '../../web/paths.js';
import { presentRequest } from '../present/request.js';
import { nameHost } from '../name-host.js';
import { readRequest } from '../read-request.js';
import { returnRequest } from '../return-request.js';
import { entered, number } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { barOf } from '../../web/pages/bar.js';
import { checked, told } from '../../web/pages/faults.js';

const params = z.strictObject({ reference });

const hostPage = page({
  path: '/requests/:reference/host',
  params,
  view: 'request/views/host',
  async load(ctx, { params: { reference: ref } }) {
    const file = await readRequest(ctx, ref);
    const bar = barOf(verdict(nameHostCommand, ctx, file, {}));
    return { bar, request: presentRequest(ctx, file) };
  },
  form: {
    body: hostBody,
    read: (form) =>
      checked(hostBody, {
        version: number(form, 'version'),
        host: entered(form, 'host')?.trim(),
        manager: entered(form, 'manager')?.trim(),
      }),
    async act(ctx, { params: { reference: ref }, body }) {
      await told(() => nameHost(ctx, ref, body));
      return paths.request(ref);
    },
  },
});

const returnPage = page({
  path: '/requests/:reference/return',
  params,
  view: 'request/views/return',
  async load(ctx, { params: { reference: ref } }) {
    const file = await readRequest(ctx, ref);
    const bar = barOf(verdict(returnToCouncillor, ctx, file, {}));
    return { bar, request: presentRequest(ctx, file) };
  },
  form: {
    body: returnBody,
    read: (form) =>
      checked(returnBody, { version: number(form, 'version'), questions: entered(form, 'questions') }),
    async act(ctx, { params: { reference: ref }, body }) {
      await told(() => returnRequest(ctx, ref, body.version, body.questions));
      return paths.request(ref);
    },
  },
});

export const hostPages = [returnPage, hostPage];
