import { findLink, type FoundLink } from '../../../db/account/links.js';
import { isOpenLink } from '../../../policies/account/link.js';
import type { Invalid } from '../../../policies/core/refusals.js';
import { invalid, ruleSays } from '../../../policies/core/rules.js';
import { hashOfToken, tokenPattern } from '../../case/links.js';
import type { OpenCtx } from '../../web/api/route.js';

export const linkOver = (): Invalid => invalid('link', [{ field: 'token', message: ruleSays('link') }]);

/** The link of that token, as long as it works. To look at it uses nothing up. @throws Invalid naming `token` */
export const openLink = async (
  { db, now }: Pick<OpenCtx, 'db' | 'now'>,
  token: string,
): Promise<FoundLink> => {
  const link = tokenPattern.test(token) ? await findLink(db, hashOfToken(token)) : null;
  if (link === null || !isOpenLink(link, now())) throw linkOver();
  return link;
};
