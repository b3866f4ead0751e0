/** How the council's case system writes its references. */
import { authorise } from '../../../policies/permission/ability.js';
import { authoriseTo } from '../../../policies/permission/permit.js';
import { keepSettings } from '../../../policies/settings/commands.js';
import { asFormErrors, validate, type FieldNames } from '../../web/pages/faults.js';
import { entered, given, number, type Form } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { paths } from '../../web/paths.js';
import { changeSettings } from '../change-settings.js';
import { casesHere } from '../commands.js';
import { presentSettings } from '../present.js';
import { readSettings } from '../read-settings.js';

/** One on each line. */
const lines = (form: Form, field: string): readonly string[] =>
  (entered(form, field) ?? '').split('\n').flatMap((line) => line.trim() || []);

const fieldNames: FieldNames = { named: (field) => field.split('.')[1] ?? field };

export const casesPage = page({
  ...casesHere.page,
  view: 'settings/views/cases',
  async load(ctx) {
    authorise(ctx.ability, 'read', { kind: 'Settings' });
    authoriseTo(keepSettings, ctx, { kind: 'Settings' });
    const { revision, caseReferences } = presentSettings(ctx, await readSettings(ctx));
    return {
      revision,
      values: {
        prefixes: caseReferences.prefixes.join('\n'),
        patterns: caseReferences.patterns.join('\n'),
      },
    };
  },
  form: {
    body: casesHere.body,
    read: (form) =>
      validate(
        casesHere.body,
        {
          ...given({ revision: number(form, 'revision') }),
          caseReferences: { prefixes: lines(form, 'prefixes'), patterns: lines(form, 'patterns') },
        },
        fieldNames,
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => changeSettings(ctx, body), fieldNames);
      return `${paths.settings}?done=cases`;
    },
  },
});
