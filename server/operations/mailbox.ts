/** The mailbox of the demonstration: every message, as the mail server would have been given it. */
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { RenderNotice } from '../../emails/courier/render.js';
import type { Ctx } from '../case/ctx.js';
import type { Mailbox, ReadMailbox } from './read-mailbox.js';
import { paths } from '../web/paths.js';
import { common } from '../web/pages/mount.js';
import type { Render } from '../web/pages/render.js';

export interface MailboxDeps {
  readonly read: ReadMailbox;
  readonly render: Render;
  readonly notices: RenderNotice;
  readonly contextFor: (req: Request) => Ctx | null;
}

const shown = 100;
const uuid = z.uuid().nullable().catch(null);

const stateOf = ({ sentAt, failedAt, lastError }: Mailbox['messages'][number]): string =>
  sentAt ? 'delivered' : failedAt ? 'given_up' : lastError ? 'waiting_to_be_tried_again' : 'on_its_way';

/**
 * Open to anyone who reaches the demonstration, like a mailbox beside it; never mounted elsewhere. Messages disclose
 * nothing confidential, and everybody in a demonstration is invented.
 */
export const mailboxPages = ({ read, render, notices, contextFor }: MailboxDeps): Router => {
  const router = Router({ caseSensitive: true, strict: true });
  router.get(paths.mailbox, async (req: Request, res: Response) => {
    res.locals.route = paths.mailbox;
    const ctx = contextFor(req);
    const personId = uuid.parse(req.query['person'] ?? null);
    const { messages, people } = await read({ personId, limit: shown + 1 });
    res.type('html').send(
      render('operations/views/mailbox', {
        ...(ctx ? common(req, res, ctx) : { cspNonce: res.locals.nonce, actor: null, navigation: [] }),
        errors: { list: [], of: {} },
        personId,
        people,
        hasMore: messages.length > shown,
        shown,
        messages: messages.slice(0, shown).map((message) => ({
          to: `${message.name} <${message.address}>`,
          at: message.sentAt ?? message.createdAt,
          state: stateOf(message),
          ...notices({ ...message, ...message.carries }),
        })),
      }),
    );
  });
  return router;
};
