import { describe, expect, test } from '@jest/globals';
import { readSmtpUrl, SmtpUrlFault } from '../../../emails/courier/smtp-url.js';

/** How far a message, and a password, are protected on the way. */
const protectionOf = (url: string): string => {
  const { secure, requireTLS, ignoreTLS, rejectUnauthorized } = readSmtpUrl(url);
  const tls = secure ? 'from the start' : requireTLS ? 'required' : ignoreTLS ? 'never' : 'where offered';
  return `TLS ${tls}${rejectUnauthorized ? '' : ', any certificate'}`;
};

const faultOf = (url: string): string => {
  try {
    readSmtpUrl(url);
  } catch (error) {
    if (error instanceof SmtpUrlFault) return error.message;
    throw error;
  }
  return 'none';
};

describe('the way to another machine', () => {
  test.each([
    ['smtp://u:p@mail.example', 'TLS required'],
    ['smtp://u:p@mail.example:587?requireTLS=true', 'TLS required'],
    ['smtp://u:p@mail.example?ignoreTLS=false', 'TLS required'],
    ['smtp://u:p@mail.example:465', 'TLS required'],
    ['smtp://relay.example:25?auth=none', 'TLS required'],
    ['smtp://relay.example?auth=none&requireTLS=false', 'TLS where offered'],
    ['smtp://relay.example?auth=none&ignoreTLS=true', 'TLS never'],
    ['smtp://relay.example?auth=none&requireTLS=false&ignoreTLS=true', 'TLS never'],
    ['smtps://u:p@mail.example', 'TLS from the start'],
    ['smtps://u:p@mail.example?requireTLS=true', 'TLS from the start'],
    ['smtps://u:p@mail.example?tls.rejectUnauthorized=false', 'TLS from the start, any certificate'],
    ['smtp://u:p@mail.example?tls.rejectUnauthorized=false', 'TLS required, any certificate'],
    ['smtp://u:p@mail.example?tls.rejectUnauthorized=true', 'TLS required'],
  ])('%s: %s', (url, protection) => {
    expect(protectionOf(url)).toBe(protection);
  });

  test.each([
    'smtp://u:p@localhost.example',
    'smtp://u:p@127.0.0.1.example',
    'smtp://u:p@localhost.',
    'smtp://u:p@0.0.0.0',
    'smtp://u:p@10.0.0.1',
    'smtp://u:p@[::2]',
    'smtp://u:p@[::ffff:127.0.0.1]',
    'smtp://localhost:p@mail.example',
  ])('%s is one, whatever it looks like', (url) => {
    expect(protectionOf(url)).toBe('TLS required');
  });

  test('a protection that production may not switch off is named as it was written', () => {
    const concessionsOf = (query: string) =>
      readSmtpUrl(`smtp://relay.example?auth=none${query}`).concessions;
    expect(concessionsOf('')).toEqual([]);
    expect(concessionsOf('&requireTLS=true&tls.rejectUnauthorized=true&ignoreTLS=false')).toEqual([]);
    expect(concessionsOf('&requireTLS=false')).toEqual(['requireTLS=false']);
    expect(concessionsOf('&ignoreTLS=true&tls.rejectUnauthorized=false')).toEqual([
      'ignoreTLS=true',
      'tls.rejectUnauthorized=false',
    ]);
    expect(readSmtpUrl('smtp://localhost?requireTLS=false&tls.rejectUnauthorized=false').concessions).toEqual(
      [],
    );
  });
});

describe('the way to this machine', () => {
  test.each([
    ['smtp://127.0.0.1:1025', 'TLS where offered'],
    ['smtp://127.8.9.10', 'TLS where offered'],
    ['smtp://127.1', 'TLS where offered'],
    ['smtp://LOCALHOST', 'TLS where offered'],
    ['smtp://[::1]:1025', 'TLS where offered'],
    ['smtp://[0:0:0:0:0:0:0:1]', 'TLS where offered'],
    ['smtp://u:p@localhost', 'TLS where offered'],
    ['smtp://localhost?requireTLS=true', 'TLS required'],
    ['smtp://u:p@localhost?ignoreTLS=true', 'TLS never'],
    ['smtp://localhost?tls.rejectUnauthorized=false', 'TLS where offered, any certificate'],
    ['smtps://localhost', 'TLS from the start'],
  ])('%s: %s', (url, protection) => {
    expect(protectionOf(url)).toBe(protection);
  });
});

