import { z } from 'zod';

/** The fields of a form as the browser sent them; a field sent more than once is a list. */
export type Form = Readonly<Record<string, string | readonly string[]>>;

export const formSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** One field's text as typed; undefined where it was left empty. Browsers send line ends as CR LF. */
export const entered = (form: Form, field: string): string | undefined => {
  const value = form[field];
  const text = (typeof value === 'string' ? value : (value?.at(-1) ?? '')).replaceAll('\r\n', '\n');
  return text.trim() === '' ? undefined : text;
};

/** Every value of a field, for checkboxes. */
export const chosen = (form: Form, field: string): readonly string[] => {
  const value = form[field];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

/** A whole number; the text itself if it is not one, so that the schema can say so. */
export const number = (form: Form, field: string): number | string | undefined => {
  const text = entered(form, field)?.trim();
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : text;
};

/** An object without the parts that were left empty. */
export const given = (parts: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
