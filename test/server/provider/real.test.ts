/** People come in with the council’s own sign-in, sign there, and leave it: with a real provider. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { createApp } from '../../../server/app.js';
import { paths } from '../../../server/web/paths.js';
import { Reader } from '../../support/browser-less.js';
import { useCouncil, type Client } from '../../support/council.js';
import { added, tokenOf, type Newcomer } from '../../support/newcomers.js';
import { lineAt, personId, stepsOf, storedOf } from '../../support/people.js';
import { settingsFor } from '../../support/provider/client.js';
import { BrowserThere, useRealProvider } from '../../support/provider/real.js';
import { pino } from 'pino';

const provider = useRealProvider();
const council = useCouncil(() => ({ provider: settingsFor(provider) }));

let administrator: Client;
beforeAll(async () => {
  await provider.open(council);
  administrator = await council.as('administrator');
});

// Another node of the same service.
const another = createServer((req, res) => node(req, res));
let node: ReturnType<typeof createApp>;
beforeAll(async () => {
  node = createApp({
    db: council.world.db,
    now: () => council.clock,
    log: pino({ level: 'silent' }),
    sessionSecret: council.sessionSecret,
    baseUrl: new URL('http://localhost:3000'),
    trustProxy: false,
    councilName: 'Test Council',
    demo: true,
    signer: council.signer,
    provider: settingsFor(provider),
  });
  await new Promise<void>((resolve) => void another.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  another.close();
  another.closeAllConnections();
});

/** Somebody before a browser, whom the provider knows by that name. */
const somebody = (subject: string, there = new BrowserThere(subject), server = council.server) => {
  const reader = new Reader(server);
  reader.elsewhere = (address) => there.goes(address);
  return { reader, there };
};

/** Uses the button of the council’s own sign-in on a page. */
const button = async (reader: Reader, page: string) => {
  const sheet = reader.seen.at(-1)?.path === page ? reader.page : await reader.open(page);
  const form = sheet.forms.find(({ action }) => action === paths.toProvider);
  if (!form) throw new Error(`${page} has no such button: ${sheet.text}`);
  return reader.send(form);
};

const emailOf = async (reader: Reader): Promise<string | null> =>
  /[\w.]+@[\w.]+example/.exec((await reader.open(paths.account)).text)?.[0] ?? null;
const linkOf = async ({ id }: Newcomer) => paths.setPassword(await tokenOf(council.world.db, id));
const boundAs = (person: string) =>
  council.world.db('provider_bindings').where({ person_id: person }).pluck('subject');

/** Binds an account of the demonstration with a link, and leaves its owner signed in. */
const bound = async (account: string) => {
  const id = await personId(council.world.db, account);
  await administrator.post(`/api/people/${id}/invite`);
  const who = somebody(`subject.of.${account}`);
  await button(who.reader, await linkOf({ id, email: '' }));
  return { ...who, id };
};

describe('an account', () => {
  test('is bound by a link and the provider’s proof in one browser, which is recorded and told', async () => {
    const newcomer = await added(administrator);
    const { reader } = somebody('a.newcomer');
    await button(reader, await linkOf(newcomer));
    expect(await emailOf(reader)).toBe(newcomer.email);
    expect(await boundAs(newcomer.id)).toEqual(['a.newcomer']);
    const entries = await search(council.world.db, { subject: `person:${newcomer.id}`, limit: 10 });
    expect(entries.find(({ type }) => type === 'provider.bound')).toMatchObject({
      actor: newcomer.id,
      decision: { by: 'invitation' },
    });
    const told = await council.world.db('messages').where({ to_person: newcomer.id, kind: 'account_bound' });
    expect(told).toHaveLength(1);
    const [row] = await council.world.db('password_links').where({ person_id: newcomer.id });
    expect(row?.used_at).not.toBeNull();
    // From now on by the page to sign in, also in another browser.
    const { reader: elsewhere } = somebody('a.newcomer');
    await button(elsewhere, paths.signIn);
    expect(await emailOf(elsewhere)).toBe(newcomer.email);
  });

  test('is bound to nobody else by another link: the link stays good, and the attempt is on the trail', async () => {
    const newcomer = await added(administrator);
    await button(somebody('first.subject').reader, await linkOf(newcomer));
    await administrator.post(`/api/people/${newcomer.id}/invite`);
    const link = await linkOf(newcomer);
    const { reader } = somebody('changed.subject');
    const refused = await button(reader, link);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('opens for somebody else in the council’s sign-in');
    expect(await boundAs(newcomer.id)).toEqual(['first.subject']);
    expect((await reader.open(paths.account)).path).toMatch(/^\/sign-in/);
    const [entry] = await search(council.world.db, { type: 'session.failed', limit: 1 });
    expect(entry).toMatchObject({ subject: newcomer.id });
    // Whose account it is comes in with it.
    const { reader: owner } = somebody('first.subject');
    await button(owner, link);
    expect(await emailOf(owner)).toBe(newcomer.email);
  });

  test('is one for each person there: who has one is not bound to a second', async () => {
    const [one, two] = [await added(administrator), await added(administrator)];
    await button(somebody('only.once').reader, await linkOf(one));
    const refused = await button(somebody('only.once').reader, await linkOf(two));
    expect(refused.text).toContain('another account here already');
    expect(await boundAs(two.id)).toEqual([]);
  });

  test('that is in use is not handed over by its link to somebody of another address there', async () => {
    const id = await personId(council.world.db, 'ward.member');
    await administrator.post(`/api/people/${id}/invite`);
    const link = await linkOf({ id, email: '' });
    const refused = await button(somebody('an.assistant').reader, link);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('in the council’s sign-in has another address');
    expect(await boundAs(id)).toEqual([]);
  });

  test('is not bound by an address that the provider does not vouch for', async () => {
    const { reader } = somebody('host.second');
    const refused = await button(reader, paths.signIn);
    expect(refused.text).toContain('no account here that is in use is yours');
  });
});

