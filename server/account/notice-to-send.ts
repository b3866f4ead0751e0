import type { NoticeToSend } from '../../db/outbox/outbox.js';
import type { Notice } from '../../policies/core/notices.js';

/** A notice of something that nobody who is signed in has done. @param because the entry on the trail that it reports */
export const noticeToSend = (because: string, notice: Notice, at: Date): NoticeToSend => ({
  key: `${because}:${notice.kind}`,
  kind: notice.kind,
  reference: notice.reference,
  action: notice.action,
  due: notice.due,
  visitId: null,
  linkId: notice.linkId ?? null,
  to: notice.to,
  except: null,
  at,
});
