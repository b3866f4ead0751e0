import { expect, test } from '@jest/globals';
import { createClock } from '../../../server/jobs/worker/clock.js';

test('the clock begins at once, never runs twice at a time, survives a fault and waits at the end', async () => {
  const said: string[] = [];
  let [running, most, rounds] = [0, 0, 0];
  let thirdBegan = () => {};
  const third = new Promise<void>((resolve) => {
    thirdBegan = resolve;
  });
  const clock = createClock({
    everyMs: 5,
    log: { info: () => {}, error: (_fields, message) => void said.push(message) },
    async work() {
      rounds += 1;
      running += 1;
      if (rounds === 3) thirdBegan();
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
      if (rounds === 1) throw new Error('The database is away.');
    },
  });
  clock.start();
  expect(rounds).toBe(1);
  await third;
  await clock.stop();
  expect([running, most]).toEqual([0, 1]);
  expect(said).toEqual(['a job was not done']);
  const done = rounds;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(rounds).toBe(done);
});
