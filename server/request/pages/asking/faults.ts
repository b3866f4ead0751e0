import type { FieldError } from '../../../../policies/core/refusals.js';
import { inDays } from '../../../web/pages/days.js';

const instead: Readonly<Record<string, string>> = {
  'declarations.collateralPurpose': 'Say whether there is another purpose.',
  'declarations.connection':
    'Say whether there is a link to the family, staff, agency or alleged perpetrator.',
  'declarations.documents': 'Say whether papers are wanted as well.',
};

const absent: Readonly<Record<string, string>> = {
  kind: 'Say what gives the purpose its authority.',
  from: 'Enter the first day.',
  to: 'Enter the last day.',
  category: 'Say what kind of papers.',
  version: 'Load this page again.',
};

const unreal: Readonly<Record<string, string>> = {
  from: 'The first day must be a real date, such as 15 9 2026.',
  to: 'The last day must be a real date, such as 15 9 2026.',
};

const missing = 'This is missing.';
const notADate = /^Enter a (?:real )?date/;
const isoDate = /\b\d{4}-\d{2}-\d{2}\b/g;

/** A fault as the page says it: the API's words speak of fields, and write dates as programs do. */
export const inPageWords = ({ field, message }: FieldError): string => {
  const last = field.split('.').at(-1) ?? '';
  return (
    instead[field] ??
    (message === missing ? absent[last] : undefined) ??
    (notADate.test(message) ? unreal[last] : undefined) ??
    message.replaceAll(isoDate, (date) => inDays(date))
  );
};
