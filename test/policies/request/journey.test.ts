/** A child's journey: three months a stage, six in all, each stage after the one before (section 3). */
import { describe, expect, test } from '@jest/globals';
import type { CaseFile } from '../../../policies/case/case-file.js';
import { draft } from '../../../policies/request/commands.js';
import { isTooEarly, journeyFaults, type Stage } from '../../../policies/request/journey.js';
import { defaultSettings } from '../../../policies/settings/settings.js';

const stage = (changes: Partial<Stage> = {}): Stage => ({
  reference: 'OBS-2026-0001',
  councillorId: 'me',
  status: 'approved',
  observationType: 'childs_journey',
  window: { from: '2026-01-15', to: '2026-04-14' },
  isRevoked: false,
  isJourneyOver: false,
  ...changes,
});
const faultsOf = (
  stages: readonly Stage[],
  window?: { from: string; to: string },
  continuedBy: string | null = null,
) =>
  journeyFaults(defaultSettings, { councillorId: 'me', window }, { stages, continuedBy }).map(
    ({ field }) => field,
  );

describe('a further stage', () => {
  test('continues an approved stage of one’s own that nobody continues and nothing has ended', () => {
    expect(faultsOf([stage()])).toEqual([]);
    expect(faultsOf([])).toEqual(['continues']);
    expect(faultsOf([stage({ councillorId: 'somebody else' })])).toEqual(['continues']);
    for (const status of ['draft', 'submitted', 'returned', 'refused', 'withdrawn'] as const) {
      expect({ status, faults: faultsOf([stage({ status })]) }).toEqual({ status, faults: ['continues'] });
    }
    expect(faultsOf([stage({ observationType: 'core_group' })])).toEqual(['continues']);
    expect(faultsOf([stage({ isRevoked: true })])).toEqual(['continues']);
    expect(faultsOf([stage()], undefined, 'OBS-2026-0009')).toEqual(['continues']);
  });

  test('is begun by a command that says of one stage what the stages say together', () => {
    const said = (changes: Partial<Stage>, continuedBy: string | null = null) => {
      const { isRevoked, isJourneyOver: journeyEnded, ...row } = stage(changes);
      const grant = { endedBecause: isRevoked ? 'revoked' : null, journeyEnded };
      const [hindrance] = draft.hinders;
      const file = { row, grant, continuedBy } as unknown as CaseFile;
      expect(hindrance?.when(file, {})).toBe(false);
      return hindrance?.when(file, { continues: true });
    };
    const faultOf = (changes: Partial<Stage>, continuedBy: string | null = null) =>
      journeyFaults(
        defaultSettings,
        { councillorId: 'me' },
        { stages: [stage({ councillorId: 'me', ...changes })], continuedBy },
      )[0]?.message;
    expect(said({})).toBe(false);
    expect(faultOf({})).toBeUndefined();
    for (const changes of [
      { status: 'submitted' },
      { observationType: 'core_group' },
      { isRevoked: true },
      { isJourneyOver: true },
    ] satisfies Partial<Stage>[]) {
      expect(said(changes)).toMatch(/./);
      expect(said(changes)).toBe(faultOf(changes));
    }
    expect(said({}, 'OBS-2026-0009')).toBe(faultOf({}, 'OBS-2026-0009'));
  });

  test('follows no journey that proceedings or adoption ended, at whatever stage; a revoked one only as the last', () => {
    const second = stage({ window: { from: '2026-04-20', to: '2026-05-20' } });
    expect(faultsOf([stage({ isJourneyOver: true }), second])).toEqual(['continues']);
    expect(faultsOf([stage(), { ...second, isJourneyOver: true }])).toEqual(['continues']);
    expect(faultsOf([stage({ isRevoked: true }), second])).toEqual([]);
  });

  test('never says why a journey has ended', () => {
    const said = ['isRevoked', 'isJourneyOver'].map((end) =>
      journeyFaults(
        defaultSettings,
        { councillorId: 'me' },
        { stages: [stage({ [end]: true })], continuedBy: null },
      ),
    );
    expect(said[0]).toEqual(said[1]);
    expect(JSON.stringify(said)).not.toMatch(/proceeding|adopt|revok/i);
  });

  test('starts the day after the one before at the earliest', () => {
    expect(faultsOf([stage()], { from: '2026-04-14', to: '2026-05-01' })).toEqual(['window.from']);
    expect(faultsOf([stage()], { from: '2026-01-01', to: '2026-01-10' })).toEqual(['window.from']);
    expect(faultsOf([stage()], { from: '2026-04-15', to: '2026-05-01' })).toEqual([]);
  });

  test('ends six months after the first began, to the day, gaps and every stage between included', () => {
    expect(faultsOf([stage()], { from: '2026-04-15', to: '2026-07-14' })).toEqual([]);
    expect(faultsOf([stage()], { from: '2026-04-15', to: '2026-07-15' })).toEqual(['window.to']);
    const second = stage({ window: { from: '2026-04-20', to: '2026-05-20' } });
    expect(faultsOf([stage(), second], { from: '2026-07-01', to: '2026-07-14' })).toEqual([]);
    expect(faultsOf([stage(), second], { from: '2026-07-01', to: '2026-07-15' })).toEqual(['window.to']);
  });

  test('waits for an attendance at the one before, or for its end: its last day, or the end of the grant or the journey', () => {
    const before = { to: '2026-04-14', endedAt: null, observedAt: null };
    expect(isTooEarly(before, '2026-04-14')).toBe(true);
    expect(isTooEarly(before, '2026-04-15')).toBe(false);
    expect(isTooEarly({ ...before, observedAt: new Date('2026-01-20T12:00:00Z') }, '2026-02-01')).toBe(false);
    expect(isTooEarly({ ...before, endedAt: new Date('2026-01-31') }, '2026-02-01')).toBe(false);
  });
});
