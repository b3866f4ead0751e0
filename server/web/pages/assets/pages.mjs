/** Makes the components of a page work by script as well; every page also works without it. */
import { initAll } from '../govuk/govuk-frontend.min.js';
import { askForPasskey, knowsPasskeys } from './passkeys.mjs';
import { askBeforeTheEnd } from './stay.mjs';

initAll();
for (const dialog of document.querySelectorAll('dialog[data-idle-minutes]')) askBeforeTheEnd(dialog);
if (knowsPasskeys()) {
  for (const form of document.querySelectorAll('form[data-passkey]')) askForPasskey(form);
  for (const words of document.querySelectorAll('[data-without-passkeys]')) words.hidden = true;
}
