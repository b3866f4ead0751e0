/** What families are given: read by everybody, printed, and published in versions. */
import { describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { leafletKinds } from '../../../policies/leaflet/leaflet.js';
import { modelLeaflets } from '../../../policies/leaflet/models.js';
import { paths } from '../../../server/web/paths.js';
import { readerOf } from '../../support/browser-less.js';
import { useCouncil } from '../../support/council.js';
import { expectOk } from '../../support/line.js';
import { behindTheApi } from '../../support/people.js';
import { readyToVisit } from '../../support/visiting.js';

const council = useCouncil();
const inForce = async () => expectOk(await (await council.as('host')).get('/api/leaflets')).body;

describe('a council', () => {
  test('begins with the model texts, which hold no personal data and may be published as they are', async () => {
    await behindTheApi(council.world.owner, (trx) => trx('leaflet_versions').delete());
    expect((await inForce()).items).toEqual([]);
    const keeper = await readerOf(council.server, 'data.protection');
    for (const leaflet of leafletKinds) {
      const form = await keeper.open(paths.newLeaflet(leaflet));
      expect(form.text).toContain('This is the model text.');
      expect(form.form.fields['text']?.replaceAll('\r\n', '\n')).toBe(modelLeaflets[leaflet]);
      const done = await keeper.submit({ contact: 'data.protection@council.example' });
      expect(done.text).toContain('It has been published.');
    }
    expect((await inForce()).items).toMatchObject([
      { leaflet: 'families', title: 'Leaflet for families', version: 1, text: modelLeaflets.families },
      { leaflet: 'privacy', version: 1, contact: 'data.protection@council.example' },
    ]);
  });

  test('publishes the next version, which the trail records, and goes on with the one in force until then', async () => {
    const keeper = await council.as('democratic.services');
    const later = `${addDays(londonDate(council.clock), 30)}T09:00:00+00:00`;
    const text = 'You can say no, and nobody asks you why.';
    const { body } = await keeper.post('/api/leaflets/families', { text, inForceFrom: later });
    expect(body).toMatchObject({ leaflet: 'families', version: 2, text, contact: null });
    expect((await inForce()).items[0]).toMatchObject({ version: 1 });
    const [entry] = await search(council.world.db, { type: 'leaflet.published', limit: 1 });
    expect(entry).toMatchObject({
      subject: 'leaflets',
      office: 'democratic_services',
      decision: { leaflet: 'families', version: 2 },
    });
    const now = await keeper.post('/api/leaflets/families', { text: `${text} At any time.` });
    expect(now.body).toMatchObject({ version: 3 });
    expect((await inForce()).items[0]).toMatchObject({ version: 3 });
  });

  test('is refused the same text again, a day that is over, and personal data', async () => {
    const keeper = await council.as('democratic.services');
    const { text } = (await inForce()).items[0];
    const before = addDays(londonDate(council.clock), -1);
    for (const [sent, rule, field] of [
      [{ text }, 'leaflet', 'text'],
      [{ text: 'Other words.', inForceFrom: `${before}T09:00:00+00:00` }, 'leaflet', 'inForceFrom'],
      [{ text: 'Write to a.child@family.example about this.' }, 'personal_data', 'text'],
    ] as const) {
      const { status, body } = await keeper.post('/api/leaflets/families', sent);
      expect({
        status,
        rule: body.rule,
        fields: body.errors.map((each: { field: string }) => each.field),
      }).toEqual({
        status: 422,
        rule,
        fields: [field],
      });
    }
    expect((await keeper.post('/api/leaflets/other', { text: 'Words.' })).status).toBe(404);
  });

  test('changes no version that is published: the database does not let it', async () => {
    for (const change of [{ text: 'Other.' }, { in_force_from: new Date(0) }]) {
      await expect(
        behindTheApi(council.world.db, (trx) => trx('leaflet_versions').update(change)),
      ).rejects.toMatchObject({ code: '42501' });
    }
  });
});

test('two who publish at once get two versions', async () => {
  const [one, two] = [await council.as('democratic.services'), await council.as('data.protection')];
  const answers = await Promise.all([
    one.post('/api/leaflets/privacy', { text: 'We note the day.' }),
    two.post('/api/leaflets/privacy', { text: 'We note the day and the hour.' }),
  ]);
  const versions = answers.map(({ body }) => body.version as number).toSorted((a, b) => a - b);
  expect(versions[1]).toBe((versions[0] ?? 0) + 1);
});

test('a page prints it with its version and the address to write to', async () => {
  const reader = await readerOf(council.server, 'host');
  const page = await reader.open(paths.leaflet('families'));
  expect(page.headings[0]).toBe('Leaflet for families');
  expect(page.text).toMatch(/Version \d+, in force since/);
  expect((await reader.open('/leaflets/other')).status).toBe(404);
});

test('a host is led to it before they ask the family', async () => {
  const from = addDays(londonDate(council.clock), 3);
  const visit = await readyToVisit(council, {
    date: addDays(from, 4),
    window: { from, to: addDays(from, 25) },
  });
  const reader = await readerOf(council.server, 'host');
  const page = await reader.open(`/visits/${visit.path.split('/').at(-1) ?? ''}/checks/agreements`);
  expect(page.text).toContain('Give the family the leaflet');
  await reader.open(page.link('Print them (what families are given)'));
  expect(reader.page.headings[0]).toBe('What families are given');
});
