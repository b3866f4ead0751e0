/** A fault of ours, as a person meets it. */
import { expect, test } from '@jest/globals';
import { paths } from '../../../server/web/paths.js';
import { readerOf } from '../../support/browser-less.js';
import { useCouncil } from '../../support/council.js';

const council = useCouncil();

const logged = (number: string) =>
  council.lines.map((line) => JSON.parse(line)).filter(({ reqId }) => reqId === number);

test('the page of a fault has a number to quote, under which the log has the fault', async () => {
  const reader = await readerOf(council.server, 'legal');
  const { clock } = council;
  council.clock = new Date(Number.NaN);
  const page = await reader.open(paths.requests);
  council.clock = clock;
  expect(page.status).toBe(500);
  const number = page.headers['x-request-id'] as string;
  expect(page.text).toContain(`quote this number: ${number}`);
  expect(logged(number)).toEqual([
    expect.objectContaining({ msg: 'fault', name: 'RangeError' }),
    expect.objectContaining({ msg: 'failed', status: 500 }),
  ]);
});

test('a page that refuses has none: there is nothing to report', async () => {
  const page = await (await readerOf(council.server, 'legal')).open('/nowhere');
  expect([page.status, page.text.includes('quote this number')]).toEqual([404, false]);
});