describe('a signature', () => {
  const typed =
    'Typed with care over ten minutes, and to be kept: the duty is named and the reasons are given.';

  test('waits for a proof at the provider, for the same person there, and the form comes back filled in', async () => {
    const { reader, there } = await bound('childrens.services');
    const line = await lineAt(council, 'discussed');
    const page = paths.sign(line.reference, 'childrens_services');
    await reader.open(page);
    council.clock = new Date(council.clock.getTime() + 20 * 60_000);
    const asked = await reader.submit({ outcome: 'agree', reasons: typed, noConflict: 'true' });
    expect(asked.headings).toEqual(['Prove that it is you']);
    const { signOffs } = await storedOf(council.world.db, line.reference);
    expect(signOffs).toEqual([]);

    // Somebody else at the desk.
    reader.elsewhere = (address) => new BrowserThere('somebody.else').goes(address);
    const refused = await button(reader, asked.path);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('This does not prove that it is you.');
    const [failed] = await search(council.world.db, { type: 'proof.failed', limit: 1 });
    expect(failed).toMatchObject({ subject: await personId(council.world.db, 'childrens.services') });

    reader.elsewhere = (address) => there.goes(address);
    const again = await reader.open(refused.link('Try again'));
    const back = await button(reader, again.path);
    expect(there.seen.map(({ searchParams }) => searchParams.get('prompt'))).toContain('login');
    expect(back.path).toContain(page);
    expect(back.text).toContain('Nothing has been sent yet. What you typed is back.');
    expect(back.form.fields).toMatchObject({ outcome: 'agree', reasons: typed });
    await reader.submit();
    expect((await storedOf(council.world.db, line.reference)).signOffs).toHaveLength(1);
    expect((await stepsOf(council.world.db, line.reference)).at(-1)).toMatchObject({
      decision: { proof: 'provider' },
    });
  });
});

describe('signing out', () => {
  test('goes on at the provider, and comes back; no form leads there, and the provider’s word is kept sealed', async () => {
    const { reader, there, id } = await bound('legal');
    const home = await reader.open(paths.account);
    expect(home.headers['content-security-policy']).toContain("form-action 'self';");
    const [session] = await council.world.owner('runtime.sessions').where({ person_id: id });
    expect(session?.provider_word?.toString('latin1')).not.toContain('eyJ');
    there.seen.length = 0;
    const out = await reader.send({
      action: paths.signOut,
      fields: { _csrf: csrfOn(home.html) },
      offers: {},
    });
    expect(out.path).toBe(paths.signIn);
    expect(there.seen[0]?.href).toContain(`${provider.issuer}/session/end?id_token_hint=eyJ`);
    expect(await emailOf(reader)).toBeNull();
    expect(await council.world.db('runtime.sessions').where({ person_id: id })).toEqual([]);
  });

  test('there ends the session here, on every node, and no other', async () => {
    const first = await bound('host');
    // The same person at another desk, on another node.
    const second = somebody('subject.of.host', new BrowserThere('subject.of.host'), another);
    await button(second.reader, paths.signIn);
    expect(await emailOf(second.reader)).toBe('host@council.example');
    await first.there.goes(new URL(`${provider.issuer}/session/end`)).catch(() => undefined);
    const open = () => first.reader.open(paths.account);
    expect((await open()).path).toMatch(/^\/sign-in/);
    expect(await emailOf(second.reader)).toBe('host@council.example');
    const [entry] = await search(council.world.db, { type: 'provider.signed_out', limit: 1 });
    expect(entry).toMatchObject({ subject: first.id, actor: 'system', decision: { sessions: 1 } });
  });
});

const csrfOn = (html: string): string => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
