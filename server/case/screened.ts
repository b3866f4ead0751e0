import { londonDate } from '../../policies/core/time/london.js';
import type { Answer } from '../../policies/need-to-know/answers.js';
import type { FieldError } from '../../policies/core/refusals.js';
import { invalid } from '../../policies/core/rules.js';
import { screenAll } from '../../policies/core/words/screening.js';
import type { RequestContent } from '../../policies/request/request.js';
import type { Ctx } from './ctx.js';

/**
 * Refuses free text that holds personal data, before it looks anything up or saves: the refusal names field and kind
 * and keeps none of the text (need-to-know.md, section 8).
 * @param options whether every text may cite an old date: a protocol, a setting
 * @throws Invalid by the rule `personal_data`
 */
export const screened = (
  ctx: Pick<Ctx, 'now'>,
  fields: Readonly<Record<string, string | undefined>>,
  options: { readonly allowOldDates?: true } = {},
): void => {
  const errors: readonly FieldError[] = screenAll(fields, { today: londonDate(ctx.now()), ...options });
  if (errors.length > 0) throw invalid('personal_data', errors);
};

/** The free text of one answer, by the field it arrived in. */
export const textOfAnswer = (
  { answer, reason }: Answer,
  prefix = '',
): Record<string, string | undefined> => ({
  ...(typeof reason === 'string'
    ? { [`${prefix}reason`]: reason }
    : Object.fromEntries(
        Object.entries(reason ?? {}).map(([item, text]) => [`${prefix}reason.${item}`, text]),
      )),
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
  'authority.citation': content.authority?.citation,
  ...Object.fromEntries(
    (content.papers ?? []).map(({ category }, index) => [`papers.${index}.category`, category]),
  ),
});
