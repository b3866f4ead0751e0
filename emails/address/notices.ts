/** The words of the notices about the address with which somebody signs in. */
import { addressChangeHours } from '../../policies/address/address-change.js';
import { numberOf } from '../../policies/core/words/number-of.js';
import type { Templates } from '../core/template.js';

export const addressNotices = {
  address_change_waits: {
    subject: () => 'A change of somebody’s address waits for a second person',
    body: [
      'An administrator has asked to change the address with which somebody signs in. It changes once a second person ' +
        `confirms that within ${numberOf(addressChangeHours, 'hour')}: another administrator, or the Monitoring Officer.`,
      'Speak to the person first. Somebody who reads mail at the new address can set their password.',
    ],
    link: (_reference, pages) => ({ text: 'Open the people', path: pages.people }),
  },
  address_change_asked: {
    subject: () => 'Somebody asks to change the address of your account',
    body: [
      'An administrator has asked to change the address with which you sign in. It stays as it is until a second person ' +
        'confirms that.',
      'If you did not ask for it, tell the council’s Monitoring Officer today.',
    ],
    link: (_reference, pages) => ({ text: 'Open your account', path: pages.account }),
  },
  address_left: {
    subject: () => 'Your account has another address now',
    body: [
      'An administrator asked to change the address with which you sign in, and a second person confirmed it. This is the ' +
        'last message to this address. You have been signed out everywhere.',
      'If you did not ask for it, tell the council’s Monitoring Officer at once.',
    ],
    link: (_reference, pages) => ({ text: 'Open the page to sign in', path: pages.signIn }),
  },
  address_changed: {
    subject: () => 'You sign in with this address now',
    body: [
      'An administrator asked to change the address with which you sign in to this one, and a second person confirmed it. ' +
        'You have been signed out everywhere. Your password stays as it was.',
    ],
    link: (_reference, pages) => ({ text: 'Open the page to sign in', path: pages.signIn }),
  },
  address_changed_of_somebody: {
    subject: () => 'The address of somebody’s account has been changed',
    body: [
      'An administrator asked to change the address with which somebody signs in, and a second person confirmed it. Whose it ' +
        'was, and why, is on the audit trail. If you do not expect it, ask them today.',
    ],
    link: (_reference, pages) => ({ text: 'Open the people', path: pages.people }),
  },
} satisfies Templates;
