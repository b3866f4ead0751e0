/** Lifting a council rule: one office says whether it does, for one version, with exceptional reasons. */
import { question } from '../../../policies/need-to-know/questions.js';
import { NotFound } from '../../../policies/core/refusals.js';
import { barHere } from '../../web/pages/bar.js';
import { asFormErrors, validate } from '../../web/pages/faults.js';
import { chosen, entered, given, number } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { paths } from '../../web/paths.js';
import { liftHere } from '../commands.js';
import { liftRule } from '../lift-rule.js';
import { rulesHere, saidHere } from '../present/lifts.js';
import { readAssessment } from '../read-assessment.js';
import { placeOf } from './assessing/rows.js';

export const liftPage = page({
  ...liftHere.page,
  view: 'need-to-know/views/lift',
  async load(ctx, { params: { reference, question: key } }) {
    const file = await readAssessment(ctx, reference);
    const { row, assessment } = file;
    const finding = assessment?.test.findings.find((each) => each.question === key);
    if (!finding) throw new NotFound();
    return {
      request: { reference, version: row.version },
      question: { key, number: placeOf(key), asks: question(key).asks },
      finding,
      blocks: rulesHere(finding, key),
      said: saidHere(file, key),
      bar: barHere(ctx, liftHere, file, { lifting: { question: key } }),
    };
  },
  form: {
    body: liftHere.body,
    read: (form, { params }) =>
      validate(
        liftHere.body,
        given({
          version: number(form, 'version'),
          question: params.question,
          outcome: entered(form, 'outcome') ?? '',
          reasons: entered(form, 'reasons'),
          blocks: form['blocks'] === undefined ? undefined : chosen(form, 'blocks'),
        }),
      ),
    async act(ctx, { params: { reference }, body }) {
      await asFormErrors(() => liftRule(ctx, reference, body));
      return `${paths.test(reference)}?done=lift`;
    },
  },
});
