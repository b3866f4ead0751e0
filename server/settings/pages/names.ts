/** What the council calls its offices, and the area that a member sits for. */
import { authorise } from '../../../policies/permission/ability.js';
import { authoriseTo } from '../../../policies/permission/permit.js';
import { keepSettings } from '../../../policies/settings/commands.js';
import { namedThings } from '../../../policies/settings/settings.js';
import { asFormErrors, validate, type FieldNames } from '../../web/pages/faults.js';
import { entered, given, number } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { paths } from '../../web/paths.js';
import { changeSettings } from '../change-settings.js';
import { namesHere } from '../commands.js';
import { presentSettings } from '../present.js';
import { readSettings } from '../read-settings.js';
import { usualName } from './words.js';

const fieldNames: FieldNames = { named: (field) => field.split('.').at(-1) ?? field };

export const namesPage = page({
  ...namesHere.page,
  view: 'settings/views/names',
  async load(ctx) {
    authorise(ctx.ability, 'read', { kind: 'Settings' });
    authoriseTo(keepSettings, ctx, { kind: 'Settings' });
    const { revision, names } = presentSettings(ctx, await readSettings(ctx));
    const fields = namedThings.map((thing) => ({
      name: thing,
      usual: usualName(thing),
      value: names[thing] ?? '',
    }));
    return { revision, fields };
  },
  form: {
    body: namesHere.body,
    read: (form) =>
      validate(
        namesHere.body,
        {
          ...given({ revision: number(form, 'revision') }),
          // An empty field gives the usual name back.
          names: Object.fromEntries(
            namedThings.map((thing) => [thing, entered(form, thing)?.trim() || null]),
          ),
        },
        fieldNames,
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => changeSettings(ctx, body), fieldNames);
      return `${paths.settings}?done=names`;
    },
  },
});
