import type { AnyPage } from './page.js';
import { requestPages } from './requests.js';

/** Every page but signing in, which is open. */
export const pages: readonly AnyPage[] = [...requestPages];
