/** The calendar: the nation, and GOV.UK's list of bank holidays, compared with the known days and imported. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { authorise } from '../../../policies/permission/ability.js';
import { authoriseTo } from '../../../policies/permission/permit.js';
import { keepSettings } from '../../../policies/settings/commands.js';
import { Conflict, Invalid } from '../../../policies/core/refusals.js';
import { nations } from '../../../policies/settings/bank-holidays.js';
import { settingsBody } from '../shapes.js';
import { largestList, readList } from '../read-list.js';
import type { Ctx } from '../../case/ctx.js';
import { paths } from '../../web/paths.js';
import { presentSettings } from '../present.js';
import { changeSettings } from '../change-settings.js';
import { compareHolidays, importHolidays, type ListedHolidays } from '../import-holidays.js';
import { readSettings } from '../read-settings.js';
import { validate, asFormErrors } from '../../web/pages/faults.js';
import { entered, given, number } from '../../web/pages/form.js';
import { page, type Kept, type SentFile } from '../../web/pages/page.js';
import { nationSays } from './words.js';

const params = z.strictObject({});
const keep = (ctx: Ctx): void => {
  authorise(ctx.ability, 'read', { kind: 'Settings' });
  authoriseTo(keepSettings, ctx, { kind: 'Settings' });
};

const nationBody = settingsBody.pick({ revision: true }).extend({ nation: z.enum(nations) });

const calendarPage = page({
  path: paths.calendarSettings,
  params,
  view: 'settings/views/calendar',
  async load(ctx) {
    keep(ctx);
    const { revision, nation } = presentSettings(ctx, await readSettings(ctx));
    return { revision, nation, nations: nations.map((value) => ({ value, text: nationSays[value] })) };
  },
  form: {
    body: nationBody,
    read: (form) =>
      validate(nationBody, given({ revision: number(form, 'revision'), nation: entered(form, 'nation') })),
    async act(ctx, { body }) {
      await asFormErrors(() => changeSettings(ctx, body));
      return `${paths.settings}?done=calendar`;
    },
  },
});

/** For how long a list that was looked at waits to be taken over: half an hour. */
const waits = 30 * 60 * 1000;

const day = z.strictObject({ date: z.string(), title: z.string() });
const waiting = z.strictObject({
  digest: z.string(),
  at: z.number(),
  listed: z.strictObject({
    england_and_wales: z.array(day),
    scotland: z.array(day),
    northern_ireland: z.array(day),
  }),
});

const waitingIn = (kept: Kept, now: Date): { digest: string; listed: ListedHolidays } | null => {
  const read = waiting.safeParse(kept.get('holidays'));
  return read.success && now.getTime() - read.data.at < waits ? read.data : null;
};

const onFile = (message: string): Invalid => new Invalid([{ field: 'file', message }]);

const listIn = (file: SentFile): ListedHolidays => {
  let sent: unknown;
  try {
    sent = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file.bytes));
  } catch {
    throw onFile('This file cannot be read as JSON in UTF-8');
  }
  try {
    return readList(sent);
  } catch (error) {
    throw error instanceof Invalid ? atFile(error) : error;
  }
};

/** Every fault is the one field's of the page. */
const atFile = ({ errors }: Invalid): Invalid =>
  new Invalid(errors.map(({ field, message }) => ({ field: 'file', message: `${naming(field)}${message}` })));

const naming = (field: string): string =>
  Object.hasOwn(nationSays, field) ? `${nationSays[field as keyof typeof nationSays]}: ` : '';

const importPage = page({
  path: paths.importHolidays,
  params,
  view: 'settings/views/import',
  load: async (ctx) => {
    keep(ctx);
    return {};
  },
  form: {
    upload: largestList,
    body: z.strictObject({}),
    read(_form, { file }) {
      if (!file) throw onFile('Select a file');
      return {};
    },
    changes: false,
    async act(ctx, { file, kept }) {
      if (!file) throw new Error('A form without a file went through.');
      keep(ctx);
      const listed = listIn(file);
      try {
        await compareHolidays(ctx, listed);
      } catch (error) {
        throw error instanceof Invalid ? atFile(error) : error;
      }
      const digest = createHash('sha256').update(file.bytes).digest('hex');
      kept.set('holidays', { digest, at: ctx.now().getTime(), listed });
      return paths.checkHolidays;
    },
  },
});

const checkBody = z.strictObject({ digest: z.string().max(64), revision: z.int().min(0).max(2_147_483_647) });

const checkPage = page({
  path: paths.checkHolidays,
  params,
  view: 'settings/views/check',
  async load(ctx, { kept }) {
    keep(ctx);
    const list = waitingIn(kept, ctx.now());
    if (!list) return { digest: null };
    const { revision, changes, moves } = await compareHolidays(ctx, list.listed);
    return {
      digest: list.digest,
      revision,
      moves,
      changes: changes.map(({ nation, date, name }) => ({ nation: nationSays[nation], date, name })),
    };
  },
  form: {
    body: checkBody,
    read: (form) => given({ digest: entered(form, 'digest'), revision: number(form, 'revision') }),
    async act(ctx, { body, kept }) {
      const list = waitingIn(kept, ctx.now());
      if (list?.digest !== body.digest) {
        throw new Conflict('Another file was chosen since, or it was too long ago. Choose the file again.');
      }
      await asFormErrors(async () => {
        await importHolidays(ctx, list.listed, body.revision);
        return '';
      });
      kept.set('holidays', undefined);
      return `${paths.settings}?done=calendar`;
    },
  },
});

export const calendarPages = [calendarPage, importPage, checkPage];
