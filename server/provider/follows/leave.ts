/** Signing out at the provider as well: with its own word, which is kept sealed with the session. */
import type { Request } from 'express';
import type { Knex } from 'knex';
import { keptWord } from '../../../db/provider/sessions.js';
import { sealOf } from '../../case/proving/seal.js';
import { paths } from '../../web/paths.js';
import type { Provider } from '../provider.js';

export interface WordSeal {
  close(token: string): Buffer;
  open(sealed: Buffer): string | null;
}

const about = 'word of the provider';

export const wordSeal = (sessionSecret: string): WordSeal => {
  const seal = sealOf(sessionSecret, 'words of the provider');
  return { close: (token) => seal.close(token, about), open: (sealed) => seal.open(sealed, about) };
};

/**
 * Called before a session ends; what it gives is called afterwards, and says where the browser goes on to: null where the
 * session did not begin at the provider, or the provider is away.
 */
export type Leaving = (req: Request) => Promise<() => Promise<URL | null>>;

export const leavingProvider =
  ({
    db,
    words,
    provider,
    baseUrl,
  }: {
    readonly db: Knex;
    readonly words: WordSeal;
    readonly provider: Provider;
    readonly baseUrl: URL;
  }): Leaving =>
  async (req) => {
    const sealed = req.user ? await keptWord(db, req.sessionID) : null;
    const token = sealed && words.open(sealed);
    return () =>
      token === null ? Promise.resolve(null) : provider.addressToLeave(token, new URL(paths.signIn, baseUrl));
  };
