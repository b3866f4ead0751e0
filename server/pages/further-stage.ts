/** A further stage of a child's journey: a new request, which goes through the three seats again. */
import { z } from 'zod';
import { authorise } from '../../policies/ability.js';
import { conflict } from '../../policies/rules.js';
import { paths } from '../paths.js';
import { mayContinue } from '../presenters/journey.js';
import { draftRequest } from '../usecases/draft-request.js';
import { readRequest } from '../usecases/read-request.js';
import { told } from './deciding/faults.js';
import { page } from './page.js';
import { byReference } from './requests.js';

const furtherStagePage = page({
  path: paths.furtherStage(':reference') as `/${string}`,
  params: byReference,
  view: 'journey/next',
  async load(ctx, { params }) {
    const dossier = await readRequest(ctx, params.reference);
    authorise(ctx.ability, 'create', dossier.row);
    if (!mayContinue(ctx, dossier)) throw conflict('journey');
    return { reference: dossier.row.reference };
  },
  form: {
    body: z.strictObject({}),
    read: () => ({}),
    async act(ctx, { params: { reference } }) {
      const { row } = await readRequest(ctx, reference);
      // A stage has days of its own; and a programme invites to what lies in its own window.
      const { window: _days, programme: _invitation, ...kept } = row.content;
      return paths.check(await told(() => draftRequest(ctx, { ...kept, continues: reference })));
    },
  },
});

export const furtherStagePages = [furtherStagePage];
