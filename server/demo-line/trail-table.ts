import type { Json } from '../../db/audit/leaf.js';
import { londonDate } from '../../policies/core/time/london.js';
import { officeSays } from '../../policies/core/office-names.js';
import type { Office } from '../../policies/core/office.js';
import type { Person } from './client.js';

/** One entry of the trail, as the service gives it. */
export interface TrailEntry {
  readonly at: string;
  readonly type: string;
  readonly actor: string;
  readonly actorName?: string | null;
  readonly office: Office | null;
  readonly capacity: string | null;
  readonly decision?: { readonly [key: string]: Json };
  readonly reasons?: string;
}

/** Everything on the trail about one request, page by page, oldest first. */
export const trailOf = async (reader: Person, reference: string): Promise<TrailEntry[]> => {
  const entries: TrailEntry[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ subject: reference, limit: '25', ...(cursor ? { cursor } : {}) });
    const page: { readonly items: readonly TrailEntry[]; readonly next: string | null } = await reader.call(
      `${reader.name} reads the trail of ${reference}`,
      'GET',
      `/api/audit?${query.toString()}`,
    );
    entries.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return entries.toReversed();
};

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeStyle: 'medium' });
const time = (at: string): string => `${londonDate(new Date(at))} ${clock.format(new Date(at))}`;

const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 3).trimEnd()}...`;

/** Facts that are obvious, or that have their own column. */
const unsaid = new Set([
  'version',
  'changed',
  'byDefault',
  'question',
  'answer',
  'outcome',
  'privileged',
  'meeting',
]);

const isSpan = (value: Json): value is { readonly from: string; readonly to: string } =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value;

const plain = (value: Json): string => {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(plain).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  if (isSpan(value)) return `${value.from} to ${value.to}`;
  const pairs = Object.entries(value as { readonly [key: string]: Json });
  const values = new Set(pairs.map(([, each]) => plain(each)));
  const [only] = values;
  // Six alternatives that are all insufficient read better as one.
  return values.size === 1 && pairs.length > 2
    ? `all ${only}`
    : pairs.map(([key, each]) => `${key} ${plain(each)}`).join(', ');
};

const outcome = ({ decision = {} }: TrailEntry): string =>
  [
    ...(typeof decision['question'] === 'string'
      ? [`${decision['question']}: ${plain(decision['answer'] ?? null)}`]
      : []),
    ...(typeof decision['outcome'] === 'string' ? [decision['outcome']] : []),
    ...Object.entries(decision)
      .filter(([key, value]) => !unsaid.has(key) && value !== null && plain(value) !== 'none')
      .map(([key, value]) => `${key} ${plain(value)}`),
  ].join('; ');

const words = (code: string): string => code.replaceAll(/[._]/g, ' ');

const columns: readonly {
  readonly title: string;
  readonly widest: number;
  readonly of: (entry: TrailEntry) => string;
}[] = [
  { title: 'Time', widest: 19, of: ({ at }) => time(at) },
  // Everybody of the demonstration is marked as such; once above the table is enough.
  {
    title: 'Who',
    widest: 22,
    of: ({ actor, actorName }) => (actorName ?? actor).replace(' (demonstration)', ''),
  },
  {
    title: 'For which office',
    widest: 32,
    of: ({ office, capacity }) => (office ? `${officeSays[office]}, ${capacity ?? ''}` : '-'),
  },
  { title: 'What', widest: 22, of: ({ type }) => words(type) },
  { title: 'Decision', widest: 60, of: outcome },
  { title: 'Reasons', widest: 56, of: ({ reasons = '' }) => reasons.replaceAll('\n', ' ') },
];

const isMail = ({ type }: TrailEntry): boolean => type.startsWith('message.');

/** The entries as a table of plain text; messages are many and alike, so they are counted beneath it. */
export const table = (entries: readonly TrailEntry[]): string => {
  const steps = entries.filter((entry) => !isMail(entry));
  const rows = steps.map((entry) => columns.map(({ of, widest }) => shortened(of(entry), widest)));
  const titles = columns.map(({ title }) => title);
  const widths = titles.map((title, place) =>
    Math.max(title.length, ...rows.map((row) => row[place]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, place) => cell.padEnd(widths[place] ?? 0)).join('  ')}`.trimEnd();
  return [
    line(titles),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map(line),
    line([`and ${entries.length - steps.length} messages sent`]),
  ].join('\n');
};
