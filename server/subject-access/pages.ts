/** The data held on one councillor: chosen, and as a page to print and to give to them. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { authorise } from '../../policies/permission/ability.js';
import { permit } from '../../policies/permission/permit.js';
import { give } from '../../policies/subject-access/commands.js';
import { leftOut } from '../../policies/subject-access/subject-access.js';
import { uuid } from '../web/schema/schemas.js';
import { listNames } from '../register/list-names.js';
import { paths } from '../web/paths.js';
import { giveSubjectAccess } from './give-subject-access.js';
import { validate } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { happened, subjectInWords } from '../trail/present/words.js';
import { partsOf } from './in-parts.js';
import { retentionPlaces } from '../web/pages/retention-places.js';

/** As many as a list of choices can hold. */
const mostCouncillors = 500;

const body = z.strictObject({
  councillor: asked(uuid, 'Councillor', {
    missing: 'Select a councillor',
    wrong: 'Select a councillor',
  }),
});

const choosePage = page({
  path: paths.subjectAccess,
  params: z.strictObject({}),
  view: 'subject-access/views/subject-access',
  async load(ctx) {
    authorise(ctx.ability, 'give', { kind: 'SubjectAccess', councillorId: '' });
    return {
      places: retentionPlaces(ctx.ability),
      councillors: await listNames(ctx, mostCouncillors),
      leftOut,
    };
  },
  form: {
    body,
    read: (form) => validate(body, given({ councillor: entered(form, 'councillor') })),
    changes: false,
    async act(ctx, input) {
      const councillorId = input.body.councillor.toLowerCase();
      permit(give, ctx, { kind: 'SubjectAccess', councillorId }, {});
      return paths.subjectAccessOf(councillorId);
    },
  },
});

const filePage = page({
  path: paths.subjectAccessOf(':id') as `/${string}`,
  params: z.strictObject({ id: uuid }),
  view: 'subject-access/views/subject-access-file',
  async load(ctx, { params }) {
    const { councillor, madeAt, trail, leftOut: withheld, ...rest } = await giveSubjectAccess(ctx, params.id);
    return {
      councillor,
      madeAt,
      parts: partsOf({ councillor, ...rest }),
      trail: trail.map((entry) => ({
        ...entry,
        says: happened[entry.type],
        about: subjectInWords(entry.subject),
      })),
      withheld,
    };
  },
});

export const subjectAccessPages = [choosePage, filePage];
