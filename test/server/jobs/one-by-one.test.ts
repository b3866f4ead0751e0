import { beforeEach, expect, test } from '@jest/globals';
import { NotRecorded } from '../../../db/audit/append.js';
import { oneByOne } from '../../../server/jobs/worker/one-by-one.js';

const lines: object[] = [];
const log = { info: () => {}, error: (fields: object) => void lines.push(fields) };
const done: number[] = [];
const doThem = (things: readonly number[], broken: readonly number[], signal?: AbortSignal) =>
  oneByOne({ log, signal }, things, {
    name: (thing) => `thing ${thing}`,
    act: async (thing) => {
      await Promise.resolve();
      if (broken.includes(thing)) throw new TypeError(`${thing} is confidential`);
      done.push(thing);
      return 2;
    },
  });
beforeEach(() => {
  lines.length = 0;
  done.length = 0;
});

test('adds up what was done', async () => {
  expect(await doThem([1, 2, 3], [])).toBe(6);
  expect(await doThem([], [])).toBe(0);
});

test('one failed item does not block the rest, fails the job, and is logged by its name and kind', async () => {
  await expect(doThem([1, 2, 3, 4], [2, 3])).rejects.toThrow('2 is confidential');
  expect(done).toEqual([1, 4]);
  expect(lines).toEqual([
    { one: 'thing 2', because: 'TypeError' },
    { one: 'thing 3', because: 'TypeError' },
  ]);
});

test('where the trail took no entry, the log says what stood behind it, and nothing of what it quotes', async () => {
  const violated = Object.assign(new Error('confidential'), {
    code: '23514',
    constraint: 'entries_size_check',
    detail: 'confidential',
  });
  const act = () => Promise.reject(new NotRecorded(violated));
  await expect(oneByOne({ log }, [1], { name: String, act })).rejects.toThrow(NotRecorded);
  expect(lines).toEqual([{ one: '1', because: 'NotRecorded by Error:23514:entries_size_check' }]);
});

test('a code that is none is not told', async () => {
  const odd = Object.assign(new Error('no'), { code: 'a child, of 3', constraint: 7 });
  await expect(oneByOne({ log }, [1], { name: String, act: () => Promise.reject(odd) })).rejects.toThrow(
    'no',
  );
  expect(lines).toEqual([{ one: '1', because: 'Error' }]);
});

test('where nothing can be done any more, as without a database, the rest is left to the next tick', async () => {
  const things = Array.from({ length: 50 }, (_, n) => n);
  await expect(doThem(things, things.slice(1))).rejects.toThrow(TypeError);
  expect([done, lines.length]).toEqual([[0], 10]);
});

test('a node that stops begins with no other', async () => {
  const ending = new AbortController();
  const signal = ending.signal;
  const first = oneByOne({ log, signal }, [1, 2], {
    name: String,
    act: (thing) => {
      done.push(thing);
      ending.abort();
      return Promise.resolve(1);
    },
  });
  expect(await first).toBe(1);
  expect(done).toEqual([1]);
});
