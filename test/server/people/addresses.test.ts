/** An address with a letter before the @ that many mail servers do not take is refused wherever one is entered. */
import { describe, expect, test } from '@jest/globals';
import { readUpload } from '../../../server/register/feed/read-upload.js';
import { paths } from '../../../server/web/paths.js';
import { readerOf } from '../../support/browser-less.js';
import { ran } from '../../support/commands.js';
import { useCouncil } from '../../support/council.js';
import { feedCsv, fictionalMembers } from '../../support/register-feed.js';
import { londonDate } from '../../../policies/core/time/london.js';

const council = useCouncil();
const address = 'zoë.ågren@council.example';
const says =
  /plain letters \(a to z\).*before the @: many mail servers take no other, so mail would not arrive/;
const named = { field: 'email', message: expect.stringMatching(says) };

describe('an address with letters that are not plain', () => {
  test('is refused of a person, new or changed, with the reason', async () => {
    const administrator = await council.as('administrator');
    const refused = await administrator.post('/api/people', { name: 'Zoe Agren', email: address });
    expect([refused.status, refused.body.errors]).toEqual([422, [named]]);
    const person = { name: 'Zoe Agren', email: 'zoe.agren@council.example' };
    const { body } = await administrator.post('/api/people', person);
    const changed = await administrator.patch(`/api/people/${body.id}`, { email: address });
    expect([changed.status, changed.body.errors]).toEqual([422, [named]]);
  });

  test('is refused of a member of the register', async () => {
    const keeper = await council.as('democratic.services');
    const term = { from: londonDate(council.clock) };
    const member = { name: 'Zoe Agren', standing: 'sitting', term, email: address };
    const refused = await keeper.post('/api/councillors', member);
    expect([refused.status, refused.body.errors]).toEqual([422, [named]]);
  });

  test('is refused on the page, where what was typed stays', async () => {
    const reader = await readerOf(council.server, 'administrator');
    await reader.open(paths.newPerson);
    const page = await reader.submit({ name: 'Zoe Agren', email: address });
    expect([page.status, page.text]).toEqual([422, expect.stringMatching(says)]);
    expect(page.html).toContain(address);
  });

  test('is refused in a file of the register, with the member it belongs to', () => {
    const [first, ...others] = fictionalMembers(2);
    if (!first) throw new Error('There is a first member.');
    const bytes = Buffer.from(feedCsv([{ ...first, email: address }, ...others]));
    expect(() => readUpload({ mediaType: 'text/csv', charset: null, bytes })).toThrow(
      expect.objectContaining({
        errors: [{ field: 'member.1.email', message: expect.stringMatching(says) }],
      }),
    );
  });

  test('is refused at the machine itself', async () => {
    const { code, err } = await ran([
      'create-account',
      '--name',
      'Zoe Agren',
      '--email',
      address,
      '--office',
      'administrator',
    ]);
    expect([code, err]).toEqual([2, expect.stringMatching(says)]);
  });
});
