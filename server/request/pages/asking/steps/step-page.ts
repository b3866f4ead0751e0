import { z } from 'zod';
import { paths } from '../../../../web/paths.js';
import { number } from '../../../../web/pages/form.js';
import { page, type AnyPage } from '../../../../web/pages/page.js';
import { requestParams } from '../../../bodies.js';
import { guidanceOf } from './guidance.js';
import { linksToParts } from '../links.js';
import { edit } from '../../../../../policies/request/commands.js';
import { ownRequest, type OwnRequest } from '../own-request.js';
import { linesOf } from './parts.js';
import { save } from './save.js';
import type { Step } from './step.js';
import { stepBefore } from './steps.js';

/** Checked in `save`, by the API's own schema, so that a fault can be shown at the field that it was typed in. */
const anything = z.record(z.string(), z.unknown());

/** Back to where one came from: the check of the answers, or the question before. */
const backFrom = (step: Step, { row }: OwnRequest, changing: boolean): string => {
  const before = changing ? undefined : stepBefore(step.key, row.content);
  return before ? paths.ask(row.reference, before.key) : paths.check(row.reference);
};

/** The page of one part of a request: `/requests/:reference/ask/window`. */
export const stepPage = (step: Step): AnyPage =>
  page({
    path: paths.ask(':reference', step.key) as `/${string}`,
    params: requestParams,
    view: `request/views/asking/${step.key}`,
    async load(ctx, { params, query }) {
      const own = await ownRequest(ctx, params.reference, edit);
      const { row } = own;
      const changing = query['next'] === 'check';
      return {
        reference: row.reference,
        version: row.version,
        stage: row.status,
        step: { key: step.key, title: step.title },
        back: backFrom(step, own, changing),
        parts: linksToParts(row.reference),
        values: { ...step.values(row.content), next: changing ? 'check' : '' },
        savedNow: linesOf(step.key, row.content, own),
        ...guidanceOf(step, { ...own, content: row.content }),
      };
    },
    form: {
      body: anything,
      read: (form) => ({ version: number(form, 'version'), ...step.read(form) }),
      act: (ctx, { params, body, form }) => save(ctx, step, { reference: params.reference, body, form }),
      // A date leads to its first field; a choice and a text have the field's own name.
      anchor: (field) => (/\.(?:from|to)$/.test(field) ? `${field}-day` : field),
    },
  });
