import { askingPages } from './asking.js';
import { assessingPages } from './assessing.js';
import { decidingPages } from './deciding.js';
import type { AnyPage } from './page.js';
import { requestPages } from './requests.js';
import { standbyPages } from './standby.js';
import { trailPages } from './trail.js';

/** Every page but signing in, which is open. */
export const pages: readonly AnyPage[] = [
  ...askingPages,
  ...requestPages,
  ...assessingPages,
  ...decidingPages,
  ...standbyPages,
  ...trailPages,
];
