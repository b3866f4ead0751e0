/** A further stage of a child's journey: a new request, which goes through the three seats again. */
import { z } from 'zod';
import { authorise } from '../../policies/ability.js';
import { conflict } from '../../policies/rules.js';
import type { Ctx } from '../context.js';
import type { Dossier } from '../casework/dossier.js';
import { paths } from '../paths.js';
import { draftRequest } from '../usecases/draft-request.js';
import { readRequest } from '../usecases/read-request.js';
import { told } from './deciding/faults.js';
import { page } from './page.js';
import { byReference } from './requests.js';

/** Whether this reader could ask for the stage after this one. */
export const mayContinue = (ctx: Ctx, { row, continuedBy }: Dossier): boolean =>
  row.councillorId === ctx.actor.councillorId &&
  row.status === 'approved' &&
  row.observationType === 'childs_journey' &&
  continuedBy === null &&
  ctx.ability.can('create', row);

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
