/** Every notice in words. A kind without its template does not compile. */
import type { NoticeKind } from '../../policies/core/notices.js';
import { accountNotices } from '../account/notices.js';
import { addressNotices } from '../address/notices.js';
import { requirementNotices } from '../audit-requirement/notices.js';
import { conflictNotices } from '../conflict/notices.js';
import { correctionNotices } from '../correction/notices.js';
import { deadlineNotices } from '../deadline/notices.js';
import { decisionNotices } from '../decision/notices.js';
import { findingNotices } from '../finding/notices.js';
import { grantNotices } from '../grant/notices.js';
import { incidentNotices } from '../incident/notices.js';
import { leavingNotices } from '../leaving/notices.js';
import { needToKnowNotices } from '../need-to-know/notices.js';
import { officeNotices } from '../office/notices.js';
import { papersNotices } from '../papers/notices.js';
import { peopleNotices } from '../people/notices.js';
import { programmeNotices } from '../programme/notices.js';
import { passkeyNotices } from '../passkey/notices.js';
import { proofNotices } from '../proof/notices.js';
import { protocolNotices } from '../protocol/notices.js';
import { providerNotices } from '../provider/notices.js';
import { questionNotices } from '../question/notices.js';
import { redactionNotices } from '../redaction/notices.js';
import { registerNotices } from '../register/notices.js';
import { requestNotices } from '../request/notices.js';
import { reviewNotices } from '../review/notices.js';
import { standbyNotices } from '../standby/notices.js';
import { accessNotices } from '../subject-access/notices.js';
import { tokenNotices } from '../token/notices.js';
import { trailNotices } from '../trail/notices.js';
import { visitNotices } from '../visit/notices.js';
import type { Template } from '../core/template.js';

export const everyNotice: Readonly<Record<NoticeKind, Template>> = {
  ...requestNotices,
  ...needToKnowNotices,
  ...decisionNotices,
  ...standbyNotices,
  ...conflictNotices,
  ...reviewNotices,
  ...papersNotices,
  ...visitNotices,
  ...questionNotices,
  ...grantNotices,
  ...incidentNotices,
  ...correctionNotices,
  ...redactionNotices,
  ...protocolNotices,
  ...programmeNotices,
  ...registerNotices,
  ...deadlineNotices,
  ...trailNotices,
  ...peopleNotices,
  ...accountNotices,
  ...proofNotices,
  ...providerNotices,
  ...passkeyNotices,
  ...tokenNotices,
  ...officeNotices,
  ...leavingNotices,
  ...addressNotices,
  ...findingNotices,
  ...accessNotices,
  ...requirementNotices,
};
