import type { QuestionKey } from '../../../../../policies/need-to-know/questions.js';
import type { RequestContent } from '../../../../../policies/request/request.js';
import type { Form } from '../../../../web/pages/form.js';

export const stepKeys = [
  'type',
  'role',
  'authority',
  'necessity',
  'alternatives',
  'window',
  'declarations',
  'papers',
] as const;
export type StepKey = (typeof stepKeys)[number];

/** One part of a request, asked on a page of its own. */
export interface Step {
  readonly key: StepKey;
  /** As the list of parts names it. */
  readonly title: string;
  /** The top-level fields that the page replaces: every fault below one of them is mended there. */
  readonly parts: readonly (keyof RequestContent)[];
  /** The questions of the test that weigh the answer: the page quotes them. */
  readonly rests: readonly QuestionKey[];
  /** May be left out, and is not on the way of a first request. */
  readonly optional?: boolean;
  /** The fields of the API's body that the form's fields make. */
  read(form: Form): object;
  /** The content to save, from the form's fields. */
  values(content: RequestContent): Readonly<Record<string, string>>;
  /** The field of the page that shows a fault of a field of the API, where its name is another. */
  shownAt?(field: string, form: Form): string | undefined;
}
