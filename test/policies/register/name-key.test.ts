import { describe, expect, test } from '@jest/globals';
import { nameKey, sameName } from '../../../policies/register/name-key.js';

describe('two names are the same', () => {
  test.each([
    'Cllr Ivy O’Fable',
    "councillor  IVY O'FABLE",
    "Cllr. Mrs Ivy O'Fable ",
    'Ivy O’Fable',
    'County Councillor Ivy O’Fable',
    'County Cllr Ivy O’Fable',
    'Borough Councillor Mrs Ivy O’Fable',
    'Councillor Ivy O’Fable MBE',
    'Councillor Ivy O’Fable, MBE',
    'Councillor Ivy O’Fable O.B.E., J.P.',
    'Cllr Ivy O’Fable BSc (Hons) MSc PhD',
    'Baroness Ivy O’Fable',
    'Councillor Baroness Ivy O’Fable OBE',
    'Deputy Mayor Councillor Ivy O’Fable',
    'The Deputy Lord Mayor, Councillor Ivy O’Fable',
    'The Mayor - Councillor Ivy O’Fable',
    'The Worshipful the Mayor Councillor Ivy O’Fable',
    'The Right Honourable Dame Ivy O’Fable DBE',
    'Rt Hon Ivy O’Fable KC',
    'Leader of the Council, Councillor Ivy O’Fable',
    'Councillor Ivy O’Fable (Leader)',
    'Councillor Ivy O’Fable, Cabinet Member',
    'Alderwoman Professor Ivy O’Fable FRS',
    'Y Cynghorydd Ivy O’Fable',
    'Cyng. Ivy O’Fable',
    'Ivy O’Fable, Councillor',
    'O’Fable, Ivy',
    'O’Fable, Councillor Ivy MBE',
    'Major Ivy O’Fable',
    'Group Captain Ivy O’Fable',
  ])('“%s” and “Councillor Ivy O’Fable”', (name) => {
    expect(nameKey(name)).toBe("ivy o'fable");
    expect(sameName(name, 'Councillor Ivy O’Fable')).toBe(true);
  });
});

describe('two names are not the same', () => {
  test.each([
    ['Ivy Fable', 'Councillor Ivy O’Fable'],
    ['Ivy Fable-Story', 'Ivy Fable Story'],
    ['Ivy Fable', 'Ivy Jane Fable'],
    ['Ivy Fable', 'Iris Fable'],
    ['Ivy Fable Jr', 'Ivy Fable Sr'],
    ['Zoë Fable', 'Zoe Fable'],
  ])('“%s” and “%s”', (one, other) => {
    expect(sameName(one, other)).toBe(false);
  });
});

test.each([
  // A title alone is all there is.
  ['The Mayor', 'the mayor'],
  ['Mayor', 'mayor'],
  // Surnames and first names that are titles or letters elsewhere.
  ['Councillor Glen Dean', 'glen dean'],
  ['Councillor Earl Fable', 'earl fable'],
  ['Councillor Ms Jo Ma', 'jo ma'],
  ['Councillor Jo Ba', 'jo ba'],
  ['Councillor Ash Town', 'ash town'],
  ['Councillor Town Crier', 'town crier'],
  ['Councillor Ash Lord', 'ash lord'],
  ['Councillor Fable', 'fable'],
])('of “%s” stays “%s”', (name, key) => {
  expect(nameKey(name)).toBe(key);
});
