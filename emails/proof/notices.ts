/** The words of the notices about how somebody proves that an account is theirs. */
import { numberOf } from '../../policies/core/words/number-of.js';
import { removalHours } from '../../policies/proof/proof.js';
import type { Templates } from '../core/template.js';

export const proofNotices = {
  codes_changed: {
    subject: () => 'The codes of your account have changed',
    body: [
      'An app for codes was set up for your account, an administrator asked for its removal, or recovery codes were made, or ' +
        'one of them was used.',
      'If it was not you, tell the council’s Monitoring Officer at once, and set a new password.',
    ],
    link: (_reference, pages) => ({ text: 'Open your account', path: pages.account }),
  },
  codes_removal_waits: {
    subject: () => 'The removal of an app for codes and passkeys waits for a second person',
    body: [
      'An administrator has asked to remove the app for codes and the passkeys of somebody who has lost them. They go once a second ' +
        `person confirms that within ${numberOf(removalHours, 'hour')}: another administrator, or the Monitoring Officer.`,
      'Speak to the person first. If nobody has lost a phone, ask the administrator today.',
    ],
    link: (_reference, pages) => ({ text: 'Open the people', path: pages.people }),
  },
  codes_removed: {
    subject: () => 'Your app for codes and your passkeys have been removed',
    body: [
      'An administrator asked to remove the app for codes and the passkeys of your account, and a second person confirmed it. Your recovery ' +
        'codes do not work any more, and you have been signed out everywhere. Sign in with your password, and set an app up anew.',
      'If you did not ask for it, tell the council’s Monitoring Officer at once, and set a new password.',
    ],
    link: (_reference, pages) => ({ text: 'Open your account', path: pages.account }),
  },
  codes_removed_of_somebody: {
    subject: () => 'The app for codes and the passkeys of somebody have been removed',
    body: [
      'An administrator asked to remove the app for codes and the passkeys of somebody, and a second person confirmed it. Whose it was, and ' +
        'why, is on the audit trail. If you do not expect it, ask them today.',
    ],
    link: (_reference, pages) => ({ text: 'Open the people', path: pages.people }),
  },
} satisfies Templates;
