import { describe, expect, test } from '@jest/globals';
import { remembering } from '../../../../policies/core/time/remembering.js';

describe('what is remembered', () => {
  const counted = (most?: number) => {
    const worked: string[] = [];
    const ask = remembering((asked: string): string | null => {
      worked.push(asked);
      return asked === 'nothing' ? null : asked.toUpperCase();
    }, most);
    return { worked, ask };
  };

  test('is worked out once for each question, also where the answer is null', () => {
    const { worked, ask } = counted();
    expect(['a', 'b', 'a', 'nothing', 'nothing'].map(ask)).toEqual(['A', 'B', 'A', null, null]);
    expect(worked).toEqual(['a', 'b', 'nothing']);
  });

  test('is forgotten before it is more than it may be, and then worked out again', () => {
    const { worked, ask } = counted(2);
    expect(['a', 'b', 'c', 'a'].map(ask)).toEqual(['A', 'B', 'C', 'A']);
    expect(worked).toEqual(['a', 'b', 'c', 'a']);
  });

  test('is not kept where it could not be worked out', () => {
    let tried = 0;
    const ask = remembering((_asked: string) => {
      tried += 1;
      throw new RangeError('no day');
    });
    expect(() => ask('x')).toThrow('no day');
    expect(() => ask('x')).toThrow('no day');
    expect(tried).toBe(2);
  });
});
