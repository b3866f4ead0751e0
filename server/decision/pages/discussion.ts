/** The discussion of the offices: its entries, and a form to speak; and the note of a meeting. */
import { z } from 'zod';
import { authoriseTo, refusalOf, verdict, verdictOn } from '../../../policies/permission/permit.js';
import type { CaseFile } from '../../../policies/case/case-file.js';
import { confirmMeeting, discuss } from '../../../policies/decision/commands.js';
import { isAdviser } from '../../../policies/decision/discussing.js';
import { quotedAuthority } from '../../../policies/core/authorities.js';
import { Invalid } from '../../../policies/core/refusals.js';
import { ruleOf, ruleSays } from '../../../policies/core/rules.js';
import { decidingOffices, type DecidingOffice } from '../../../policies/core/office.js';
import type { ObservationRequest } from '../../../policies/request/request.js';
import { meetingBody, spokenBody } from '../bodies.js';
import { encodeCursor, seqIn } from '../../web/api/cursor.js';
import { reference } from '../../web/schema/schemas.js';
import { caseFileAfter } from '../../case/case-file.js';
import type { Ctx } from '../../case/ctx.js';
import { paths } from '../../web/paths.js';
import { presentEntry } from '../present/discussion.js';
import { confirmMeeting as confirmMeetingNow, meetingOf, officeToSay } from '../confirm-meeting.js';
import { discussRequest } from '../discuss-request.js';
import { readDiscussion } from '../read-discussion.js';
import { readRequest } from '../../request/read-request.js';
import { chosen, entered, given, number, type Form } from '../../web/pages/form.js';
import { dateOf } from '../../web/pages/typed/day.js';
import { page } from '../../web/pages/page.js';
import { barOf } from '../../web/pages/bar.js';
import { validate, asFormErrors } from '../../web/pages/faults.js';
import { confirmMeetingHere, discussHere } from '../commands.js';

const params = z.strictObject({ reference });
const perPage = 50;

/** The offices that this person may speak for now. */
const speaksFor = (ctx: Ctx, row: ObservationRequest): DecidingOffice[] =>
  decidingOffices.filter((office) => {
    const holds = ctx.actor.holdings.some((holding) => holding.office === office);
    return holds && refusalOf(verdictOn(discuss, ctx, row, { office })) === null;
  });

const speaking = (ctx: Ctx, row: ObservationRequest) => {
  const offices = speaksFor(ctx, row);
  // Who reads and has no voice, such as somebody who acted here for an office they have left, reads on.
  const bar = ctx.ability.can('discuss', row) ? barOf(verdictOn(discuss, ctx, row, {})) : null;
  return { offices, advises: offices.some(isAdviser), bar, speaks: bar === null && offices.length > 0 };
};

const placeIn = (query: Readonly<Record<string, string>>): number | undefined => {
  const { cursor } = query;
  return seqIn(cursor);
};

/** Advice is an adviser's: said on the form, where it can be mended, before the rule says it. */
const assertAdvice = (form: Form): void => {
  const office = entered(form, 'office');
  if (entered(form, 'privileged') === undefined || office === undefined || isAdviser(office)) return;
  const { authority } = ruleOf('privilege');
  throw new Invalid([
    { field: 'privileged', message: `${ruleSays('privilege')} (${quotedAuthority(authority)})` },
  ]);
};

export const discussionPage = page({
  ...discussHere.page,
  view: 'decision/views/discussion',
  async load(ctx, { params: { reference: ref }, query }) {
    const after = placeIn(query);
    // First, so that a person who may not read it learns nothing else either.
    const { items, last } = await readDiscussion(ctx, ref, { limit: perPage, after });
    // Of the request it shows its number alone, so that the reading is that of the discussion.
    const file = await caseFileAfter(ctx, ref);
    const { row, discussed } = file;
    return {
      request: { reference: ref, version: row.version },
      entries: items.map(presentEntry),
      next: last ? `${paths.discussion(ref)}?cursor=${encodeCursor([last.seq])}` : null,
      first: after === undefined ? null : paths.discussion(ref),
      discussed,
      toConfirm: toConfirm(ctx, file),
      saved: query['done'],
      ...speaking(ctx, row),
    };
  },
  form: {
    body: spokenBody,
    read(form) {
      assertAdvice(form);
      const body = given({
        version: number(form, 'version'),
        text: entered(form, 'text'),
        privileged: entered(form, 'privileged') === undefined ? undefined : true,
        office: entered(form, 'office'),
      });
      return validate(spokenBody, body);
    },
    async act(ctx, { params: { reference: ref }, body }) {
      await asFormErrors(() => discussRequest(ctx, ref, body));
      return `${paths.discussion(ref)}?done=entry`;
    },
  },
});

/** The meetings of the current version in which an office of theirs has still to say whether it was there. */
const toConfirm = (ctx: Ctx, { row, meetings }: CaseFile): string[] =>
  meetings
    .filter((meeting) => {
      const office = officeToSay(ctx, meeting);
      return office !== undefined && refusalOf(verdictOn(confirmMeeting, ctx, row, { office })) === null;
    })
    .map(({ id }) => id);

export const confirmMeetingPage = page({
  ...confirmMeetingHere.page,
  view: 'decision/views/confirm-meeting',
  async load(ctx, { params: { reference: ref, entry } }) {
    const file = await readRequest(ctx, ref);
    authoriseTo(confirmMeeting, ctx, file.row);
    const meeting = meetingOf(file, entry);
    const office = officeToSay(ctx, meeting);
    return {
      request: { reference: ref, version: file.row.version },
      meeting: { date: meeting.date, present: meeting.present, recordedFor: meeting.office },
      office,
      bar: barOf(verdict(confirmMeeting, ctx, file, { office, meeting, by: ctx.actor.id })),
    };
  },
  form: {
    body: confirmMeetingHere.body,
    read(form) {
      const said = entered(form, 'present');
      return validate(
        confirmMeetingHere.body,
        given({
          version: number(form, 'version'),
          present: said === undefined ? undefined : said === 'true',
          office: entered(form, 'office'),
        }),
      );
    },
    async act(ctx, { params: { reference: ref, entry }, body }) {
      await asFormErrors(() => confirmMeetingNow(ctx, ref, entry, body));
      return `${paths.discussion(ref)}?done=confirmed`;
    },
  },
});

export const meetingPage = page({
  path: '/requests/:reference/discussion/meeting',
  params,
  view: 'decision/views/meeting',
  async load(ctx, { params: { reference: ref } }) {
    const { row } = await readRequest(ctx, ref);
    const bar = barOf(verdictOn(discuss, ctx, row, {}));
    const offices = speaksFor(ctx, row);
    return { request: { reference: ref, version: row.version }, everyOffice: decidingOffices, offices, bar };
  },
  form: {
    body: meetingBody,
    anchor: (field) => (field === 'meeting.date' ? 'meeting.date-day' : field),
    read(form) {
      const meeting = given({
        date: dateOf(form, 'meeting.date'),
        present: chosen(form, 'meeting.present'),
        note: entered(form, 'meeting.note'),
      });
      const body = given({ version: number(form, 'version'), meeting, office: entered(form, 'office') });
      return validate(meetingBody, body);
    },
    async act(ctx, { params: { reference: ref }, body }) {
      await asFormErrors(() => discussRequest(ctx, ref, body));
      return `${paths.discussion(ref)}?done=meeting`;
    },
  },
});
