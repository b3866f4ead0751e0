import { describe, expect, test } from '@jest/globals';
import { cautionsIn } from '../../../../policies/core/words/cautions.js';

/* Every street is made up, or is one of which each town has several. */

const found = (text: string, field = 'reasons') =>
  cautionsIn({ [field]: text }).flatMap(({ kind, words }) => (kind === 'address' ? words : []));

const addresses: readonly (readonly [string, string])[] = [
  ['They live at 14 Invented Road.', '14 Invented Road'],
  ['the flat at 3-5 Quarry Hill Lane was seen', '3-5 Quarry Hill Lane'],
  ['14A Invented St, in the north of the town', '14A Invented St'],
  ['Flat 2, 19 Larkspur Close', '19 Larkspur Close'],
  ['he moved to 7 larkspur avenue', '7 larkspur avenue'],
  ['they live in 7 Larkspur avenue', '7 Larkspur avenue'],
  ['No 22 St Mary’s Terrace', '22 St Mary’s Terrace'],
  ['12 King Edward VII Drive', '12 King Edward VII Drive'],
  ['asked at 9, Privet Drive, today', '9, Privet Drive'],
  ['at 5 Invented Gardens and then', '5 Invented Gardens'],
  ['The visit to 101 Zennor Way was late', '101 Zennor Way'],
];

const none: readonly string[] = [
  'Working Together 2023 chapter 3 says so.',
  'section 47 enquiries and 3 Working Groups',
  '10 Downing Street published the answer.',
  'There are 12 High Street shops near the hub, and no home is visited.',
  'on 5 May Hill Ward met',
  'Minute 42 of 15 September 2026',
  'the 24 Victoria Road Children’s Centre staff',
  'room 10 Station Road',
  'in 2023 Family Court heard 2 Crown Court cases',
  'the 3 High Court judges, and 1 Green Paper',
  'visit 3 Castle Hill',
  '12 miles by road, at 30 mph, on 2 busy roads',
  'R v Birmingham City Council, ex parte O [1983] 1 AC 578',
  'paragraph 4 Green Lane',
  'The 2 Oak Street Family Hub teams',
  'Station Road and Church Lane, with no number',
  'at 10 am Station Road was closed',
];

describe('a house number with a street', () => {
  test.each(addresses)('is asked about in “%s”', (text, words) => {
    expect(found(text)).toEqual([words]);
    expect(found(text, 'text')).toEqual([words]);
  });

  test.each(none)('is not in “%s”', (text) => expect(found(text)).toEqual([]));

  test('is not asked about in what an office cites, or in a name', () => {
    for (const field of ['authority', 'minute', 'body', 'title', 'chaperone'])
      expect(found('They live at 14 Invented Road.', field)).toEqual([]);
  });

  test('takes no more time than the text is long', () => {
    const long = '14 Invented 15 Invented '.repeat(20_000);
    const began = performance.now();
    found(long);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
