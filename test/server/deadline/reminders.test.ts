/** How one is reminded of what is due. What is said, when and to whom, is in `jobs/`. */
import { describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil } from '../../support/council.js';
import { fillIn, readersOf } from '../../support/officers.js';

const council = useCouncil();
const as = readersOf(council);

describe('how somebody is reminded', () => {
  test('is their own wish: together unless they say otherwise', async () => {
    for (const by of ['scrutiny.chair', 'legal', 'administrator']) {
      const client = await council.as(by);
      expect((await client.get('/api/me/reminders')).body).toEqual({ reminders: 'digest' });
      expect((await client.put('/api/me/reminders', { reminders: 'none' })).body).toEqual({
        reminders: 'none',
      });
      expect((await client.get('/api/me/reminders')).body).toEqual({ reminders: 'none' });
      expect((await client.put('/api/me/reminders', { reminders: 'never' })).status).toBe(422);
    }
    const other = await council.as('legal.second');
    expect((await other.get('/api/me/reminders')).body).toEqual({ reminders: 'digest' });
  });

  test('is a page of its own, which every page leads to', async () => {
    const chair = await as('scrutiny.chair');
    const page = await chair.open(paths.requests);
    expect(page.html).toContain(`href="${paths.reminderWishes}"`);
    const saved = await fillIn(chair, paths.reminderWishes, { reminders: 'each' });
    expect(saved.text).toContain('Your wish has been saved.');
    expect(saved.form.fields['reminders']).toBe('each');
  });

  test('is on the trail, with who wished what', async () => {
    const monitor = await council.as('monitoring.officer');
    await monitor.put('/api/me/reminders', { reminders: 'each' });
    const items = await search(council.world.db, { type: 'wish.recorded', limit: 1 });
    expect(items).toEqual([
      expect.objectContaining({ subject: `person:${monitor.id}`, decision: { wish: 'each' } }),
    ]);
  });
});
