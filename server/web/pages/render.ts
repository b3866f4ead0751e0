import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import nunjucks from 'nunjucks';
import { defeatLapsesAfterDays } from '../../../policies/register/defeat.js';
import { londonDate, londonTime } from '../../../policies/core/time/london.js';
import { numberOf } from '../../../policies/core/words/number-of.js';
import { oldestDateYears } from '../../../policies/core/words/screening.js';
import type { Adopted } from '../../../policies/settings/adopted.js';
import { paths } from '../paths.js';
import { authorityLink } from './authority/link.js';
import { inDays } from '../../../policies/core/words/in-days.js';
import { groundInWords, inWords, limitInWords, questionInWords } from './words.js';

const require = createRequire(import.meta.url);
const folderOf = (file: string) => path.dirname(require.resolve(file));

/** The folders of the packages whose templates and assets are served. */
export const packages = {
  govuk: folderOf('govuk-frontend/dist/govuk/template.njk'),
  moj: path.join(folderOf('@ministryofjustice/frontend/moj/init.js')),
};

/** `2 April 2026`, of a date or an instant, as it is in London. */
const dayOf = (given: string | Date): string => {
  const date =
    given instanceof Date ? londonDate(given) : given.includes('T') ? londonDate(new Date(given)) : given;
  return inDays(date);
};

/** `2 April 2026 at 10:05`, in London. */
const inDaysAndTime = (given: string | Date): string => {
  const instant = new Date(given);
  return `${dayOf(instant)} at ${londonTime(instant)}`;
};

export type Render = (view: string, model: object) => string;

/**
 * Renders a view with a model. Templates are compiled once, and escape the values.
 * @param shared values for every page, such as the council's name
 */
export const renderer = (shared: object): Render => {
  const views = path.join(path.dirname(fileURLToPath(import.meta.url)), 'views');
  const loader = new nunjucks.FileSystemLoader(
    [
      views,
      path.resolve(views, '../../..'),
      path.dirname(packages.govuk),
      packages.govuk,
      path.dirname(packages.moj),
    ],
    {
      noCache: false,
      watch: false,
    },
  );
  const environment = new nunjucks.Environment(loader, {
    autoescape: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  // A type has the name that this council gives it. Rendering never waits, so no other council's name can come
  // between.
  let named: Readonly<Record<string, string>> = {};
  let adopted: Adopted | null = null;
  environment.addFilter('words', (code: string) =>
    Object.hasOwn(named, code) ? named[code] : inWords(code),
  );
  environment.addFilter('authority', (cites: string) => authorityLink(cites, adopted));
  environment.addFilter('ground', groundInWords);
  environment.addFilter('limit', limitInWords);
  environment.addFilter('asks', questionInWords);
  environment.addFilter('date', dayOf);
  environment.addFilter('dateTime', inDaysAndTime);
  environment.addFilter('iso', (given: string | Date) => new Date(given).toISOString());
  environment.addFilter('mojDate', (given: string | Date, kind?: string) =>
    kind === 'date' ? dayOf(given) : inDaysAndTime(given),
  );
  environment.addFilter('numberOf', numberOf);
  environment.addGlobal('paths', paths);
  // Limits that no council sets: fixed by law or by design, each with its source at its definition.
  environment.addGlobal('fixed', { oldestDateYears, defeatLapsesAfterDays });
  for (const [name, value] of Object.entries(shared)) environment.addGlobal(name, value);
  return (view, model) => {
    named = 'typeLabels' in model ? (model.typeLabels as typeof named) : {};
    adopted = 'adopted' in model ? (model.adopted as typeof adopted) : null;
    return environment.render(`${view}.njk`, model);
  };
};
