import { pages } from '../../../../server/pages.js';
import type { Sending } from '../../../support/browser-less.js';
import type { Council } from '../../../support/council.js';
import { digests } from '../../../support/digests.js';
import type { Around } from '../../../support/statements.js';

/** The forms of the table of pages that are checked before they are done. */
export const checkedForms = pages.flatMap(({ path, form }) =>
  form?.check === undefined ? [] : [path as string],
);
const checkedAt = (path: string): string | undefined =>
  checkedForms.find((each) => new RegExp(`^${each.replaceAll(/:\w+/g, '[^/?]+')}$`).test(path));

/** The sending of a form that is checked. */
export interface Watched {
  readonly form: string;
  /** The tables whose rows were others afterwards. */
  readonly changed: readonly string[];
}

/** Notes what the sending of a form that is checked changed, while it was rehearsed and when it was done. */
export const watching = (
  council: Council,
): { readonly rehearsed: readonly Watched[]; readonly done: readonly Watched[]; readonly around: Around } => {
  const rehearsed: Watched[] = [];
  const done: Watched[] = [];
  const around =
    (send: Sending): Sending =>
    async (method, path, act) => {
      const form = method === 'POST' ? checkedAt(path) : undefined;
      if (form === undefined) return send(method, path, act);
      const owner = council.world.open(council.world.superuserUrl);
      try {
        const before = await digests(owner);
        const answer = await send(method, path, act);
        const after = await digests(owner);
        const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
        (answer.status === 200 ? rehearsed : done).push({ form, changed });
        return answer;
      } finally {
        await owner.destroy();
      }
    };
  return { rehearsed, done, around };
};
