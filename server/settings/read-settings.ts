import { retentionSchedule } from '../../db/retention/retention.js';
import { settingsHistory, type InForce } from '../../db/settings/settings.js';
import { authorise } from '../../policies/permission/ability.js';
import type { Schedule } from '../../policies/retention/retention.js';
import { defaultSettings, noChoices, settingsOf } from '../../policies/settings/settings.js';
import { differencesOf, type Difference } from '../../policies/settings/settings-keeping.js';
import type { Ctx } from '../case/ctx.js';

export interface SettingsRead extends Pick<InForce, 'revision' | 'settings'> {
  readonly schedule: Schedule;
  /** The last changes, newest first: of the schedule the trail tells. */
  readonly history: readonly {
    readonly revision: number;
    readonly at: Date;
    readonly by: string;
    readonly differences: readonly Difference[];
  }[];
}

/** How many changes are shown; the trail has all of them. */
const shown = 50;

/**
 * The council's settings, with who changed them and when. None of it is confidential, so the trail does not record a
 * reading.
 */
export const readSettings = async (ctx: Ctx): Promise<SettingsRead> => {
  authorise(ctx.ability, 'read', { kind: 'Settings' });
  const history = await settingsHistory(ctx.db, shown);
  const [last] = history;
  return {
    revision: last?.revision ?? 0,
    settings: last ? settingsOf(last.choices, last.revision) : defaultSettings,
    schedule: await retentionSchedule(ctx.db),
    history: history.map(({ choices, before, ...change }) => ({
      ...change,
      differences: differencesOf(before ?? noChoices, choices),
    })),
  };
};
