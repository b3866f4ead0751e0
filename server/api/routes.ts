import { decidingRoutes } from './deciding.js';
import { documentationRoutes } from './documentation.js';
import { referenceDataRoutes } from './reference-data.js';
import { registerRoutes } from './register.js';
import { requestRoutes } from './requests.js';
import type { AnyRoute } from './route.js';
import { sessionRoutes } from './session.js';
import { standbyRoutes } from './standby.js';
import { trailRoutes } from './trail.js';

/** The whole API. */
export const routes: readonly AnyRoute[] = [
  ...sessionRoutes,
  ...referenceDataRoutes,
  ...requestRoutes,
  ...decidingRoutes,
  ...registerRoutes,
  ...standbyRoutes,
  ...trailRoutes,
  ...documentationRoutes(() => routes),
];
