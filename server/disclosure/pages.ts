/** Disclosures: a search by a form, so that no address holds a case or a councillor. */
import { z } from 'zod';
import { authorise } from '../../policies/permission/ability.js';
import { Invalid } from '../../policies/core/refusals.js';
import { disclosuresBody, presentDisclosures, searched } from './api.js';
import type { Ctx } from '../case/ctx.js';
import { listNames } from '../register/list-names.js';
import { paths } from '../web/paths.js';
import { validate, asFormErrors } from '../web/pages/faults.js';
import { entered, given, type Form } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';

const perPage = 25;
const mostCouncillors = 500;

const byCase = ({ ability }: Ctx): boolean => ability.can('search', { kind: 'Disclosures', by: 'case' });

/** One or the other: with both, nobody would know which of them the answer is about. */
const askedIn = (form: Form) => {
  const asked = {
    caseReference: entered(form, 'caseReference')?.trim(),
    councillor: entered(form, 'councillor'),
  };
  const field = entered(form, 'cases') === undefined ? 'councillor' : 'caseReference';
  if (asked.caseReference !== undefined && asked.councillor !== undefined) {
    throw new Invalid([{ field, message: 'Ask by case or by councillor, not by both' }]);
  }
  if (asked.caseReference === undefined && asked.councillor === undefined) {
    const message =
      field === 'councillor' ? 'Select the councillor' : 'Enter a case reference, or select a councillor';
    throw new Invalid([{ field, message }]);
  }
  return asked;
};

const disclosuresPage = page({
  path: paths.disclosures,
  params: z.strictObject({}),
  view: 'disclosure/views/search',
  async load(ctx) {
    authorise(ctx.ability, 'search', { kind: 'Disclosures', by: 'councillor' });
    return {
      byCase: byCase(ctx),
      councillors: await listNames(ctx, mostCouncillors),
      found: null,
    };
  },
  form: {
    body: disclosuresBody,
    read: (form) =>
      validate(disclosuresBody, given({ ...askedIn(form), limit: perPage, cursor: entered(form, 'cursor') })),
    async answer(ctx, { body, form }) {
      let found: ReturnType<typeof presentDisclosures> | null = null;
      await asFormErrors(async () => {
        found = presentDisclosures(ctx, await searched(ctx, body));
        return paths.disclosures;
      });
      return { found, further: entered(form, 'cursor') !== undefined };
    },
  },
});

export const disclosurePages = [disclosuresPage];
