/** Signing for Children's Services or Democratic Services, and taking a sign-off back. */
import { grounds } from '../../../policies/core/grounds.js';
import { verdict } from '../../../policies/permission/permit.js';
import { objects } from '../../../policies/request/live-seat.js';
import { signOff, withdrawSignOff as withdrawCommand } from '../../../policies/decision/commands.js';
import { paths } from '../../web/paths.js';
import { readRequest } from '../../request/read-request.js';
import { signOffRequest } from '../sign-off-request.js';
import { withdrawSignOff } from '../withdraw-sign-off.js';
import { entered, number } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { inWords } from '../../web/pages/words.js';
import { barOf } from '../../web/pages/bar.js';
import { assertNoConditions, conditionChoices } from './condition-rows.js';
import { signedLines, signedOn, signedFieldNames } from './signed-on-form.js';
import { validate, asFormErrors } from '../../web/pages/faults.js';
import { presentStanding } from './standing.js';
import { signHere, withdrawSignOffHere } from '../commands.js';

export const signPage = page({
  ...signHere.page,
  view: 'decision/views/sign',
  async load(ctx, { params: { reference: ref, office } }) {
    const file = await readRequest(ctx, ref);
    return {
      bar: barOf(verdict(signOff, ctx, file, { office })),
      ...presentStanding(ctx, file),
      office,
      grounds,
      conditions: conditionChoices,
    };
  },
  form: {
    body: signHere.body,
    read(form, { params: { office } }) {
      const signed = signedOn(form);
      if (objects(signed)) assertNoConditions(form, 'An objection has no conditions. Leave this empty.');
      return validate(signHere.body, { ...signed, office }, signedFieldNames(form));
    },
    check: {
      before: ({ params: { office } }) => `sign for ${inWords(office)}`,
      button: () => 'Sign',
      lines: ({ body }) => signedLines(objects(body) ? 'Objects' : 'Agrees', body),
      done: ({ params: { office } }) => `You have signed for ${inWords(office)}`,
    },
    async act(ctx, { params: { reference: ref }, body: { noConflict: _declared, ...sent }, form }) {
      await asFormErrors(() => signOffRequest(ctx, ref, sent), signedFieldNames(form));
      return paths.request(ref);
    },
  },
});

export const withdrawSignOffPage = page({
  ...withdrawSignOffHere.page,
  view: 'decision/views/withdraw-sign-off',
  async load(ctx, { params: { reference: ref, office } }) {
    const file = await readRequest(ctx, ref);
    return {
      bar: barOf(verdict(withdrawCommand, ctx, file, { office })),
      ...presentStanding(ctx, file),
      office,
    };
  },
  form: {
    body: withdrawSignOffHere.body,
    read: (form) =>
      validate(withdrawSignOffHere.body, {
        version: number(form, 'version'),
        reasons: entered(form, 'reasons'),
      }),
    async act(ctx, { params: { reference: ref, office }, body }) {
      await asFormErrors(() => withdrawSignOff(ctx, ref, office, body));
      return paths.request(ref);
    },
  },
});
