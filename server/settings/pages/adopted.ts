/** The document that the council adopted, with the paragraph of each of its own rules. */
import { authorise } from '../../../policies/permission/ability.js';
import { authoriseTo } from '../../../policies/permission/permit.js';
import { authorities, councilRuleKeys } from '../../../policies/core/authorities.js';
import { keepSettings } from '../../../policies/settings/commands.js';
import { asFormErrors, validate, type FieldNames } from '../../web/pages/faults.js';
import { entered, given, number } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { dateOf, dateFields } from '../../web/pages/typed/day.js';
import { paths } from '../../web/paths.js';
import { changeSettings } from '../change-settings.js';
import { adoptedHere } from '../commands.js';
import { presentSettings } from '../present.js';
import { readSettings } from '../read-settings.js';

const fieldNames: FieldNames = { named: (field) => field.split('.').at(-1) ?? field };

export const adoptedPage = page({
  ...adoptedHere.page,
  view: 'settings/views/adopted',
  async load(ctx) {
    authorise(ctx.ability, 'read', { kind: 'Settings' });
    authoriseTo(keepSettings, ctx, { kind: 'Settings' });
    const { revision, adopted } = presentSettings(ctx, await readSettings(ctx));
    return {
      revision,
      values: {
        title: adopted?.title ?? '',
        link: adopted?.link ?? '',
        ...(adopted ? dateFields('date', adopted.date) : {}),
      },
      fields: councilRuleKeys.map((key) => ({
        name: key,
        says: authorities[key],
        value: adopted?.paragraphs[key] ?? '',
      })),
    };
  },
  form: {
    body: adoptedHere.body,
    anchor: (field) => (field === 'date' ? 'date-day' : field),
    read: (form) =>
      validate(
        adoptedHere.body,
        {
          ...given({ revision: number(form, 'revision') }),
          adopted: given({
            title: entered(form, 'title')?.trim(),
            date: dateOf(form, 'date'),
            link: entered(form, 'link')?.trim(),
            paragraphs: given(
              Object.fromEntries(councilRuleKeys.map((key) => [key, entered(form, key)?.trim()])),
            ),
          }),
        },
        fieldNames,
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => changeSettings(ctx, body), fieldNames);
      return `${paths.settings}?done=adopted`;
    },
  },
});
