/** Keeping the register of members: entries, appointments, training, and the feed of the committee system. */
import { z } from 'zod';
import { feedMediaTypes } from './feed/file/read-feed.js';
import { importWithToken } from './feed/import-with-token.js';
import { readUpload } from './feed/read-upload.js';
import type { Ctx } from '../case/ctx.js';
import { presentCouncillor } from './present/councillor.js';
import { presentDifferences, presentUnattended } from './present/differences.js';
import { addCouncillor } from './add-councillor.js';
import { changeCouncillor } from './change-councillor.js';
import { compareRegister } from './compare-register.js';
import { confirmGone } from './confirm-gone.js';
import { councillorAfter } from './councillor-after.js';
import { endAppointment } from './end-appointment.js';
import { importRegister } from './import-register.js';
import { recordAppointment } from './record-appointment.js';
import { recordTraining } from './record-training.js';
import { once, translated, type Joined } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { councillorShape, differencesShape } from './shapes.js';
import { addHere, appointHere, changeHere, endAppointmentHere, goneHere, trainHere } from './commands.js';

/** Five megabytes: a council of two thousand members with all that a feed says of each. */
export const largestFeed = 5_000_000;

/** Numbers of members in the committee system: once, or several times. */
const number = z.string().min(1).max(300);
const numbers = z.union([number, z.array(number).max(500)]);

const subjectOf = (id: string): string => `councillor:${id}`;

/** The entry as it is afterwards: the change is the entry on the trail. */
const presentAfter = async (ctx: Joined, subject: string) =>
  presentCouncillor(ctx, await councillorAfter(ctx, subject.slice(subjectOf('').length)));

const command = (ctx: Ctx, status: number, act: (joined: Joined) => Promise<string>) =>
  once(ctx, status, async (joined) => subjectOf(await act(joined)), presentAfter, 'councillor.read');

export const registerKeepingRoutes = [
  route({
    ...addHere.api,
    summary: 'Enter a member; with an e-mail address they get an account',
    status: 201,
    response: councillorShape,
    run: (ctx, { body }) => command(ctx, 201, (joined) => addCouncillor(joined, body)),
  }),
  route({
    ...changeHere.api,
    summary: 'Change a member’s entry: standing, term, ward, a seat lost',
    response: councillorShape,
    run: (ctx, { params, body }) => command(ctx, 200, (joined) => changeCouncillor(joined, params.id, body)),
  }),
  route({
    ...goneHere.api,
    summary: 'Confirm that a member is gone: former, and never deleted',
    response: councillorShape,
    run: (ctx, { params, body }) => command(ctx, 200, (joined) => confirmGone(joined, params.id, body.on)),
  }),
  route({
    ...appointHere.api,
    summary: 'Enter an appointment of a member',
    status: 201,
    response: councillorShape,
    run: (ctx, { params, body }) => command(ctx, 201, (joined) => recordAppointment(joined, params.id, body)),
  }),
  route({
    ...endAppointmentHere.api,
    summary: 'End an appointment: its last day',
    response: councillorShape,
    run: (ctx, { params: { id, appointment }, body }) =>
      command(ctx, 200, (joined) => endAppointment(joined, id, appointment, body.to)),
  }),
  route({
    ...trainHere.api,
    summary: 'Enter training, or that a DBS check was made; never what a certificate says',
    status: 201,
    response: councillorShape,
    run: (ctx, { params, body }) => command(ctx, 201, (joined) => recordTraining(joined, params.id, body)),
  }),
  route({
    method: 'POST',
    path: '/api/councillors/import',
    scope: 'register.import',
    summary:
      'Hold a feed of the committee system (ModernGov GetCouncillorsByWard, or CSV) against the register, and take it over unless it is a dry run. With a token, what needs a person is left for Democratic Services and counted in `left`',
    mediaTypes: feedMediaTypes,
    bodyLimit: largestFeed,
    idempotent: false,
    query: z.strictObject({
      dryRun: z.enum(['true', 'false']).optional(),
      leaveOut: numbers.optional(),
      same: numbers.optional(),
      another: numbers.optional(),
    }),
    response: differencesShape,
    run: async (ctx, { query: { dryRun, leaveOut = [], same = [], another = [] }, upload }) => {
      if (!upload) throw new Error('An import comes with a file.');
      const feed = readUpload(upload);
      const choices = {
        leaveOut: [leaveOut].flat(),
        same: [same].flat(),
        another: [another].flat(),
      };
      if (dryRun === 'true') return presentDifferences(await compareRegister(ctx, feed));
      return ctx.token
        ? presentUnattended(await translated(importWithToken(ctx, feed, choices)))
        : presentDifferences(await translated(importRegister(ctx, feed, { choices })));
    },
  }),
];
