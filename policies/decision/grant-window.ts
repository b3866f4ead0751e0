/**
 * The window of a grant. Source: need-to-know.md, sections 4 and 6: by default the request's window, never wider than
 * the one asked for and assessed, and never in the past: nobody approves anything after the event.
 */
import { inDays } from '../core/words/in-days.js';
import { invalid } from '../core/rules.js';
import type { DateSpan } from '../core/time/spans.js';

/** The latest of some days. */
const latest = (...days: readonly string[]): string => days.toSorted().at(-1) ?? '';

/**
 * The window of what is ordered: the offices settle its days within the order, also outside the days first asked for.
 * @param today in London
 * @throws Invalid where it begins before today, or ends before it begins
 */
export const orderedWindow = (
  asked: DateSpan | undefined,
  given: { readonly from?: string | undefined; readonly to?: string | undefined },
  today: string,
): DateSpan => {
  const from = given.from ?? latest(asked?.from ?? today, today);
  const to = given.to ?? asked?.to ?? from;
  const errors = [
    ...(from < today ? [{ field: 'from', message: 'Choose today or a later day.' }] : []),
    ...(to < from || to < today
      ? [{ field: 'to', message: `Choose ${inDays(latest(from, today))} or a later day.` }]
      : []),
  ];
  if (errors.length > 0) throw invalid('grant_window', errors);
  return { from, to };
};

/**
 * @param asked the window of the request, which is not over: the command of the decision sees to that
 * @param given what Legal narrows it to; either end may be left out
 * @param today in London
 * @throws Invalid where the given one leaves it
 */
export const grantWindow = (
  asked: DateSpan,
  given: { readonly from?: string | undefined; readonly to?: string | undefined },
  today: string,
): DateSpan => {
  const earliest = asked.from > today ? asked.from : today;
  const window = { from: given.from ?? earliest, to: given.to ?? asked.to };
  const errors = [
    ...(window.from < earliest || window.from > asked.to
      ? [{ field: 'from', message: `Choose a day from ${inDays(earliest)} to ${inDays(asked.to)}.` }]
      : []),
    ...(window.to > asked.to || window.to < window.from
      ? [{ field: 'to', message: `Choose a day from ${inDays(window.from)} to ${inDays(asked.to)}.` }]
      : []),
  ];
  if (errors.length > 0) throw invalid('grant_window', errors);
  return window;
};
