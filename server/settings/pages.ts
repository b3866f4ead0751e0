/** A council's settings: deadlines, calendar, names and limits of types, retention; and who changed what. */
import { z } from 'zod';
import { authorise } from '../../policies/permission/ability.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { keepSettings } from '../../policies/settings/commands.js';
import { periods as defaultPeriods } from '../../policies/core/time/deadlines.js';
import { observationType, observationTypeKeys } from '../../policies/core/observation-types.js';
import { namedThings } from '../../policies/settings/settings.js';
import { defaultSchedule, retentionKinds } from '../../policies/retention/retention.js';
import {
  boundsOf,
  limitsOf,
  longestChoice,
  longestLabel,
  periodKeys,
  retentionBounds,
} from '../../policies/settings/settings-keeping.js';
import { settingsBody } from './shapes.js';
import type { Ctx } from '../case/ctx.js';
import { paths } from '../web/paths.js';
import { presentSettings } from './present.js';
import { changeSettings } from './change-settings.js';
import { readSettings } from './read-settings.js';
import { validate, asFormErrors, type FieldNames } from '../web/pages/faults.js';
import { entered, given, number, type Form } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { adoptedPage } from './pages/adopted.js';
import { calendarPages } from './pages/calendar.js';
import { casesPage } from './pages/cases.js';
import { barsPage } from './pages/bars.js';
import { governancePage } from './pages/governance.js';
import { namesPage } from './pages/names.js';
import {
  barSays,
  clearDaysSays,
  differenceInWords,
  governanceSays,
  limitSays,
  nationSays,
  periodSays,
  retentionSays,
  usualName,
} from './pages/words.js';
import { deadlinesHere, retentionTimesHere } from './commands.js';

const params = z.strictObject({});

const done = [
  'deadlines',
  'types',
  'names',
  'adopted',
  'bars',
  'cases',
  'retention',
  'calendar',
  'governance',
];

const shown = async (ctx: Ctx) => presentSettings(ctx, await readSettings(ctx));

/** The settings as they stand, for a form. @throws Forbidden */
const toChange = (ctx: Ctx) => {
  authorise(ctx.ability, 'read', { kind: 'Settings' });
  authoriseTo(keepSettings, ctx, { kind: 'Settings' });
  return shown(ctx);
};

const settingsPage = page({
  path: paths.settings,
  params,
  view: 'settings/views/index',
  async load(ctx, { query }) {
    const { history, periods, nation, retention, ...settings } = await shown(ctx);
    return {
      ...settings,
      nation: nationSays[nation],
      governance: governanceSays[settings.governance],
      clearDays: clearDaysSays[settings.clearDays],
      periods: periodKeys.map((key) => ({ says: periodSays[key], days: periods[key] })),
      retention: retentionKinds.map((kind) => ({ says: retentionSays[kind], months: retention[kind] })),
      names: namedThings.flatMap((thing) => {
        const name = settings.names[thing];
        return name === undefined ? [] : [{ says: usualName(thing), name }];
      }),
      neverObserved: settings.neverObserved.map((bar) => barSays[bar]),
      types: settings.types.map((type) => ({
        ...type,
        limits: Object.entries(type.limits).map(([limit, value]) => ({ says: limitSays[limit], value })),
      })),
      history: history.map((change) => ({
        ...change,
        changed: change.changed.map((each) => differenceInWords(each, ctx.settings)),
      })),
      done: done.includes(query['done'] ?? '') ? query['done'] : null,
    };
  },
});

/** The last part of a name such as `periods.decide`: the name of the page's field. */
const lastPart = (field: string): string => field.split('.').at(-1) ?? field;
const fieldNames: FieldNames = { named: lastPart };

const numbersIn = (form: Form, names: readonly string[]): object =>
  given(Object.fromEntries(names.map((name) => [name, number(form, name)])));

const deadlinesPage = page({
  ...deadlinesHere.page,
  view: 'settings/views/deadlines',
  async load(ctx) {
    const { revision, periods } = await toChange(ctx);
    return {
      revision,
      longest: longestChoice,
      fields: periodKeys.map((key) => ({
        name: key,
        says: periodSays[key],
        value: periods[key],
        usual: defaultPeriods[key],
      })),
    };
  },
  form: {
    body: deadlinesHere.body,
    read: (form) =>
      validate(
        deadlinesHere.body,
        { ...given({ revision: number(form, 'revision') }), periods: numbersIn(form, periodKeys) },
        fieldNames,
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => changeSettings(ctx, body), fieldNames);
      return `${paths.settings}?done=deadlines`;
    },
  },
});

const retentionPage = page({
  ...retentionTimesHere.page,
  view: 'settings/views/retention',
  async load(ctx) {
    const { revision, retention } = await toChange(ctx);
    return {
      revision,
      fields: retentionKinds.map((kind) => ({
        name: kind,
        says: retentionSays[kind],
        value: retention[kind],
        usual: defaultSchedule[kind],
        ...retentionBounds[kind],
      })),
    };
  },
  form: {
    body: retentionTimesHere.body,
    read: (form) =>
      validate(
        retentionTimesHere.body,
        { ...given({ revision: number(form, 'revision') }), retention: numbersIn(form, retentionKinds) },
        fieldNames,
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => changeSettings(ctx, body), fieldNames);
      return `${paths.settings}?done=retention`;
    },
  },
});

const typeParams = z.strictObject({ type: z.enum(observationTypeKeys) });

const typePage = page({
  path: paths.typeSetting(':type') as `/${string}`,
  params: typeParams,
  view: 'settings/views/type',
  async load(ctx, { params: { type: key } }) {
    const { revision, types } = await toChange(ctx);
    const type = types.find((each) => each.key === key);
    const usual = observationType(key);
    return {
      revision,
      usual: usual.label,
      label: type?.label ?? '',
      longestLabel,
      fields: limitsOf(key).map((limit) => ({
        name: limit,
        says: limitSays[limit],
        value: type?.limits[limit],
        usual: usual[limit],
        ...boundsOf(limit),
      })),
    };
  },
  form: {
    body: settingsBody,
    read: (form, { params: { type: key } }) =>
      validate(
        settingsBody,
        {
          ...given({ revision: number(form, 'revision') }),
          types: {
            [key]: {
              ...given({ label: entered(form, 'label')?.trim() ?? '' }),
              ...numbersIn(form, limitsOf(key)),
            },
          },
        },
        fieldNames,
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => changeSettings(ctx, body), fieldNames);
      return `${paths.settings}?done=types`;
    },
  },
});

export const settingsPages = [
  settingsPage,
  deadlinesPage,
  retentionPage,
  namesPage,
  adoptedPage,
  governancePage,
  barsPage,
  casesPage,
  typePage,
  ...calendarPages,
];
