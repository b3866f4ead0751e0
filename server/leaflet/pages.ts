/** What families are given: to read, to print, and to publish anew. */
import { z } from 'zod';
import { inDays } from '../../policies/core/words/in-days.js';
import { londonDate, startOfLondonDay } from '../../policies/core/time/london.js';
import { NotFound } from '../../policies/core/refusals.js';
import { leafletKinds, leafletSays } from '../../policies/leaflet/leaflet.js';
import { modelLeaflets } from '../../policies/leaflet/models.js';
import { publishLeaflet as command } from '../../policies/leaflet/commands.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { asFormErrors, validate } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { dateOf } from '../web/pages/typed/day.js';
import { paths } from '../web/paths.js';
import { date } from '../web/schema/schemas.js';
import { leafletContact, leafletParams, leafletText } from './bodies.js';
import { publishLeafletHere } from './commands.js';
import { presentLeaflet } from './present.js';
import { publishLeaflet } from './publish-leaflet.js';
import { readLeaflet, readLeaflets } from './read-leaflets.js';

const mayPublish = (ctx: Ctx): boolean => ctx.ability.can('publish_leaflet', { kind: 'Leaflet' });

const leafletsPage = page({
  path: paths.leaflets,
  params: z.strictObject({}),
  view: 'leaflet/views/index',
  async load(ctx, { query }) {
    const inForce = await readLeaflets(ctx);
    return {
      leaflets: leafletKinds.map((leaflet) => ({
        leaflet,
        title: leafletSays[leaflet],
        version: inForce.find((each) => each.leaflet === leaflet) ?? null,
      })),
      mayPublish: mayPublish(ctx),
      published: leafletKinds.find((each) => each === query['published']) ?? null,
    };
  },
});

const leafletPage = page({
  path: '/leaflets/:leaflet',
  params: leafletParams,
  view: 'leaflet/views/show',
  async load(ctx, { params: { leaflet } }) {
    const found = await readLeaflet(ctx, leaflet);
    if (!found) throw new NotFound();
    return { leaflet: presentLeaflet(found) };
  },
});

/** A day, where the API takes an instant: it is in force from the start of that day. */
const publishBody = z.strictObject({
  text: leafletText,
  contact: leafletContact.optional(),
  inForceFrom: date.optional(),
});

const publishPage = page({
  ...publishLeafletHere.page,
  view: 'leaflet/views/new',
  async load(ctx, { params: { leaflet } }) {
    authoriseTo(command, ctx, { kind: 'Leaflet' });
    const found = await readLeaflet(ctx, leaflet);
    return {
      leaflet,
      title: leafletSays[leaflet],
      isModel: found === null,
      values: { text: found?.text ?? modelLeaflets[leaflet], contact: found?.contact ?? '' },
    };
  },
  form: {
    body: publishBody,
    anchor: (field) => (field === 'inForceFrom' ? 'inForceFrom-day' : field),
    read: (form) =>
      validate(
        publishBody,
        given({
          text: entered(form, 'text'),
          contact: entered(form, 'contact'),
          inForceFrom: dateOf(form, 'inForceFrom'),
        }),
      ),
    check: {
      before: () => 'publish it',
      button: () => 'Publish',
      lines: ({ body }) => [
        { says: 'In force from', text: body.inForceFrom ? inDays(body.inForceFrom) : 'Today' },
        { says: 'E-mail address for families', text: body.contact ?? 'None' },
        { says: 'Text', typed: body.text },
      ],
      done: () => 'It has been published',
    },
    async act(ctx, { params: { leaflet }, body: { inForceFrom: day, ...body } }) {
      const isToday = day === undefined || day === londonDate(ctx.now());
      const inForceFrom = isToday ? undefined : startOfLondonDay(day);
      await asFormErrors(() => publishLeaflet(ctx, leaflet, { ...body, inForceFrom }));
      return `${paths.leaflets}?published=${leaflet}`;
    },
  },
});

export const leafletPages = [leafletsPage, leafletPage, publishPage];
