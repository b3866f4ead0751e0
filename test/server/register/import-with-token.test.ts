/** A program sends the file of the committee system with a token: nobody looks on, so it takes over what leaves nothing to judge. */
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { search } from '../../../db/audit/search.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import type { FeedMember } from '../../../policies/register/register-feed.js';
import { sockets, useCouncil } from '../../support/council.js';
import { personId } from '../../support/people.js';
import { feedCsv, fictionalMembers } from '../../support/register-feed.js';
import { madeToken } from '../../support/tokens.js';

const council = useCouncil();
const { world } = council;

const register = () =>
  world.db('councillors').orderBy('id').select('id', 'name', 'standing', 'term_from', 'term_to', 'email');

const send = async (members: readonly FeedMember[], query = '') => {
  const { token } = await madeToken(council, 'register.import');
  return request(council.server)
    .post(`/api/councillors/import${query}`)
    .agent(sockets)
    .set('Authorization', `Bearer ${token}`)
    .set('Content-Type', 'text/csv')
    .send(feedCsv(members));
};
const [member, ...others] = fictionalMembers(4) as [FeedMember, ...FeedMember[]];
const inDays = (days: number): string => addDays(londonDate(council.clock), days);
const first: FeedMember = { ...member, term: { ...member.term, to: '2099-05-01' } };
const last = async () => (await search(world.db, { type: 'register.imported', limit: 1 }))[0];

describe('a file that comes with a token', () => {
  test('brings new members in, and says how many it left for people', async () => {
    const before = await register();
    const { status, body } = await send([first, ...others]);
    expect({ status, added: body.added.length }).toEqual({ status: 200, added: 4 });
    expect(body.left).toMatchObject({ doubtful: 0, membership: 0, gone: body.gone.length });
    expect(body.gone.length).toBeGreaterThan(0);
    expect(await register()).toHaveLength(before.length + 4);
    expect(await register()).toEqual(expect.arrayContaining(before));
  });

  test('is on the trail as the token’s, and Democratic Services get the numbers', async () => {
    expect(await last()).toMatchObject({
      actor: await personId(world.db, 'democratic.services'),
      office: 'democratic_services',
      decision: { added: 4, unattended: true, token: expect.any(String) },
    });
    const mails = await world
      .db('messages')
      .where({ kind: 'register_differs' })
      .select('to_person', 'counts');
    expect(mails.map(({ to_person: to }) => to)).toContain(
      await personId(world.db, 'democratic.services.second'),
    );
    expect(mails[0]?.counts).toMatchObject({ added: 4 });
  });

  test('ends nobody’s membership, shortens none and begins none: that is left', async () => {
    const before = await register();
    const shorter = { ...first, term: { ...first.term, to: inDays(3) } };
    const { status, body } = await send([shorter, ...others]);
    expect(status).toBe(200);
    expect({ changed: body.changed, left: body.left.membership }).toEqual({ changed: [], left: 1 });
    expect(await register()).toEqual(before);
  });

  test('gives nobody the address of somebody else', async () => {
    const [, other] = [first, ...others];
    const { body } = await send([{ ...first, email: other?.email ?? '' }, ...others]);
    expect({ changed: body.changed, left: body.left.address }).toEqual({ changed: [], left: 1 });
  });

  test.each(['same', 'another'] as const)(
    'decides of nobody who they are: “%s” is refused',
    async (field) => {
      const before = await register();
      const renamed = { ...first, name: 'Quintilla Imaginary' };
      expect((await send([renamed, ...others])).body).toMatchObject({ changed: [], left: { doubtful: 1 } });
      const { status, body } = await send([renamed, ...others], `?${field}=${first.externalId}`);
      expect(status).toBe(422);
      expect(body.errors).toEqual([
        {
          field,
          message: 'Leave this out: a person decides who somebody is, on the page of the import',
        },
      ]);
      expect(await register()).toEqual(before);
    },
  );

  test('leaves a member out where the program says so', async () => {
    const moved = { ...first, ward: 'Some Other Ward' };
    const { body } = await send([moved, ...others], `?leaveOut=${first.externalId}`);
    expect(body.changed).toEqual([]);
    expect((await send([moved, ...others])).body.changed).toHaveLength(1);
  });
});
