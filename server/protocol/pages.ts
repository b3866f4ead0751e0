/** The observation protocol: reading and accepting it, and publishing the next version. */
import { z } from 'zod';
import { authoriseTo } from '../../policies/permission/permit.js';
import { modelProtocol } from '../../policies/protocol/model.js';
import { publish as command } from '../../policies/protocol/commands.js';
import { inDays } from '../../policies/core/words/in-days.js';
import { londonDate, startOfLondonDay } from '../../policies/core/time/london.js';
import { NotFound } from '../../policies/core/refusals.js';
import { protocolText } from './bodies.js';
import { date } from '../web/schema/schemas.js';
import type { Ctx } from '../case/ctx.js';
import { paths } from '../web/paths.js';
import { presentProtocol } from './present.js';
import { acceptProtocol } from './accept-protocol.js';
import { listProtocolsToCome } from './list-protocols-to-come.js';
import { publishProtocol } from './publish-protocol.js';
import { readProtocol } from './read-protocol.js';
import { validate, asFormErrors } from '../web/pages/faults.js';
import { entered, given, number } from '../web/pages/form.js';
import { dateOf } from '../web/pages/typed/day.js';
import { page } from '../web/pages/page.js';
import { acceptHere, publishHere } from './commands.js';

const inForce = async (ctx: Ctx) => {
  try {
    return presentProtocol(ctx, await readProtocol(ctx));
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
};

const protocolPage = page({
  ...acceptHere.page,
  view: 'protocol/views/read',
  async load(ctx, { query }) {
    return {
      protocol: await inForce(ctx),
      mayPublish: ctx.ability.can('publish', { kind: 'Protocol' }),
      toCome: await listProtocolsToCome(ctx),
      isCouncillor: ctx.actor.councillorId !== null,
      done: ['accepted', 'published'].find((each) => each === query['done']) ?? null,
    };
  },
  form: {
    body: acceptHere.body,
    read: (form) => given({ version: number(form, 'version') }),
    async act(ctx, { body }) {
      await asFormErrors(() => acceptProtocol(ctx, body.version));
      return `${paths.protocol}?done=accepted`;
    },
  },
});

/** A day, where the API takes an instant: it is in force from the start of that day. */
const publishBody = z.strictObject({ text: protocolText, inForceFrom: date.optional() });

const publishPage = page({
  ...publishHere.page,
  view: 'protocol/views/new',
  async load(ctx) {
    authoriseTo(command, ctx, { kind: 'Protocol' });
    const protocol = await inForce(ctx);
    return { protocol, isModel: protocol === null, values: { text: protocol?.text ?? modelProtocol } };
  },
  form: {
    body: publishBody,
    anchor: (field) => (field === 'inForceFrom' ? 'inForceFrom-day' : field),
    read: (form) =>
      validate(publishBody, given({ text: entered(form, 'text'), inForceFrom: dateOf(form, 'inForceFrom') })),
    check: {
      before: () => 'publish the protocol',
      button: () => 'Publish',
      lines: ({ body }) => [
        { says: 'In force from', text: body.inForceFrom ? inDays(body.inForceFrom) : 'Today' },
        { says: 'Text', typed: body.text },
      ],
      done: () => 'The protocol has been published',
    },
    async act(ctx, { body }) {
      const isToday = body.inForceFrom === undefined || body.inForceFrom === londonDate(ctx.now());
      const inForceFrom = isToday ? undefined : startOfLondonDay(body.inForceFrom ?? '');
      await asFormErrors(() => publishProtocol(ctx, { text: body.text, inForceFrom }));
      return `${paths.protocol}?done=published`;
    },
  },
});

export const protocolPages = [protocolPage, publishPage];
