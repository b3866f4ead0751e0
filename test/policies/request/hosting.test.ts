/** Who may host, or be the host’s line manager: need-to-know.md, section 4. */
import { describe, expect, test } from '@jest/globals';
import { assertUnhindered } from '../../../policies/permission/permit.js';
import { Refusal } from '../../../policies/core/refusals.js';
import { matrix } from '../../../policies/rule-book/matrix.js';
import type { CaseFile } from '../../../policies/case/case-file.js';
import { nameHost } from '../../../policies/request/commands.js';

const file = {
  row: {
    content: {},
    seats: [],
    conflicts: [
      { personId: 'relation', kind: 'relation' },
      { personId: 'complaint', kind: 'complaint' },
      { personId: 'manages', kind: 'line_management' },
    ],
  },
} as unknown as CaseFile;

/** How naming these two is refused: its status and its rule; null where it is not. */
const refusal = (...people: { id: string; councillorId: string | null }[]) => {
  try {
    assertUnhindered(nameHost, file, { people });
  } catch (error) {
    if (error instanceof Refusal) return [error.status, error.rule];
    throw error;
  }
  return null;
};
const officer = (id: string) => ({ id, councillorId: null });

describe('naming a host and a line manager', () => {
  test('is refused of a councillor, as an authority that is missing', () => {
    expect(refusal(officer('one'), officer('two'))).toBeNull();
    expect(refusal({ id: 'one', councillorId: 'c' }, officer('two'))).toEqual([403, 'host_is_councillor']);
    expect(refusal(officer('one'), { id: 'two', councillorId: 'c' })).toEqual([403, 'host_is_councillor']);
  });

  test('is refused of a relation and of a party to a complaint, and of no other conflict', () => {
    expect(refusal(officer('relation'), officer('two'))).toEqual([403, 'host_conflicted']);
    expect(refusal(officer('one'), officer('complaint'))).toEqual([403, 'host_conflicted']);
    expect(refusal(officer('one'), officer('manages'))).toBeNull();
  });

  test('says so in the matrix', () => {
    const row = matrix().find(({ command, on }) => command === 'name_host' && on === 'Request');
    expect(row?.hinders.map(({ rule }) => rule)).toEqual([
      'seat_signed',
      'time_passed',
      'host_is_councillor',
      'administrator_alone',
      'host_conflicted',
    ]);
  });
});
