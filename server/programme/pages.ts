/** Programmes: the list, one of them with asking to take part, and inviting to one. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { openProgramme as command } from '../../policies/programme/commands.js';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import { placesAllowed } from '../../policies/programme/programme.js';
import { inDays } from '../../policies/core/words/in-days.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { uuid } from '../web/schema/schemas.js';
import { paths } from '../web/paths.js';
import { presentProgramme } from './present.js';
import { takePart } from '../request/follows/take-part.js';
import { openProgramme } from './open-programme.js';
import { listProgrammes, readProgramme } from './read-programmes.js';
import { answerInWords } from '../need-to-know/present/answer-words.js';
import { validate, asFormErrors } from '../web/pages/faults.js';
import { chosen, entered, given, number, type Form } from '../web/pages/form.js';
import { dateOf } from '../web/pages/typed/day.js';
import { page } from '../web/pages/page.js';
import { inWords } from '../web/pages/words.js';
import { questionKeys } from '../../policies/need-to-know/questions.js';
import { openProgrammeHere } from './commands.js';

const perPage = 25;
const byId = z.strictObject({ id: uuid });

const listPage = page({
  path: paths.programmes,
  params: z.strictObject({}),
  view: 'programme/views/list',
  async load(ctx, { query }) {
    const { cursor } = query;
    const before = seqIn(cursor);
    const { items, last } = await listProgrammes(ctx, { limit: perPage, before });
    return {
      programmes: items.map((each) => presentProgramme(ctx, each)),
      mayOpen: ctx.ability.can('create', { kind: 'Programme' }),
      next: last ? `${paths.programmes}?cursor=${encodeCursor([last.seq])}` : null,
      first: cursor === undefined ? null : paths.programmes,
    };
  },
});

/** The questions whose draft answer is worth writing once for everybody, and the answer that passes. */
const drafted = [
  { key: 'necessity', answer: 'duty' },
  { key: 'proportionality', answer: 'proportionate' },
  { key: 'lawful_basis', answer: 'confirmed' },
] as const;

const draftsIn = (form: Form): object | undefined => {
  const answers = drafted.flatMap(({ key, answer }) => {
    const reason = entered(form, `draft.${key}`);
    return reason === undefined ? [] : [[key, { answer, reason }] as const];
  });
  return answers.length > 0 ? Object.fromEntries(answers) : undefined;
};

const onPage = (field: string): string => field.replace(/^draftAnswers\.(\w+)\..*$/, 'draft.$1');

const newPage = page({
  ...openProgrammeHere.page,
  view: 'programme/views/new',
  load: async (ctx) => {
    authoriseTo(command, ctx, { kind: 'Programme' });
    return { types: observationTypeKeys, drafted, places: placesAllowed };
  },
  form: {
    body: openProgrammeHere.body,
    anchor: (field) => (field.startsWith('window.') ? `${field}-day` : field),
    read: (form) =>
      validate(
        openProgrammeHere.body,
        given({
          title: entered(form, 'title'),
          observationTypes: chosen(form, 'observationTypes'),
          window: given({ from: dateOf(form, 'window.from'), to: dateOf(form, 'window.to') }),
          places: number(form, 'places'),
          draftAnswers: draftsIn(form),
        }),
        {
          named: onPage,
        },
      ),
    check: {
      before: () => 'open the programme',
      button: () => 'Open the programme',
      lines: ({ body, form }) => [
        { says: 'Name of the programme', text: body.title },
        { says: 'What may be observed', codes: body.observationTypes },
        { says: 'First day', text: inDays(body.window.from) },
        { says: 'Last day', text: inDays(body.window.to) },
        { says: 'Places', text: String(body.places) },
        ...drafted.map(({ key }) => ({
          says: `Draft answer: ${inWords(key).toLowerCase()}`,
          typed: entered(form, `draft.${key}`),
        })),
      ],
      done: () => 'The programme is open',
    },
    async act(ctx, { body: { draftAnswers = {}, ...body } }) {
      return paths.programme(
        await asFormErrors(() => openProgramme(ctx, { ...body, draftAnswers }), { named: onPage }),
      );
    },
  },
});

const takePartBody = z.strictObject({
  observationType: asked(z.enum(observationTypeKeys), 'Type', {
    missing: 'Select what you want to observe',
    wrong: 'Select what you want to observe',
  }),
});

const programmePage = page({
  path: paths.programme(':id') as `/${string}`,
  params: byId,
  view: 'programme/views/show',
  async load(ctx, { params }) {
    const { draftAnswers = {}, ...programme } = presentProgramme(ctx, await readProgramme(ctx, params.id));
    return {
      programme,
      drafts: questionKeys.flatMap((key) => {
        const answer = draftAnswers[key];
        return answer ? [{ key, ...answerInWords(key, answer) }] : [];
      }),
    };
  },
  form: {
    body: takePartBody,
    read: (form) => validate(takePartBody, given({ observationType: entered(form, 'observationType') })),
    async act(ctx, { params, body: { observationType } }) {
      const { id: programme } = await readProgramme(ctx, params.id);
      const named = () => 'observationType';
      return paths.check(await asFormErrors(() => takePart(ctx, programme, observationType), { named }));
    },
  },
});

export const programmePages = [listPage, newPage, programmePage];
