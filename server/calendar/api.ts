/** The private address of a person's calendar. */
import { z } from 'zod';
import { route } from '../web/api/route.js';
import { paths } from '../web/paths.js';
import { closeAddress, makeAddress, ownAddress, type OwnAddress } from './own-address.js';

const shape = z.strictObject({
  /** Null without one. The path after the service's own address. */
  path: z.string().nullable(),
  madeAt: z.string().nullable(),
  lastReadOn: z.string().nullable(),
});
shape.register(z.globalRegistry, { id: 'CalendarAddress' });

const present = (address: OwnAddress | null): z.infer<typeof shape> => ({
  path: address && paths.calendar(address.token),
  madeAt: address && address.madeAt.toISOString(),
  lastReadOn: address && address.lastReadOn,
});

export const calendarRoutes = [
  route({
    method: 'GET',
    path: '/api/me/calendar',
    summary: 'The private address at which your calendar program reads when your visits are',
    response: shape,
    run: async (ctx) => present(await ownAddress(ctx)),
  }),
  route({
    method: 'PUT',
    path: '/api/me/calendar',
    answersSecret: true,
    summary: 'Make a private address for your calendar; the one before works no more',
    response: shape,
    run: async (ctx) => present(await makeAddress(ctx)),
  }),
  route({
    method: 'DELETE',
    path: '/api/me/calendar',
    summary: 'Withdraw the private address of your calendar',
    status: 204,
    run: (ctx) => closeAddress(ctx),
  }),
];
