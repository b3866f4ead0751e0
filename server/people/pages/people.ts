/** The people with an account: the list, one of them, adding one, changing a name; and one's own account. */
import { z } from 'zod';
import { givesAny, authoriseAny, verdict } from '../../../policies/permission/permit.js';
import { addPerson as addCommand, changePerson as changeCommand } from '../../../policies/people/commands.js';
import { decodeCursor, encodeCursor } from '../../web/api/cursor.js';
import { barOf } from '../../web/pages/bar.js';
import { asFormErrors, validate } from '../../web/pages/faults.js';
import { entered, given } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { paths } from '../../web/paths.js';
import { uuid } from '../../web/schema/schemas.js';
import { addPerson } from '../add-person.js';
import { personParams } from '../bodies.js';
import { changePerson } from '../change-person.js';
import { addPersonHere, changePersonHere } from '../commands.js';
import { listPeople } from '../list-people.js';
import { presentPerson } from '../present.js';
import { readAccount } from '../read-account.js';
import { readPerson } from '../read-person.js';

const perPage = 25;
const nothing = z.strictObject({});

const addressOf = (waiting: boolean, cursor?: string): string => {
  const search = new URLSearchParams({
    ...(waiting ? { show: 'waiting' } : {}),
    ...(cursor ? { cursor } : {}),
  });
  return search.size > 0 ? `${paths.people}?${search.toString()}` : paths.people;
};

/** What was done, by the word in the address. */
const doneSays: Readonly<Record<string, string>> = {
  added: 'The person has been added. Give them an office, and send them a link to open their account.',
  changed: 'The change has been made.',
  given: 'The office has been given. It counts for nothing until a second person confirms it.',
  confirmed: 'The office has been confirmed.',
  ended: 'The end of the office has been recorded. “People who leave” lists what waits for them by name.',
  invited: 'The link has been sent by e-mail.',
  suspended: 'The account has been suspended. “People who leave” lists what waits for them by name.',
  restored: 'The suspension has been lifted.',
  removal_asked: 'The removal of their ways to prove who they are waits for a second person.',
  removal_withdrawn: 'The removal has been withdrawn. What they prove themselves by stays in use.',
  codes_removed:
    'Their app for codes, passkeys and link to the council’s own sign-in have been removed. They set up anew what they need, with their password or a link that you send.',
  address_asked: 'The change of their address waits for a second person.',
  address_withdrawn: 'The change has been withdrawn. Their address stays as it is.',
  address_changed:
    'Their address has been changed. They sign in with it, and with the password that they have.',
  signed_out: 'They have been signed out everywhere.',
};

const listPage = page({
  path: paths.people,
  params: nothing,
  view: 'people/views/list',
  async load(ctx, { query }) {
    const { cursor } = query;
    const waiting = query['show'] === 'waiting';
    const keys = cursor === undefined ? null : decodeCursor(cursor, z.tuple([z.string(), uuid]));
    const after = keys ? { place: keys[0], id: keys[1] } : undefined;
    const { items, last } = await listPeople(ctx, { limit: perPage, after, waiting });
    return {
      people: items.map((person) => presentPerson(ctx, person)),
      mayAdd: givesAny(addCommand, ctx),
      seesLeavers: ctx.ability.can('read', { kind: 'Leavers' }),
      waiting,
      other: addressOf(!waiting),
      next: last ? addressOf(waiting, encodeCursor([last.place, last.id])) : null,
      first: cursor === undefined ? null : addressOf(waiting),
    };
  },
});

const personPage = page({
  path: paths.person(':id') as `/${string}`,
  params: personParams,
  view: 'people/views/show',
  load: async (ctx, { params, query }) => ({
    person: presentPerson(ctx, await readPerson(ctx, params.id)),
    done: doneSays[query['done'] ?? ''] ?? null,
  }),
});

const newPage = page({
  ...addPersonHere.page,
  view: 'people/views/new',
  async load(ctx) {
    authoriseAny(addCommand, ctx);
    return {};
  },
  form: {
    body: addPersonHere.body,
    read: (form) =>
      validate(
        addPersonHere.body,
        given({ name: entered(form, 'name')?.trim(), email: entered(form, 'email')?.trim() }),
      ),
    async act(ctx, { body }) {
      return `${paths.person(await asFormErrors(() => addPerson(ctx, body)))}?done=added`;
    },
  },
});

const changePage = page({
  ...changePersonHere.page,
  view: 'people/views/change',
  async load(ctx, { params }) {
    const person = await readPerson(ctx, params.id);
    const { name, email } = person;
    return {
      person: presentPerson(ctx, person),
      bar: barOf(verdict(changeCommand, ctx, person, {})),
      values: { name, email },
    };
  },
  form: {
    body: changePersonHere.body,
    read: (form) =>
      validate(
        changePersonHere.body,
        given({ name: entered(form, 'name')?.trim(), email: entered(form, 'email')?.trim() }),
      ),
    async act(ctx, { params, body }) {
      await asFormErrors(() => changePerson(ctx, params.id, body));
      return `${paths.person(params.id)}?done=changed`;
    },
  },
});

const accountPage = page({
  path: paths.account,
  params: nothing,
  view: 'people/views/account',
  load: async (ctx) => ({ account: await readAccount(ctx), keepsTokens: ctx.ability.can('read', 'Token') }),
});

export const peoplePages = [listPage, newPage, personPage, changePage, accountPage];
