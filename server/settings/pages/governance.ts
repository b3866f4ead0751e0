/** How the council is governed, and what counts as a clear day: the statutory rights to papers depend on both. */
import { authorise } from '../../../policies/permission/ability.js';
import { authoriseTo } from '../../../policies/permission/permit.js';
import { keepSettings } from '../../../policies/settings/commands.js';
import { clearDayKinds } from '../../../policies/core/time/clear-days.js';
import { governances } from '../../../policies/settings/governance.js';
import { asFormErrors, validate } from '../../web/pages/faults.js';
import { entered, given, number } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { paths } from '../../web/paths.js';
import { changeSettings } from '../change-settings.js';
import { governanceHere } from '../commands.js';
import { presentSettings } from '../present.js';
import { readSettings } from '../read-settings.js';
import { clearDaysSays, governanceSays } from './words.js';

export const governancePage = page({
  ...governanceHere.page,
  view: 'settings/views/governance',
  async load(ctx) {
    authorise(ctx.ability, 'read', { kind: 'Settings' });
    authoriseTo(keepSettings, ctx, { kind: 'Settings' });
    const { revision, governance, clearDays } = presentSettings(ctx, await readSettings(ctx));
    return {
      revision,
      governance,
      clearDays,
      governances: governances.map((value) => ({ value, text: governanceSays[value] })),
      clearDayKinds: clearDayKinds.map((value) => ({ value, text: clearDaysSays[value] })),
    };
  },
  form: {
    body: governanceHere.body,
    read: (form) =>
      validate(
        governanceHere.body,
        given({
          revision: number(form, 'revision'),
          governance: entered(form, 'governance'),
          clearDays: entered(form, 'clearDays'),
        }),
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => changeSettings(ctx, body));
      return `${paths.settings}?done=governance`;
    },
  },
});
