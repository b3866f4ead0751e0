/**
 * A slip in the register that is corrected beside the original: a seat lost that was recorded by mistake, a day of
 * training or of an appointment. What is on record since reads as if it had been right; what was allowed until then is
 * judged by what the register held then. Source: need-to-know.md, sections 6 and 6a.
 */
import { addDays } from '../../core/time/london.js';
import type { Since } from '../../core/time/spans.js';
import { lapsesAfterDefeat } from '../defeat.js';
import type { Councillor, Training } from '../member.js';

/** What was wrong, and what is right in its place. */
export type RegisterSlip =
  | {
      readonly of: 'defeat';
      /** The day of the poll. */
      readonly poll: string;
      /** The last day of the term as it was before the loss was recorded; null where none was set. */
      readonly to: string | null;
    }
  | { readonly of: 'training'; readonly was: Training; readonly is: Training }
  | { readonly of: 'appointment'; readonly id: string; readonly from: string; readonly to: string | null };

type Entry = Pick<Councillor, 'term' | 'defeat' | 'appointments' | 'training'>;

const isSame = (one: Training, other: Training): boolean =>
  one.kind === other.kind && one.completed === other.completed && one.expires === other.expires;

const withoutDefeat = <E extends Pick<Entry, 'term' | 'defeat'>>(
  entry: E,
  { poll, to }: { readonly poll: string; readonly to: string | null },
): E => {
  if (entry.defeat?.poll !== poll) return entry;
  // A last day that was entered since is another fact.
  const isCut = entry.term.to === addDays(lapsesAfterDefeat({ poll }), -1);
  return { ...entry, defeat: null, term: isCut ? { ...entry.term, to } : entry.term };
};

/** An entry of the register as it reads without the slip. */
export const withoutSlip = <E extends Entry>(entry: E, slip: RegisterSlip): E => {
  switch (slip.of) {
    case 'defeat':
      return withoutDefeat(entry, slip);
    case 'training':
      return {
        ...entry,
        training: entry.training.map((each) => (isSame(each, slip.was) ? slip.is : each)),
      };
    case 'appointment':
      return {
        ...entry,
        appointments: entry.appointments.map((each) =>
          each.id === slip.id ? { ...each, from: slip.from, to: slip.to } : each,
        ),
      };
  }
};

/** Of a loss of the seat that never was: the term had the last day that it had before. */
export const slipOfDefeat = (
  register: readonly Since<Pick<Entry, 'term' | 'defeat'>>[],
  { poll }: { readonly poll: string },
): RegisterSlip & { readonly of: 'defeat' } => {
  const first = register.findIndex(({ value }) => value.defeat?.poll === poll);
  const lost = register[first]?.value;
  const before = register.slice(0, Math.max(first, 0)).at(-1)?.value;
  const to = before && before.term.from === lost?.term.from ? before.term.to : (lost?.term.to ?? null);
  return { of: 'defeat', poll, to };
};

/** The membership without the loss. */
export const membershipWithout = withoutDefeat;

/** An entry beside what it corrects in those before. */
export interface Corrects {
  readonly corrects?: RegisterSlip | undefined;
}

/** What the register held, oldest first, as it reads since the slips in it were corrected that were known at that moment. */
export const asCorrected = <E extends Entry & Corrects>(
  register: readonly Since<E>[],
  at: Date,
): readonly Since<E>[] =>
  register.map((fact, index) => ({
    ...fact,
    value: register
      .slice(index + 1)
      .flatMap((later) => (later.at <= at && later.value.corrects ? [later.value.corrects] : []))
      .reduce(withoutSlip, fact.value),
  }));

/** Whether something in it was corrected by then. */
export const isCorrected = (register: readonly Since<Corrects>[], at: Date): boolean =>
  register.some((fact) => fact.at <= at && fact.value.corrects !== undefined);
