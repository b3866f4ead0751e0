/** The words of the notices about a person's own account. */
import { numberOf } from '../../policies/core/words/number-of.js';
import { longestWait } from '../../policies/people/sign-in-tries.js';
import type { Templates } from '../core/template.js';

export const peopleNotices = {
  sign_in_slowed: {
    subject: () => 'Wrong passwords were entered for your account',
    body: [
      'Somebody entered several wrong passwords for your account, and did not get in. The service now makes them wait between tries. You can still sign in.',
      `If it was you, wait for at most ${numberOf(longestWait, 'second')} and try again, or use a browser in which you have signed in before.`,
      'If it was not you, you do not have to do anything, as long as your password is long and you use it nowhere else. If not, change it. If you think that somebody knows it, tell Democratic Services at once.',
    ],
    link: (_reference, pages) => ({ text: 'Open the page to sign in', path: pages.signIn }),
  },
} satisfies Templates;
