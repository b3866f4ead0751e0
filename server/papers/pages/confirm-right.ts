/** Another person confirms what is recorded about a right, and says what is exempt. */
import type { CaseFile } from '../../../policies/case/case-file.js';
import { releasable } from '../../../policies/papers/papers.js';
import { findingsOf } from '../../../policies/papers/recording.js';
import { inWords } from '../../web/pages/words.js';
import { asFormErrors, validate } from '../../web/pages/faults.js';
import { barHere } from '../../web/pages/bar.js';
import { entered, given, number, type Form } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { paths } from '../../web/paths.js';
import { readRequest } from '../../request/read-request.js';
import { confirmRightHere } from '../commands.js';
import { confirmRight } from '../confirm-right.js';
import { barsOf } from '../present.js';
import { headed } from './headed.js';

/** As many as the API takes. */
const mostFindings = 100;

const findingIn = (form: Form, row: number): object | undefined => {
  const finding = entered(form, `findings.${row}.finding`);
  const reasons = entered(form, `findings.${row}.reasons`);
  if (finding === undefined && reasons === undefined) return undefined;
  return given({ category: entered(form, `findings.${row}.category`), finding, reasons });
};

const rows = (form: Form): readonly (object | undefined)[] =>
  Array.from({ length: mostFindings }, (_, row) => findingIn(form, row));

/** Papers without a finding are not sent, so that the first that is sent may be the third on the page. */
const placed = (form: Form) => ({
  named(field: string): string {
    const [, sent, part] = /^findings\.(\d+)\.(\w+)$/.exec(field) ?? [];
    if (sent === undefined) return field;
    const filled = rows(form).flatMap((row, place) => (row === undefined ? [] : [place]));
    return `findings.${filled[Number(sent)] ?? 0}.${part === 'category' ? 'finding' : (part ?? 'finding')}`;
  },
});

/** What Legal recorded, and the papers of which something may be found. */
const recordedOf = (file: CaseFile) => {
  const { row, papers } = file;
  const recorded = papers.rights.findLast(({ version }) => version === row.version);
  if (recorded === undefined) return null;
  const { right, claimed, reasons, document, cites, due, by } = recorded;
  return {
    right,
    claimed,
    reasons,
    document,
    cites,
    due,
    by,
    delegated: (right === 'none' ? claimed : right) === 'reg17',
    findings: right === 'none' ? [] : findingsOf(right),
    papers: right === 'none' ? [] : releasable(row, null),
  };
};

export const confirmRightPage = page({
  ...confirmRightHere.page,
  view: 'papers/views/confirm-right',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    return {
      request: headed(file),
      recorded: recordedOf(file),
      bars: barsOf(file),
      seatsStand: file.row.seats.length > 0,
      bar: barHere(ctx, confirmRightHere, file, {}),
    };
  },
  form: {
    body: confirmRightHere.body,
    read(form) {
      const findings = rows(form).filter((row) => row !== undefined);
      return validate(
        confirmRightHere.body,
        given({
          version: number(form, 'version'),
          delegation: entered(form, 'delegation'),
          findings: findings.length > 0 ? findings : undefined,
        }),
        placed(form),
      );
    },
    check: {
      before: () => 'confirm this',
      button: () => 'Confirm',
      lines: ({ body }) => [
        { says: 'Delegation', typed: body.delegation },
        ...(body.findings ?? []).map(({ category, finding, reasons }) => ({
          says: category,
          list: [inWords(finding), reasons],
        })),
      ],
      done: () => 'You have confirmed what is recorded about the right',
    },
    async act(ctx, { params: { reference }, body, form }) {
      await asFormErrors(() => confirmRight(ctx, reference, body), placed(form));
      return paths.request(reference);
    },
  },
});
