/** Inviting all members at once: looked at, checked, and sent. */
import { numberOf } from '../../../policies/core/words/number-of.js';
import { linkHours } from '../../../policies/account/link.js';
import { asFormErrors, validate } from '../../web/pages/faults.js';
import { given, number } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { paths } from '../../web/paths.js';
import { inviteMembersHere } from '../commands.js';
import { inviteMembers } from '../invite-members.js';
import { readInvitations } from '../read-invitations.js';

const linksOf = (count: number | undefined): string => numberOf(count ?? 0, 'link');

export const inviteMembersPage = page({
  ...inviteMembersHere.page,
  view: 'account/views/members',
  load: async (ctx) => ({ members: await readInvitations(ctx), worksFor: numberOf(linkHours, 'hour') }),
  form: {
    body: inviteMembersHere.body,
    // The number is not typed: what is wrong with it is said above the page.
    anchor: () => 'members',
    read: (form) => validate(inviteMembersHere.body, given({ expected: number(form, 'expected') })),
    check: {
      before: () => 'invite the members',
      button: () => 'Send the links',
      lines: ({ body }) => [
        { says: 'Links to send', text: String(body.expected ?? 0) },
        { says: 'Each link works', text: `once, for ${numberOf(linkHours, 'hour')}` },
      ],
      done: ({ body }) => `You have sent ${linksOf(body.expected)} to set a password`,
    },
    async act(ctx, { body }) {
      await asFormErrors(() => inviteMembers(ctx, body.expected ?? null));
      return paths.inviteMembers;
    },
  },
});
