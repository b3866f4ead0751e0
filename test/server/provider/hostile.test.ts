/** A provider, or somebody in its name, that says what is not so: nobody comes in. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { createProvider, newSecrets } from '../../../server/provider/provider.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil } from '../../support/council.js';
import { behindTheApi, personId } from '../../support/people.js';
import { clientId, settingsFor } from '../../support/provider/client.js';
import { added, tokenOf } from '../../support/newcomers.js';
import { useHostileProvider, type Claims } from '../../support/provider/hostile.js';
import { Visitor } from '../../support/provider/visitor.js';

const provider = useHostileProvider();
const council = useCouncil(() => ({ provider: settingsFor(provider) }));

afterEach(() => provider.behave());

/** Binds an account of the demonstration, and says by which subject. */
const bound = async (account: string, subject: string): Promise<string> => {
  const person = await personId(council.world.db, account);
  await behindTheApi(council.world.db, (trx) =>
    trx('provider_bindings')
      .insert({
        person_id: person,
        issuer: provider.issuer,
        subject,
        bound_by: 'invitation',
        bound_at: council.clock,
      })
      .onConflict()
      .ignore(),
  );
  return subject;
};

/** Goes there and comes back, as that subject. */
const enter = async (claims: Claims, visitor = new Visitor(council)) => {
  const given = provider.enters(await visitor.leaves(), claims);
  const sheet = await visitor.comes(given);
  return { visitor, given, sheet, who: await visitor.who() };
};

const isRefused = async (claims: Claims): Promise<void> => {
  const { sheet, who } = await enter(claims);
  expect(sheet.status).toBe(403);
  expect(sheet.text).toContain('You could not be signed in');
  expect(who).toBeNull();
};

const seconds = (): number => Math.floor(Date.now() / 1000);

describe('the word of the provider', () => {
  test('lets in whom it names, by issuer and subject, and the entry says so and nothing that it said', async () => {
    const sub = await bound('legal', 'subject-of-legal');
    const { who, sheet } = await enter({ sub, email: 'somebody.else@council.example', email_verified: true });
    expect(sheet.status).toBe(303);
    expect(who).toBe('legal@council.example');
    const [entry] = await search(council.world.db, { type: 'session.signed_in', limit: 1 });
    expect(entry).toMatchObject({ decision: { proof: 'provider' } });
    const kept = JSON.stringify([await council.world.owner('audit.entries').select(), council.lines]);
    expect(kept).not.toContain(sub);
    expect(kept).not.toContain('somebody.else');
  });

  test.each<[string, Claims]>([
    ['another issuer', { iss: 'https://elsewhere.example' }],
    ['another audience', { aud: 'another-service' }],
    ['several audiences, and for another of them', { aud: [clientId, 'other'], azp: 'other' }],
    ['this audience, but made for another', { azp: 'another-service' }],
    ['another nonce', { nonce: 'of another way' }],
    ['no nonce', { nonce: undefined }],
    ['a time that is over', { exp: seconds() - 3600, iat: seconds() - 7200 }],
    ['no subject', { sub: '' }],
  ])('is refused with %s', async (_what, claims) => {
    const sub = await bound('legal', 'subject-of-legal');
    await isRefused({ sub, ...claims });
  });

  test.each<[string, () => void]>([
    ['a signature by another key', () => void (provider.sign = (claims) => provider.forged(claims))],
    ['no signature, by `alg: none`', () => void (provider.sign = (claims) => provider.unsigned(claims))],
    [
      'a signature by a secret that is shared',
      () => void (provider.sign = (claims) => provider.withSecret(claims)),
    ],
  ])('is refused with %s', async (_what, misbehave) => {
    const sub = await bound('legal', 'subject-of-legal');
    misbehave();
    await isRefused({ sub });
  });

  test('counts once: neither the same code nor the same cookies come in again', async () => {
    const sub = await bound('legal', 'subject-of-legal');
    const visitor = new Visitor(council);
    const address = await visitor.leaves();
    const thief = new Visitor(council);
    for (const each of ['provider', 'visitor']) {
      const cookie = visitor.agent.jar.getCookie(each, {
        domain: '127.0.0.1',
        path: '/',
        secure: false,
        script: false,
      });
      if (cookie) thief.agent.jar.setCookie(`${each}=${cookie.value}`, '127.0.0.1', '/');
    }
    const given = provider.enters(address, { sub });
    expect((await visitor.comes(given)).status).toBe(303);
    expect((await thief.comes(given)).status).toBe(403);
    // Nor with a new code for the same way.
    expect((await thief.comes(provider.enters(address, { sub }))).status).toBe(403);
    expect(await thief.who()).toBeNull();
  });

  test('is refused in a browser that did not go there, and with the state of another way', async () => {
    const sub = await bound('legal', 'subject-of-legal');
    const [owner, other] = [new Visitor(council), new Visitor(council)];
    const given = provider.enters(await owner.leaves(), { sub });
    expect((await other.comes(given)).status).toBe(403);
    expect(await other.who()).toBeNull();
    await other.leaves();
    expect((await other.comes(given)).status).toBe(403);
    expect(await other.who()).toBeNull();
  });

  test('is refused where another provider answered: the mix-up of RFC 9207', async () => {
    const sub = await bound('legal', 'subject-of-legal');
    for (const iss of ['https://attacker.example', null]) {
      const visitor = new Visitor(council);
      const given = provider.enters(await visitor.leaves(), { sub });
      if (iss === null) given.delete('iss');
      else given.set('iss', iss);
      expect((await visitor.comes(given)).status).toBe(403);
      expect(await visitor.who()).toBeNull();
    }
  });

  test('makes no account, and says the same of one that is suspended as of none', async () => {
    const before = await council.world.db('people').count();
    const unknown = await enter({ sub: 'nobody here', email: 'new@council.example', email_verified: true });
    expect(unknown.who).toBeNull();
    expect(await council.world.db('people').count()).toEqual(before);
    const sub = await bound('host', 'subject-of-host');
    const admin = await council.as('administrator');
    const id = await personId(council.world.db, 'host');
    await admin.post(`/api/people/${id}/suspend`, { reasons: 'They have left.' });
    const suspended = await enter({ sub });
    expect(suspended.who).toBeNull();
    expect(suspended.sheet.status).toBe(unknown.sheet.status);
    expect(suspended.sheet.text).toBe(unknown.sheet.text);
  });

  test('binds by an address alone that it vouches for, to the letter, of an account bound to nobody', async () => {
    const email = 'auditor@council.example';
    for (const claims of [
      { email },
      { email, email_verified: false },
      { email, email_verified: 'true' },
      { email: email.toUpperCase(), email_verified: true },
    ])
      await isRefused({ sub: 'subject-of-auditor', ...claims });
    const vouched = { sub: 'subject-of-auditor', email, email_verified: true };
    expect((await enter(vouched)).who).toBe(email);
    // By the subject from now on, whatever the address; and by no other subject with that address.
    expect((await enter({ sub: 'subject-of-auditor' })).who).toBe(email);
    await isRefused({ ...vouched, sub: 'another subject' });
    const told = await council.world.db('messages').where({ kind: 'account_bound' }).select('to_person');
    expect(told).toEqual([{ to_person: await personId(council.world.db, 'auditor') }]);
  });
});

