/** What members never observe here, by a rule of the council. */
import { authorise } from '../../../policies/permission/ability.js';
import { authoriseTo } from '../../../policies/permission/permit.js';
import { keepSettings } from '../../../policies/settings/commands.js';
import { routedBars } from '../../../policies/core/observation-types.js';
import { asFormErrors, validate } from '../../web/pages/faults.js';
import { chosen, given, number } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { paths } from '../../web/paths.js';
import { changeSettings } from '../change-settings.js';
import { barsHere } from '../commands.js';
import { presentSettings } from '../present.js';
import { readSettings } from '../read-settings.js';
import { barSays } from './words.js';

export const barsPage = page({
  ...barsHere.page,
  view: 'settings/views/bars',
  async load(ctx) {
    authorise(ctx.ability, 'read', { kind: 'Settings' });
    authoriseTo(keepSettings, ctx, { kind: 'Settings' });
    const { revision, neverObserved } = presentSettings(ctx, await readSettings(ctx));
    return {
      revision,
      ticked: neverObserved,
      options: routedBars.map((bar) => ({ value: bar, text: barSays[bar] })),
    };
  },
  form: {
    body: barsHere.body,
    read: (form) =>
      validate(barsHere.body, {
        ...given({ revision: number(form, 'revision') }),
        neverObserved: chosen(form, 'neverObserved'),
      }),
    async act(ctx, { body }) {
      await asFormErrors(() => changeSettings(ctx, body));
      return `${paths.settings}?done=bars`;
    },
  },
});
