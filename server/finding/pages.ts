/** Findings of a breach of confidentiality: the list, whom one is about, and recording it. */
import { z } from 'zod';
import { NotFound } from '../../policies/core/refusals.js';
import { londonDate } from '../../policies/core/time/london.js';
import { recordFinding as command } from '../../policies/finding/commands.js';
import { authoriseAny } from '../../policies/permission/permit.js';
import { listNames, memberNamed } from '../register/list-names.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { asFormErrors, validate } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { dateOf } from '../web/pages/typed/day.js';
import { paths } from '../web/paths.js';
import { recordFindingHere } from './commands.js';
import { listFindings } from './list-findings.js';
import { presentFinding } from './present.js';
import { recordFinding } from './record-finding.js';

const perPage = 25;
/** More members than any council has. */
const mostMembers = 500;

const listPage = page({
  path: paths.findings,
  params: z.strictObject({}),
  view: 'finding/views/list',
  async load(ctx, { query }) {
    const { cursor } = query;
    const before = seqIn(cursor);
    const { items, last } = await listFindings(ctx, { limit: perPage, before });
    return {
      findings: items.map((finding) => presentFinding(finding, londonDate(ctx.now()))),
      members: await listNames(ctx, mostMembers),
      next: last ? `${paths.findings}?cursor=${encodeCursor([last.seq])}` : null,
      done: query['done'] === 'recorded',
    };
  },
});

const newPage = page({
  ...recordFindingHere.page,
  view: 'finding/views/new',
  async load(ctx, { params: { id } }) {
    authoriseAny(command, ctx);
    const member = await memberNamed(ctx, id);
    if (!member) throw new NotFound();
    return { member };
  },
  form: {
    body: recordFindingHere.body,
    anchor: (field) => (field === 'date' || field === 'until' ? `${field}-day` : field),
    read: (form) =>
      validate(
        recordFindingHere.body,
        given({
          body: entered(form, 'body'),
          date: dateOf(form, 'date'),
          minute: entered(form, 'minute'),
          until: dateOf(form, 'until'),
        }),
      ),
    async act(ctx, { params: { id }, body }) {
      await asFormErrors(() => recordFinding(ctx, id, body));
      return `${paths.findings}?done=recorded`;
    },
  },
});

export const findingPages = [listPage, newPage];
