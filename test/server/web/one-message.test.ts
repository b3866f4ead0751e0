/** A fault has one wording: what the API answers is what the page shows, and no page rewrites a sentence. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { asked } from '../../../server/web/schema/field-words.js';
import { text, date } from '../../../server/web/schema/schemas.js';
import { shape } from '../../../server/web/schema/shape.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil, type Account } from '../../support/council.js';
import { type Line } from '../../support/line.js';
import { readersOf } from '../../support/officers.js';
import { lineAt } from '../../support/people.js';

const council = useCouncil();
const as = readersOf(council);
const long = 'x'.repeat(4001);

/** What the page of a form says, and what the API says of the same body. */
const both = async (
  by: Account,
  line: Line,
  sent: {
    readonly page: string;
    readonly api: string;
    readonly form: Record<string, string>;
    readonly body: object;
  },
) => {
  const reader = await as(by);
  await reader.open(sent.page);
  const page = await reader.submit(sent.form);
  const api = await (await council.as(by)).post(`${line.path}/${sent.api}`, { version: 1, ...sent.body });
  expect([page.status, api.status]).toEqual([422, 422]);
  return {
    page: page.errors.map(({ text: says }) => says),
    api: (api.body.errors as { message: string }[]).map(({ message }) => message),
  };
};

describe('the API and the page say the same', () => {
  test.each([
    [{ reasons: long }, { reasons: long }, 'Reasons must be 4,000 characters or fewer'],
    [{ reasons: ' ' }, { reasons: ' ' }, 'Enter the reasons'],
    [{}, {}, 'Enter the reasons'],
  ])('of the reasons of a refusal: %#', async (form, body, message) => {
    const line = await lineAt(council, 'ready');
    const said = await both('legal', line, {
      page: paths.decide(line.reference),
      api: 'decision',
      form: { outcome: 'refuse', noConflict: 'true', ...form },
      body: { outcome: 'refuse', grounds: ['curiosity'], noConflict: true, ...body },
    });
    expect(said).toEqual({ page: [message], api: [message] });
  });

  test('of a date that is none, of a choice that was not made, and of a declaration left out', async () => {
    const line = await lineAt(council, 'submitted');
    const meeting = { date: '2026-02-30', present: [], note: 'We met.' };
    expect(
      await both('legal', line, {
        page: paths.meeting(line.reference),
        api: 'discussion',
        form: {
          'meeting.date-day': '30',
          'meeting.date-month': '2',
          'meeting.date-year': '2026',
          'meeting.note': 'We met.',
        },
        body: { meeting },
      }),
    ).toEqual({
      page: ['Date of the meeting must be a real date', 'Select the offices that were present'],
      api: ['Date of the meeting must be a real date', 'Select the offices that were present'],
    });
    const ready = await lineAt(council, 'ready');
    const said = await both('legal', ready, {
      page: paths.decide(ready.reference),
      api: 'decision',
      form: { reasons: 'It is needed.' },
      body: { reasons: 'It is needed.' },
    });
    expect(said.page).toEqual(said.api);
    expect(said.api).toEqual([
      'Select whether to approve or refuse',
      'Confirm that you have no conflict of interest',
    ]);
  });

  test('of a rule that names days and grounds', async () => {
    const line = await lineAt(council, 'ready', {
      answers: { necessity: { answer: 'curiosity', reason: 'None.' } },
    });
    const said = await both('legal', line, {
      page: paths.decide(line.reference),
      api: 'decision',
      form: { outcome: 'refuse', reasons: 'It is not needed.', grounds: 'no_remit_link', noConflict: 'true' },
      body: { outcome: 'refuse', reasons: 'It is not needed.', grounds: ['no_remit_link'], noConflict: true },
    });
    const message = 'Select these grounds as well: “Curiosity is not a need to know”.';
    expect(said.api).toEqual([message]);
    expect(said.page[0]).toBe(message);
  });
});

describe('a fault of a field', () => {
  const schema = z.strictObject({
    firstName: text(3),
    on: asked(date, 'Day of the visit').optional(),
    kind: asked(z.enum(['a', 'b']), 'Kind', { missing: 'Select a kind' }),
    rows: z.array(z.strictObject({ note: asked(text(2), 'Note of the row') })).optional(),
  });
  const says = (value: object) => shape(schema, value).errors.map(({ message }) => message);

  test('names the field: as it was declared, however deep, or else by its own name', () => {
    expect(says({ kind: 'a', firstName: 'long' })).toEqual(['First name must be 3 characters or fewer']);
    expect(says({ kind: 'a' })).toEqual(['Enter the first name']);
    expect(says({ firstName: 'a' })).toEqual(['Select a kind']);
    expect(says({ firstName: 'a', kind: 'a', on: '2026-02-30', rows: [{ note: 'long' }] })).toEqual([
      'Day of the visit must be a real date',
      'Note of the row must be 2 characters or fewer',
    ]);
  });

  test('leaves the schema that it shares with another field as it is', () => {
    expect(shape(z.strictObject({ day: date }), { day: 'x' }).errors[0]?.message).toBe(
      'Day must be a real date',
    );
  });
});

test('no page looks into a finished sentence, or words a fault of the form anew', () => {
  const folder = path.resolve(import.meta.dirname, '../../../server');
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?:^|\/)pages(?:\/.*)?\.ts$/.test(file),
  );
  expect(pages.length).toBeGreaterThan(50);
  const rewriting = pages.filter((file) =>
    /\b(?:message|says|explanation|detail)\)?\s*\.(?:replace|replaceAll|match|split)\(|\.test\(\s*(?:message|says)|\bmissing: \{|\bwrong: \{/.test(
      readFileSync(path.join(folder, file), 'utf8'),
    ),
  );
  expect(rewriting).toEqual([]);
});
