import { inTransaction } from '../../db/core/connection.js';
import { setRetention } from '../../db/retention/retention.js';
import { keepChoices, lockSettings } from '../../db/settings/settings.js';
import { authorise } from '../../policies/permission/ability.js';
import { assertUnhindered, authoriseTo } from '../../policies/permission/permit.js';
import { isInSigns } from '../../policies/settings/case-references.js';
import { keepSettings } from '../../policies/settings/commands.js';
import { retentionKinds } from '../../policies/retention/retention.js';
import { invalid } from '../../policies/core/rules.js';
import { settingsOf } from '../../policies/settings/settings.js';
import {
  differencesOf,
  faultsOfChange,
  withChange,
  type Difference,
  type SettingsChange,
} from '../../policies/settings/settings-keeping.js';
import type { Ctx } from '../case/ctx.js';
import { moveDeadlines } from '../deadline/follows/move-deadlines.js';
import { screened } from '../case/screened.js';
import { asKeeper, record } from '../case/record.js';

/** The subject of every entry about the settings. */
export const settingsSubject = 'settings';

const labelsIn = ({
  types = {},
  names = {},
  adopted,
  caseReferences,
}: SettingsChange): Record<string, string | undefined> =>
  Object.fromEntries([
    ...Object.entries(types).map(([key, choice]) => [`types.${key}.label`, choice?.label]),
    ...Object.entries(names).map(([thing, name]) => [`names.${thing}`, name ?? undefined]),
    ...(caseReferences?.prefixes ?? []).map(
      (word, index) => [`caseReferences.prefixes.${index}`, word] as const,
    ),
    ...(caseReferences?.patterns ?? []).flatMap((pattern, index) =>
      isInSigns(pattern) ? [] : [[`caseReferences.patterns.${index}`, pattern] as const],
    ),
    ...(adopted
      ? [
          ['adopted.link', adopted.link] as const,
          ...Object.entries(adopted.paragraphs).map(
            ([key, text]) => [`adopted.paragraphs.${key}`, text] as const,
          ),
        ]
      : []),
  ]);

const isWords = (setting: string): boolean =>
  setting.endsWith('.label') ||
  ['names.', 'adopted.', 'caseReferences.'].some((group) => setting.startsWith(group));

/** Words are kept apart, where they may be erased: the trail has in clear which setting it was. */
const inClear = (differences: readonly Difference[]) =>
  differences.map(({ setting, was, became }) => (isWords(setting) ? { setting } : { setting, was, became }));

const inWords = (differences: readonly Difference[]) =>
  Object.fromEntries(
    differences.flatMap(({ setting, became }) => (isWords(setting) ? [[setting, became]] : [])),
  );

/**
 * Democratic Services change the council's settings. Running deadlines move to their new day, and each move is
 * stored; a deadline that is over stays as it was.
 * @param revision the last change that the caller knows: if it is not the newest, somebody made another one since
 * @returns the number of the change; the earlier number if nothing changed
 * @throws Invalid, naming the field; Conflict
 */
export const changeSettings = (
  ctx: Ctx,
  { revision, ...change }: SettingsChange & { readonly revision: number },
): Promise<string> => {
  screened(ctx, { ...labelsIn(change), 'adopted.title': change.adopted?.title }, { isOfCouncil: true });
  return inTransaction(ctx.db, async (trx) => {
    authorise(ctx.ability, 'read', { kind: 'Settings' });
    authoriseTo(keepSettings, ctx, { kind: 'Settings' });
    const { revision: newest, settings: before } = await lockSettings(trx);
    assertUnhindered(keepSettings, { kind: 'Settings' }, { revision, newest });
    const faults = faultsOfChange(before.choices, change);
    if (faults.length > 0) throw invalid('settings', faults);
    const choices = withChange(before.choices, change);
    const differences = differencesOf(before.choices, choices);
    if (differences.length === 0) return String(newest);

    const acting = asKeeper(ctx.actor);
    const at = ctx.now();
    const made = await keepChoices(trx, choices, {
      at,
      personId: ctx.actor.id,
      office: 'democratic_services',
      capacity: acting?.capacity ?? 'principal',
    });
    for (const kind of retentionKinds) {
      const months = change.retention?.[kind];
      if (months !== undefined) await setRetention(trx, kind, months);
    }
    const words = inWords(differences);
    record(trx, ctx, acting, {
      type: 'settings.changed',
      subject: settingsSubject,
      decision: { revision: made, changed: inClear(differences) },
      ...(Object.keys(words).length > 0 ? { details: words } : {}),
    });
    const after = settingsOf(choices, made);
    const because = before.choices.nation === choices.nation ? 'settings' : 'calendar';
    await moveDeadlines(trx, { ...ctx, settings: after }, { before, after, because, revision: made });
    return String(made);
  });
};
