/** Makes the components of a page work by script as well; without it every page works all the same. */
import { initAll } from '../govuk/govuk-frontend.min.js';

initAll();
