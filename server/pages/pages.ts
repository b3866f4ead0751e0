import { askingPages } from './asking.js';
import { assessingPages } from './assessing.js';
import { decidingPages } from './deciding.js';
import { disclosurePages } from './disclosures.js';
import { furtherStagePages } from './further-stage.js';
import { grantActPages } from './grant-acts.js';
import { incidentPages } from './incidents.js';
import type { AnyPage } from './page.js';
import { operationPages } from './operations.js';
import { paperPages } from './papers.js';
import { programmePages } from './programmes.js';
import { protocolPages } from './protocol.js';
import { registerPages } from './register.js';
import { requestPages } from './requests.js';
import { retentionPages } from './retention.js';
import { reviewingPages } from './reviewing.js';
import { settingsPages } from './settings.js';
import { standbyPages } from './standby.js';
import { trailPages } from './trail.js';
import { visitPages } from './visits.js';

/** Every page but signing in, which is open. */
export const pages: readonly AnyPage[] = [
  ...askingPages,
  ...requestPages,
  ...assessingPages,
  ...decidingPages,
  ...reviewingPages,
  ...paperPages,
  ...furtherStagePages,
  ...visitPages,
  ...grantActPages,
  ...incidentPages,
  ...disclosurePages,
  ...registerPages,
  ...retentionPages,
  ...protocolPages,
  ...programmePages,
  ...standbyPages,
  ...settingsPages,
  ...operationPages,
  ...trailPages,
];
