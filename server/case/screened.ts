import { londonDate } from '../../policies/core/time/london.js';
import type { Answer } from '../../policies/need-to-know/answers.js';
import { Cautioned, type FieldError } from '../../policies/core/refusals.js';
import { invalid } from '../../policies/core/rules.js';
import { cautionsIn } from '../../policies/core/words/cautions.js';
import { screenAll } from '../../policies/core/words/screening.js';
import { followsPattern } from '../../policies/settings/case-references.js';
import type { RequestContent } from '../../policies/request/request.js';
import type { Ctx, Weighed } from './ctx.js';

/**
 * Refuses free text that holds personal data, before it looks anything up or saves: the refusal names field and kind
 * and keeps none of the text (need-to-know.md, section 8).
 * Then it asks about what a caution finds and nobody has weighed yet (section 6a).
 * @param isOfCouncil whether the texts are the council's own, as a protocol is: they cite old dates, and need no caution
 * @throws Invalid by the rule `personal_data`; Cautioned
 */
export const screened = (
  ctx: Pick<Ctx, 'now' | 'weighed'> & Partial<Pick<Ctx, 'settings'>>,
  fields: Readonly<Record<string, string | undefined>>,
  { isOfCouncil }: { readonly isOfCouncil?: true } = {},
): void => {
  const known = ctx.settings?.choices.caseReferences;
  const errors: readonly FieldError[] = Object.entries(fields).flatMap(([field, text = '']) => {
    // The figures of a reference in a form of the council's own may read as a date.
    const isOwnForm = field === 'caseReference' && known !== undefined && followsPattern(text, known);
    return screenAll(
      { [field]: text },
      { today: londonDate(ctx.now()), ...((isOfCouncil || isOwnForm) && { allowOldDates: true }) },
    );
  });
  if (errors.length > 0) throw invalid('personal_data', errors);
  if (ctx.weighed && !isOfCouncil) assertWeighed(ctx.weighed, fields);
};

const assertWeighed = (
  { confirmed, known }: Weighed,
  fields: Readonly<Record<string, string | undefined>>,
): void => {
  const open = cautionsIn(fields).flatMap((caution) => {
    if (confirmed.includes(caution.kind)) return [];
    const words =
      caution.kind === 'name' ? caution.words.filter((each) => !known.includes(each)) : caution.words;
    return words.length > 0 ? [{ ...caution, words }] : [];
  });
  if (open.length > 0) throw new Cautioned(open);
};

/** The free text of one answer, by the field it arrived in. */
export const textOfAnswer = (
  { answer, reason, basis }: Answer,
  prefix = '',
): Record<string, string | undefined> => ({
  ...(typeof reason === 'string'
    ? { [`${prefix}reason`]: reason }
    : Object.fromEntries(
        Object.entries(reason ?? {}).map(([item, text]) => [`${prefix}reason.${item}`, text]),
      )),
  ...(basis === undefined ? {} : { [`${prefix}basis.policyDocument`]: basis.policyDocument }),
  ...(Array.isArray(answer)
    ? Object.fromEntries(
        answer.map((bar, index) => [`${prefix}answer.${index}.lawfulRoute`, bar.lawfulRoute]),
      )
    : {}),
});

/** The free text of a request, by field. */
export const textOfContent = (content: RequestContent): Record<string, string | undefined> => ({
  necessity: content.necessity,
  alternatives: content.alternatives,
  'declarations.onBehalfOf': content.declarations?.onBehalfOf,
  'authority.citation': content.authority?.citation,
  ...Object.fromEntries(
    (content.papers ?? []).map(({ category }, index) => [`papers.${index}.category`, category]),
  ),
});
