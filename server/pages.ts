import { askingPages } from './request/pages/asking.js';
import { assessingPages } from './need-to-know/pages/assessing.js';
import { requirementPages } from './audit-requirement/pages.js';
import { conflictPages } from './conflict/pages.js';
import { reminderPages } from './deadline/pages.js';
import { decidingPages } from './decision/pages/deciding.js';
import { checkingPages } from './web/pages/checking/done.js';
import { disclosurePages } from './disclosure/pages.js';
import { furtherStagePages } from './request/pages/further-stage.js';
import { grantActPages } from './grant/pages.js';
import { incidentPages } from './incident/pages.js';
import type { AnyPage } from './web/pages/page.js';
import { operationPages } from './operations/pages.js';
import { peoplePages } from './people/pages/people.js';
import { officePages } from './office/pages.js';
import { ownPasswordPages } from './account/pages/own-password.js';
import { accountKeepingPages } from './account/pages/keeping.js';
import { paperPages } from './papers/pages.js';
import { passkeyPages } from './passkey/pages.js';
import { proofPages } from './proof/pages.js';
import { codesRemovalPages } from './proof/pages/removal.js';
import { programmePages } from './programme/pages.js';
import { findingPages } from './finding/pages.js';
import { leafletPages } from './leaflet/pages.js';
import { protocolPages } from './protocol/pages.js';
import { questionPages } from './question/pages.js';
import { registerPages } from './register/pages.js';
import { holdPages } from './legal-hold/pages.js';
import { hostPages } from './request/pages/host.js';
import { requestPages } from './request/pages/requests.js';
import { retentionPages } from './retention/pages.js';
import { correctionPages } from './correction/pages.js';
import { redactionPages } from './redaction/pages.js';
import { reviewingPages } from './review/pages.js';
import { calendarPages } from './calendar/pages.js';
import { sessionPages } from './session/pages.js';
import { settingsPages } from './settings/pages.js';
import { leavingPages } from './leaving/pages.js';
import { addressPages } from './address/pages.js';
import { standbyPages } from './standby/pages.js';
import { accessPages } from './subject-access/pages.js';
import { tokenPages } from './token/pages.js';
import { trailPages } from './trail/pages.js';
import { visitPages } from './visit/pages/visits.js';

/** Every page but signing in, which is open. */
export const pages: readonly AnyPage[] = [
  ...askingPages,
  ...requestPages,
  ...assessingPages,
  ...decidingPages,
  ...hostPages,
  ...reviewingPages,
  ...paperPages,
  ...furtherStagePages,
  ...visitPages,
  ...questionPages,
  ...grantActPages,
  ...incidentPages,
  ...disclosurePages,
  ...accountKeepingPages,
  ...ownPasswordPages,
  ...registerPages,
  ...peoplePages,
  ...officePages,
  ...codesRemovalPages,
  ...addressPages,
  ...retentionPages,
  ...holdPages,
  ...correctionPages,
  ...redactionPages,
  ...accessPages,
  ...requirementPages,
  ...protocolPages,
  ...leafletPages,
  ...findingPages,
  ...programmePages,
  ...standbyPages,
  ...conflictPages,
  ...leavingPages,
  ...settingsPages,
  ...operationPages,
  ...reminderPages,
  ...sessionPages,
  ...calendarPages,
  ...proofPages,
  ...tokenPages,
  ...passkeyPages,
  ...trailPages,
  ...checkingPages,
];
