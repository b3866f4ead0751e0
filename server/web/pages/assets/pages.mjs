/** Makes the components of a page work by script as well; every page also works without it. */
import { initAll } from '../govuk/govuk-frontend.min.js';
import { askBeforeTheEnd } from './stay.mjs';

initAll();
for (const dialog of document.querySelectorAll('dialog[data-idle-minutes]')) askBeforeTheEnd(dialog);
