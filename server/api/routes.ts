import { decidingRoutes } from './deciding.js';
import { disclosureRoutes } from './disclosures.js';
import { documentationRoutes } from './documentation.js';
import { grantRoutes } from './grants.js';
import { holdRoutes } from './holds.js';
import { incidentRoutes } from './incidents.js';
import { referenceDataRoutes } from './reference-data.js';
import { paperRoutes } from './papers.js';
import { programmeRoutes } from './programmes.js';
import { protocolRoutes } from './protocol.js';
import { registerRoutes } from './register.js';
import { registerKeepingRoutes } from './register-keeping.js';
import { requestRoutes } from './requests.js';
import { retentionRoutes } from './retention.js';
import { reviewRoutes } from './review.js';
import type { AnyRoute } from './route.js';
import { operationRoutes } from './operations.js';
import { sessionRoutes } from './session.js';
import { settingsRoutes } from './settings.js';
import { standbyRoutes } from './standby.js';
import { subjectAccessRoutes } from './subject-access.js';
import { trailRoutes } from './trail.js';
import { treeRoutes } from './tree.js';
import { visitRoutes } from './visits.js';

/** The whole API. */
export const routes: readonly AnyRoute[] = [
  ...sessionRoutes,
  ...referenceDataRoutes,
  ...requestRoutes,
  ...decidingRoutes,
  ...reviewRoutes,
  ...paperRoutes,
  ...grantRoutes,
  ...incidentRoutes,
  ...disclosureRoutes,
  ...holdRoutes,
  ...retentionRoutes,
  ...subjectAccessRoutes,
  ...registerRoutes,
  ...registerKeepingRoutes,
  ...protocolRoutes,
  ...programmeRoutes,
  ...standbyRoutes,
  ...settingsRoutes,
  ...operationRoutes,
  ...visitRoutes,
  ...trailRoutes,
  ...treeRoutes,
  ...documentationRoutes(() => routes),
];