describe('a council that changes its provider', () => {
  const before = { issuer: 'https://sign-in-before.example', by: 'invitation' } as const;
  const boundBefore = async (account: string): Promise<string> => {
    const person = await personId(council.world.db, account);
    await behindTheApi(council.world.db, (trx) =>
      trx('provider_bindings').insert({
        person_id: person,
        issuer: before.issuer,
        subject: 'subject of before',
        bound_by: before.by,
        bound_at: council.clock,
      }),
    );
    return person;
  };

  test('binds each account there once more, by its address; the subject of before opens nothing', async () => {
    const person = await boundBefore('data.protection');
    const email = 'data.protection@council.example';
    await isRefused({ sub: 'subject of before', email });
    expect((await enter({ sub: 'subject of now', email, email_verified: true })).who).toBe(email);
    expect((await enter({ sub: 'subject of now' })).who).toBe(email);
    await isRefused({ sub: 'another of now', email, email_verified: true });
    expect(
      await council.world
        .db('provider_bindings')
        .where({ person_id: person })
        .orderBy('issuer')
        .pluck('issuer'),
    ).toEqual([provider.issuer, before.issuer]);
  });

  test('hands no account over by a link: whoever was bound before has it in use', async () => {
    const newcomer = await added(await council.as('administrator'));
    await behindTheApi(council.world.db, (trx) =>
      trx('provider_bindings').insert({
        person_id: newcomer.id,
        issuer: before.issuer,
        subject: 'newcomer of before',
        bound_by: before.by,
        bound_at: council.clock,
      }),
    );
    const link = paths.setPassword(await tokenOf(council.world.db, newcomer.id));
    for (const [email, status] of [
      ['somebody.else@council.example', 403],
      [newcomer.email, 303],
    ] as const) {
      const visitor = new Visitor(council);
      const given = provider.enters(await visitor.leaves(link), { sub: 'newcomer of now', email });
      expect((await visitor.comes(given)).status).toBe(status);
    }
  });
});

describe('a provider', () => {
  test('whose discovery document names another issuer, or stands for many, is not used', async () => {
    // A council of its own, which has not asked yet.
    provider.metadata = { issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' };
    const settings = settingsFor(provider);
    const asking = createProvider(settings).addressToEnter(
      newSecrets(),
      new URL(paths.fromProvider, 'http://localhost:3000'),
      false,
    );
    await expect(asking).rejects.toThrow('does not answer');
  });

  test.each<[string, Claims, boolean]>([
    ['one of the classes and all of the means', { acr: 'silver', amr: ['pwd', 'mfa'] }, true],
    ['another class', { acr: 'bronze', amr: ['mfa'] }, false],
    ['no class', { amr: ['mfa'] }, false],
    ['other means', { acr: 'gold', amr: ['pwd'] }, false],
    ['means that are no list', { acr: 'gold', amr: 'mfa' }, false],
  ])(
    'that is asked for more than a password is believed with what was asked for: %s',
    async (_what, claims, isMet) => {
      const asking = createProvider({ ...settingsFor(provider), acr: ['gold', 'silver'], amr: ['mfa'] });
      const [secrets, back] = [newSecrets(), new URL(paths.fromProvider, 'http://localhost:3000')];
      const address = await asking.addressToEnter(secrets, back, false);
      expect(address.searchParams.get('acr_values')).toBe('gold silver');
      const came = new URL(`?${provider.enters(address, { sub: 's', ...claims }).toString()}`, back);
      const told = await asking.wordOf(came, secrets, false).then(
        ({ word }) => word.subject,
        (error: unknown) => (error as { reason?: string }).reason,
      );
      expect(told).toBe(isMet ? 's' : 'demands');
    },
  );
});
