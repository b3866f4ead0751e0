/** The register keeps no party, and so none by way of a post (need-to-know.md, section 6). */
import { expect, test } from '@jest/globals';
import { isPartyPost } from '../../../policies/register/party-posts.js';

const parties = ['Labour and Co-operative Party', 'The Liberal Democrats', 'Independent', 'Unspecified'];

test.each([
  'Leader of the Labour Group',
  'Deputy Leader of the Conservative Group',
  'Conservative Group Whip',
  'Chief Whip',
  'Group Leader (Labour)',
  'Liberal Democrat Spokesperson for Children',
  'LABOUR lead on finance',
  'Co‑operative Group Secretary',
  'Some Other Group Secretary',
])('“%s” discloses a party', (post) => {
  expect(isPartyPost(post, parties)).toBe(true);
});

test.each([
  'Leader of the Council',
  'Deputy Leader',
  'Chair, Audit and Governance Committee',
  'Leader of the Task and Finish Group',
  'Chair of the Corporate Parenting Working Group',
  'Cabinet Member for Children, Other Services and Unspecified Matters',
  'Champion for Liberal Arts',
])('“%s” discloses none', (post) => {
  expect(isPartyPost(post, parties)).toBe(false);
});
