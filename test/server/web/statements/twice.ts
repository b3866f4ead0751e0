import { pages } from '../../../../server/pages.js';
import { paths } from '../../../../server/web/paths.js';
import type { Sending } from '../../../support/browser-less.js';
import type { Council } from '../../../support/council.js';
import type { Around } from '../../../support/statements.js';

/** A form that was sent, and then sent again. */
export interface SentTwice {
  readonly path: string;
  readonly answers: readonly { readonly status: number; readonly location: string | undefined }[];
  /** The entries that the second sending left, but for readings. */
  readonly more: readonly string[];
  readonly moreMessages: number;
}

/** What was done so far: entries that are no readings, and messages. */
const doneIn = async ({ world: { db } }: Council) => {
  const types: string[] = await db('audit.entries').orderBy('seq').pluck('type');
  const [{ count } = { count: 0 }] = await db('messages').count<{ count: string }[]>();
  return {
    entries: types.filter((type) => !/\.(?:read|listed|searched|exported|refused)$/.test(type)),
    messages: Number(count),
  };
};

/** Sends each form, and then the very same once more; one that was checked also from its beginning. */
export const sendingTwice = (
  council: Council,
): { readonly sent: readonly SentTwice[]; readonly around: Around } => {
  const sent: SentTwice[] = [];
  /** By their address, the forms whose page to check was shown last. */
  const checked = new Map<string, () => Promise<unknown>>();
  const around =
    (send: Sending): Sending =>
    async (method, path, act) => {
      const first = await send(method, path, act);
      if (method !== 'POST' || path === paths.signIn) return first;
      const isToCheck = first.status === 200 && JSON.stringify(first).includes('_checked');
      const begun = checked.get(path);
      if (isToCheck) checked.set(path, act);
      else checked.delete(path);
      const before = await doneIn(council);
      const second = await act();
      const third = begun && !isToCheck ? await begun() : second;
      const after = await doneIn(council);
      const told = (answer: object) => {
        const { status, headers } = answer as { status: number; headers: { location?: string } };
        return { status, location: headers.location };
      };
      sent.push({
        path,
        answers: [told(first), told(second), told(third as object)],
        more: after.entries.slice(before.entries.length),
        moreMessages: after.messages - before.messages,
      });
      return first;
    };
  return { sent, around };
};

/** Forms that are no act, each with its reason. */
const noActs: Readonly<Record<string, string>> = {
  [paths.prove]: 'it proves once more who somebody is, and a code works once',
  [paths.ownPassword]: 'it takes the password from before, which the second time is not right any more',
  [paths.passkeys]: 'the answer of a browser counts once, and what is removed is gone',
  [paths.newToken]: 'it shows a secret this once: the second time the name is in use',
  [paths.setUpCodes]: 'it shows codes this once, and the code that it takes works once',
  [paths.recoveryCodes]: 'it shows codes this once: those that are shown last count',
};

/** The forms of the table of pages that are acts. */
export const acts = pages
  .filter(({ form, path }) => form !== undefined && !(path in noActs))
  .map(({ path }) => path as string);

const pattern = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/?]+')}(?:\\?|$)`);

/** The form of the table that was sent there: of two that fit, the one that names more. */
export const formAt = (path: string): string =>
  acts
    .filter((each) => pattern(each).test(path))
    .toSorted((a, b) => (a.match(/:/g) ?? []).length - (b.match(/:/g) ?? []).length)[0] ?? path;
