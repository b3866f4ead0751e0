import { accountRoutes } from './account/api.js';
import { requirementRoutes } from './audit-requirement/api.js';
import { conflictRoutes } from './conflict/api.js';
import { reminderRoutes } from './deadline/api.js';
import { decidingRoutes } from './decision/api.js';
import { disclosureRoutes } from './disclosure/api.js';
import { documentationRoutes } from './web/contract/documentation.js';
import { grantRoutes } from './grant/api.js';
import { holdRoutes } from './legal-hold/api.js';
import { incidentRoutes } from './incident/api.js';
import { referenceDataRoutes } from './need-to-know/api.js';
import { assessmentRoutes } from './need-to-know/assessment-api.js';
import { paperRoutes } from './papers/api.js';
import { programmeRoutes } from './programme/api.js';
import { findingRoutes } from './finding/api.js';
import { leafletRoutes } from './leaflet/api.js';
import { protocolRoutes } from './protocol/api.js';
import { registerRoutes } from './register/api.js';
import { registerKeepingRoutes } from './register/keeping-api.js';
import { requestRoutes } from './request/api.js';
import { retentionRoutes } from './retention/api.js';
import { reviewRoutes } from './review/api.js';
import type { AnyRoute } from './web/api/route.js';
import { operationRoutes } from './operations/api.js';
import { sessionRoutes } from './people/api.js';
import { calendarRoutes } from './calendar/api.js';
import { ownSessionRoutes } from './session/api.js';
import { passkeyRoutes } from './passkey/api.js';
import { proofRoutes } from './proof/api.js';
import { codesRemovalRoutes } from './proof/removal-api.js';
import { peopleRoutes } from './people/people-api.js';
import { officeRoutes } from './office/api.js';
import { accountKeepingRoutes } from './account/keeping-api.js';
import { settingsRoutes } from './settings/api.js';
import { leavingRoutes } from './leaving/api.js';
import { tokenRoutes } from './token/api.js';
import { addressRoutes } from './address/api.js';
import { correctionRoutes } from './correction/api.js';
import { redactionRoutes } from './redaction/api.js';
import { standbyRoutes } from './standby/api.js';
import { accessRoutes } from './subject-access/api.js';
import { trailRoutes } from './trail/api.js';
import { treeRoutes } from './trail/tree-api.js';
import { questionRoutes } from './question/api.js';
import { visitRoutes } from './visit/api.js';

/** The whole API. */
export const routes: readonly AnyRoute[] = [
  ...sessionRoutes,
  ...accountRoutes,
  ...ownSessionRoutes,
  ...calendarRoutes,
  ...proofRoutes,
  ...passkeyRoutes,
  ...peopleRoutes,
  ...officeRoutes,
  ...codesRemovalRoutes,
  ...addressRoutes,
  ...accountKeepingRoutes,
  ...tokenRoutes,
  ...referenceDataRoutes,
  ...requestRoutes,
  ...assessmentRoutes,
  ...decidingRoutes,
  ...reviewRoutes,
  ...paperRoutes,
  ...grantRoutes,
  ...incidentRoutes,
  ...disclosureRoutes,
  ...holdRoutes,
  ...correctionRoutes,
  ...redactionRoutes,
  ...retentionRoutes,
  ...accessRoutes,
  ...requirementRoutes,
  ...registerRoutes,
  ...registerKeepingRoutes,
  ...protocolRoutes,
  ...leafletRoutes,
  ...findingRoutes,
  ...programmeRoutes,
  ...standbyRoutes,
  ...conflictRoutes,
  ...leavingRoutes,
  ...settingsRoutes,
  ...operationRoutes,
  ...reminderRoutes,
  ...visitRoutes,
  ...questionRoutes,
  ...trailRoutes,
  ...treeRoutes,
  ...documentationRoutes(() => routes),
];
