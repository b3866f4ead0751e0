import { entered, given, type Form } from '../../../../web/pages/form.js';
import { dateFields, dateOf } from '../../../../web/pages/typed/day.js';
import type { Step } from './step.js';

/** As many as the API takes. */
export const mostPapers = 50;

const read = (form: Form, row: number): object | undefined => {
  const paper = given({
    category: entered(form, `papers.${row}.category`),
    from: dateOf(form, `papers.${row}.from`),
    to: dateOf(form, `papers.${row}.to`),
  });
  return Object.keys(paper).length > 0 ? paper : undefined;
};

const rows = (form: Form): readonly (object | undefined)[] =>
  Array.from({ length: mostPapers }, (_, row) => read(form, row));

/** The papers asked for; an empty row does not count. */
export const papers: Step = {
  key: 'papers',
  title: 'Which papers',
  parts: ['papers', 'claimedRight'],
  rests: ['documents'],
  optional: true,
  read: (form) => ({
    papers: rows(form).filter((paper) => paper !== undefined),
    ...given({ claimedRight: entered(form, 'claimedRight') }),
  }),
  values: ({ papers: saved, claimedRight }) => ({
    ...(claimedRight === undefined ? {} : { claimedRight }),
    ...Object.fromEntries(
      (saved ?? []).flatMap(({ category, from, to }, row) =>
        Object.entries({
          [`papers.${row}.category`]: category,
          ...dateFields(`papers.${row}.from`, from),
          ...dateFields(`papers.${row}.to`, to),
        }),
      ),
    ),
  }),
  // Rows left empty are not sent, so that the third that is sent may be the fifth on the page.
  shownAt: (field, form) => {
    if (field === 'claimedRight') return field;
    const [, sent, part] = /^papers\.(\d+)(?:\.(\w+))?$/.exec(field) ?? [];
    const filled = rows(form).flatMap((paper, row) => (paper === undefined ? [] : [row]));
    return `papers.${filled[Number(sent)] ?? 0}.${part ?? 'category'}`;
  },
};
