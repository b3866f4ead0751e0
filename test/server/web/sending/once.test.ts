/** The key of a form, by which it acts once that is sent twice; writing.test.ts sends each form of the pages twice. */
import { describe, expect, test } from '@jest/globals';
import { paths } from '../../../../server/web/paths.js';
import { readerOf } from '../../../support/browser-less.js';
import { useCouncil } from '../../../support/council.js';

const council = useCouncil();

describe('the key of a form', () => {
  test('is another each time that the page is shown', async () => {
    const chair = await readerOf(council.server, 'scrutiny.chair');
    const key = async () => (await chair.open(paths.reminderWishes)).form.fields['_once'];
    expect(await key()).not.toBe(await key());
  });

  test('takes no other text: what was done stands, what is typed stays, and sent again it is done', async () => {
    const keeper = await readerOf(council.server, 'democratic.services');
    const wish = async () => (await keeper.open(paths.reminderWishes)).form.fields['reminders'];
    const page = await keeper.open(paths.reminderWishes);
    await keeper.submit({ reminders: 'each' }, page);
    const other = await keeper.submit({ reminders: 'none' }, page);
    expect([other.status, other.errors[0]?.text]).toEqual([
      422,
      expect.stringContaining('was sent before with something else in it'),
    ]);
    expect(other.form.fields['reminders']).toBe('none');
    expect(await wish()).toBe('each');
    await keeper.submit({}, other);
    expect(await wish()).toBe('none');
  });

  test('of one person is none of another', async () => {
    const [chair, member] = [
      await readerOf(council.server, 'scrutiny.chair'),
      await readerOf(council.server, 'scrutiny.member'),
    ];
    const { _once: key } = (await chair.open(paths.reminderWishes)).form.fields;
    await chair.submit({ reminders: 'each' });
    await member.open(paths.reminderWishes);
    await member.submit({ reminders: 'each', _once: key });
    expect((await member.open(paths.reminderWishes)).form.fields['reminders']).toBe('each');
  });
});
