/**
 * What is done about a subject access request: Data Protection record, mark and release it. Source: UK GDPR, Articles
 * 12(3) and 15; need-to-know.md, section 5.
 */
import { command } from '../command/command.js';

const by = ['data_protection'] as const;
const over = { from: ['open'], elsewhere: 'access_over' } as const;

export const recordAccess = command({ name: 'record_access', on: 'AccessRequest', by, to: ['open'] });

/** Complexity, told to the person with reasons within the first month. */
export const extendAccess = command({
  name: 'extend_access',
  on: 'AccessRequest',
  by,
  ...over,
  closedBy: [{ rule: 'access_extended', when: ({ extendedAt }) => extendedAt !== null }],
  hinders: [{ rule: 'access_extension_late', when: (_request, { tooLate }) => tooLate === true }],
});

/** Whether something is there now that who gives the command has not read; a page asks before anybody has said. */
const isUnread = ({
  shown,
  found,
}: {
  readonly shown?: string | undefined;
  readonly found?: string | undefined;
}) => shown !== undefined && found !== undefined && shown !== found;

export const markPassage = command({
  name: 'mark_passage',
  on: 'AccessRequest',
  by,
  ...over,
  hinders: [{ rule: 'access_passage', when: (_request, given) => isUnread(given) }],
});

export const releaseAccess = command({
  name: 'release_access',
  on: 'AccessRequest',
  by,
  asksProof: true,
  ...over,
  to: ['released'],
  signs: (actor, _acting, { markers }) => (markers.includes(actor.id) ? 'access_two_people' : null),
  hinders: [
    { rule: 'access_marks_changed', when: (_request, given) => isUnread(given) },
    {
      rule: 'access_unmarked',
      when: (_request, { unmarked }) =>
        unmarked !== undefined &&
        unmarked > 0 &&
        `Each passage needs a mark before the file is released. ${unmarked} ${unmarked === 1 ? 'has' : 'have'} none.`,
    },
  ],
});
