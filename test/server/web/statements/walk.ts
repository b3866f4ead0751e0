import { randomUUID } from 'node:crypto';
import { addDays, londonDate } from '../../../../policies/core/time/london.js';
import type { Reader, Sheet } from '../../../support/browser-less.js';
import type { Account, Answer, Council } from '../../../support/council.js';
import { expectOk } from '../../../support/line.js';
import type { Counting } from '../../../support/statements.js';

export type Fields = Readonly<Record<string, string>>;

/** A council whose calls are counted, by the API and on pages; a call that is refused ends the walk. */
export interface Walk {
  readonly council: Council;
  /** Posts under an `Idempotency-Key`, as a careful client does: to claim one is a statement more. */
  readonly post: (by: Account, path: string, body?: object) => Promise<Answer>;
  readonly put: (by: Account, path: string, body?: object) => Promise<Answer>;
  readonly patch: (by: Account, path: string, body: object) => Promise<Answer>;
  readonly remove: (by: Account, path: string) => Promise<Answer>;
  /** Opens a page, fills its form in and sends it; what it leads to. */
  readonly fill: (by: Account, path: string, fields?: Fields) => Promise<Sheet>;
  readonly reader: (by: Account) => Promise<Reader>;
  /** A day so many days from the council's own. */
  readonly day: (days: number) => string;
  /** The three fields of that day on a form. */
  readonly dated: (field: string, days: number) => Fields;
}

/** @throws where a page answers with a refusal, or shows its form again with faults */
export const shown = (sheet: Sheet): Sheet => {
  if (sheet.status >= 400) throw new Error(`${sheet.path} is refused with ${sheet.status}: ${sheet.text}`);
  return sheet;
};

export const walking = ({ counted: council, reader }: Counting): Walk => {
  const day = (days: number) => addDays(londonDate(council.clock), days);
  const dated = (field: string, days: number): Fields => {
    const [year = '', month = '', date = ''] = day(days).split('-');
    return { [`${field}-day`]: date, [`${field}-month`]: month, [`${field}-year`]: year };
  };
  return {
    council,
    reader,
    day,
    dated,
    post: async (by, path, body = {}) =>
      expectOk(await (await council.as(by)).post(path, body, { 'Idempotency-Key': randomUUID() })),
    put: async (by, path, body = {}) => expectOk(await (await council.as(by)).put(path, body)),
    patch: async (by, path, body) => expectOk(await (await council.as(by)).patch(path, body)),
    remove: async (by, path) => expectOk(await (await council.as(by)).delete(path)),
    fill: async (by, path, fields = {}) => {
      const who = await reader(by);
      const page = shown(await who.open(path));
      return shown(await who.submit(fields, page));
    },
  };
};