describe('the settings read from it', () => {
  test('are the host as it is called, the port or the usual one, and the login with its codes decoded', () => {
    expect(readSmtpUrl('smtp://need%40know:p%3A%2F%3F%23%25@M%C3%BCnster.Example:2525')).toEqual({
      host: 'xn--mnster-3ya.example',
      port: 2525,
      secure: false,
      requireTLS: true,
      ignoreTLS: false,
      login: { user: 'need@know', pass: 'p:/?#%' },
      name: undefined,
      certificateName: undefined,
      rejectUnauthorized: true,
      concessions: [],
    });
    expect(readSmtpUrl('smtp://u:p@mail.example').port).toBe(587);
    expect(readSmtpUrl('smtps://u:p@mail.example/').port).toBe(465);
    expect(readSmtpUrl('smtp://[::1]').host).toBe('::1');
    expect(readSmtpUrl('smtp://127.1').host).toBe('127.0.0.1');
  });

  test('auth=none means no login', () => {
    expect(readSmtpUrl('smtp://relay.example?auth=none').login).toBeUndefined();
    expect(readSmtpUrl('smtp://localhost?auth=none').login).toBeUndefined();
  });

  test('the name of the certificate and that of the service can be set', () => {
    expect(
      readSmtpUrl('smtp://u:p@10.0.0.1?tls.servername=mail.example&name=observe.council.example'),
    ).toMatchObject({ certificateName: 'mail.example', name: 'observe.council.example' });
  });
});

describe('refused', () => {
  test.each([
    ['smtp://mail.example', 'must have a login'],
    ['smtps://mail.example', 'must have a login'],
    ['smtp://mail.example?requireTLS=false', 'must have a login'],
    ['smtp://hush@mail.example', 'both a user and a password'],
    ['smtp://:hush@mail.example', 'both a user and a password'],
    ['smtp://hush@localhost', 'both a user and a password'],
    ['smtp://u:hush@mail.example?auth=none', 'may not say auth=none beside'],
    ['smtp://mail.example?auth=hush', 'nothing but auth=none'],
    ['smtp://u:hush@mail.example?requireTLS=false', 'cross the network in clear'],
    ['smtp://u:hush@mail.example?ignoreTLS=true', 'cross the network in clear'],
    ['smtp://u:hush@mail.example?ignoreTLS=true&requireTLS=true', 'may not say both'],
    ['smtps://u:hush@mail.example?requireTLS=false', 'TLS from the start'],
    ['smtps://u:hush@mail.example?ignoreTLS=true', 'TLS from the start'],
    ['smtp://u:hush@mail.example?requireTLS=no', 'requireTLS=true or requireTLS=false'],
    ['smtp://u:hush@mail.example?requireTLS', 'requireTLS=true or requireTLS=false'],
    ['smtp://u:hush@mail.example?requireTLS=true&requireTLS=false', 'only once'],
    ['smtp://u:hush@mail.example?requiretls=false', 'may set only'],
    ['smtp://u:hush@mail.example?opportunisticTLS=true', 'may set only'],
    ['smtp://u:hush@mail.example?secure=false', 'may set only'],
    ['smtp://u:hush@mail.example?service=elsewhere', 'may set only'],
    ['smtp://u:hush@mail.example?proxy=http%3A%2F%2Felsewhere.example', 'may set only'],
    ['smtp://u:hush@mail.example?tls.minVersion=TLSv1', 'may set only'],
    ['smtp://u:hush@mail.example?logger=true&debug=true', 'may set only'],
    // A password with a slash or a hash in it that was not written as a code.
    ['smtp://user:25/hush@mail.example', '%2F for /'],
    ['smtp://user:25#hush@mail.example', '%2F for /'],
    ['smtp://u:100%hush@mail.example', '%25'],
    ['smtp://u:hush@', 'begins with smtp://'],
    ['smtp://u:p@hush%40localhost', 'must name a mail server'],
    ['mail.example', 'begins with smtp://'],
    ['http://u:hush@mail.example', 'begins with smtp://'],
  ])('%s, saying what to write (%s) and quoting nothing of it', (url, says) => {
    const fault = faultOf(url);
    expect(fault).toContain(says);
    expect(fault).not.toMatch(/hush|mail\.example|elsewhere/);
  });
});
