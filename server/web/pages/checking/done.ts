/** The panel after an act that was checked: what happened, who was told, and by when they are asked to act. */
import { z } from 'zod';
import { uuid } from '../../schema/schemas.js';
import { paths } from '../../paths.js';
import { page, type Kept } from '../page.js';

const name = 'done';
/** How many panels a session keeps: as many as somebody may have open side by side. */
const most = 4;

const told = z.strictObject({ who: z.string(), what: z.string(), due: z.string().nullable() });
const done = z.strictObject({
  key: z.string(),
  says: z.string(),
  /** Null where the page does not say it. */
  told: z.array(told).readonly().nullable(),
  /** Where the act itself would have led. */
  onwards: z.string(),
});
export type Done = z.infer<typeof done>;

const keptIn = (kept: Kept): readonly Done[] => {
  const read = z.array(done).safeParse(kept.get(name));
  return read.success ? read.data : [];
};

/** Keeps a panel in the session: it holds no name and no reason. */
export const keepDone = (kept: Kept, panel: Done): void => {
  const others = keptIn(kept).filter(({ key }) => key !== panel.key);
  kept.set(name, [...others, panel].slice(-most));
};

const donePage = page({
  path: paths.done(':key') as `/${string}`,
  params: z.strictObject({ key: uuid }),
  view: 'done',
  load: async (_ctx, { params, kept }) => ({
    done: keptIn(kept).find(({ key }) => key === params.key) ?? null,
  }),
});

export const checkingPages = [donePage];
