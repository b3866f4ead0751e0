import { capitalised } from '../../policies/core/words/capitalised.js';

/** Data of any shape for a page: facts in lists, nested data under headings. */

/** How a template writes it: a moment, a day, a code in words, or as it was typed. */
type Kind = 'instant' | 'day' | 'code' | 'text';

interface Fact {
  readonly label: string;
  readonly values: readonly { readonly kind: Kind; readonly value: string }[];
}

export interface Parts {
  readonly facts: readonly Fact[];
  readonly within: readonly { readonly label: string; readonly items: readonly Item[] }[];
}

interface Item extends Parts {
  /** Where there are several: its reference, or its number among them. */
  readonly label: string | null;
}

const kinds: readonly (readonly [Kind, RegExp])[] = [
  ['instant', /^\d{4}-\d\d-\d\dT[\d:.]+Z$/],
  ['day', /^\d{4}-\d\d-\d\d$/],
  ['code', /^[a-z]+(?:_[a-z]+)+$|^[a-z]+$/],
];

type Scalar = string | number | boolean;
const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const said = (value: Scalar): Fact['values'][number] => {
  if (typeof value === 'boolean') return { kind: 'text', value: value ? 'Yes' : 'No' };
  const text = String(value);
  return { kind: kinds.find(([, form]) => form.test(text))?.[0] ?? 'text', value: text };
};

/** `arrivedAt` as `Arrived at`. */
const labelOf = (key: string): string =>
  capitalised(
    key
      .replaceAll('_', ' ')
      .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
      .trim(),
  );

/** How a value of a field is said, where its code has words of its own. */
type Saying = (key: string, value: string) => string;
const asItIs: Saying = (_key, value) => value;

const itemOf = (
  object: Readonly<Record<string, unknown>>,
  { place, of, saying }: { readonly place: number; readonly of: number; readonly saying: Saying },
): Item => {
  const { reference } = object;
  const label = typeof reference === 'string' && of > 1 ? reference : of > 1 ? String(place + 1) : null;
  return { label, ...partsOf(object, saying) };
};

/** Leaves out empty values: a page says what is there. */
export const partsOf = (object: Readonly<Record<string, unknown>>, saying: Saying = asItIs): Parts => {
  const facts: Fact[] = [];
  const within: { label: string; items: Item[] }[] = [];
  for (const [key, value] of Object.entries(object)) {
    const values = Array.isArray(value) ? value : [value];
    const scalars = values.filter(isScalar);
    const objects = values.filter(isObject);
    if (scalars.length > 0)
      facts.push({
        label: labelOf(key),
        values: scalars.map((each) => said(typeof each === 'string' ? saying(key, each) : each)),
      });
    const items = objects.map((each, place) => itemOf(each, { place, of: objects.length, saying }));
    if (items.length > 0) within.push({ label: labelOf(key), items });
  }
  return { facts, within };
};
