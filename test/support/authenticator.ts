/**
 * A device that makes passkeys and answers with them, as Web Authentication Level 3 says, without any code of ours: keys of
 * P-256, statements of `none`. What it says about itself a test may bend.
 */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

const base64url = (bytes: Buffer): string => bytes.toString('base64url');
const sha256 = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();

/** The head of a value in CBOR (RFC 8949, section 3). */
const head = (major: number, size: number): Buffer => {
  if (size < 24) return Buffer.from([(major << 5) | size]);
  if (size < 256) return Buffer.from([(major << 5) | 24, size]);
  return Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
};

type Cbor = number | string | Buffer | Map<number | string, Cbor>;
const cbor = (value: Cbor): Buffer => {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const entries = [...value].flatMap(([key, of]) => [cbor(key), cbor(of)]);
  return Buffer.concat([head(5, value.size), ...entries]);
};

const coseOf = (key: KeyObject): Buffer => {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return cbor(
    new Map<number, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  );
};

interface Options {
  readonly challenge: string;
  readonly user?: { readonly id: string };
}

/** What an answer says, where it is not the truth. */
export interface Bent {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  /** Whether its user proved to the device that it is they. */
  readonly verified?: boolean;
  readonly counter?: number;
  /** The credential that it names. */
  readonly credentialId?: string;
  readonly userHandle?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly format?: string;
  readonly statement?: ReadonlyMap<string, Cbor>;
}

export interface Authenticator {
  /** The id of the credential that it made, in base64url. */
  readonly credentialId: string;
  /** Makes a passkey. */
  made(options: Options, bent?: Bent): object;
  /** Answers with it. */
  answer(options: Options, bent?: Bent): object;
}

const site = { origin: 'http://localhost:3000', rpId: 'localhost' };

/** @param counts whether it counts its answers; most do not, and say 0 */
export const authenticator = ({ counts = false } = {}): Authenticator => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credentialId = randomBytes(32);
  let [counter, owner] = [0, ''];

  const clientData = (type: string, { challenge }: Options, bent: Bent): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: bent.type ?? type,
        challenge: bent.challenge ?? challenge,
        origin: bent.origin ?? site.origin,
        crossOrigin: bent.crossOrigin ?? false,
      }),
    );
  const authenticatorData = ({ rpId, verified = true, counter: said }: Bent, credential: Buffer): Buffer => {
    if (counts) counter += 1;
    const flags = 0x01 | (verified ? 0x04 : 0) | (credential.length > 0 ? 0x40 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(said ?? counter);
    return Buffer.concat([sha256(rpId ?? site.rpId), Buffer.from([flags]), count, credential]);
  };
  const around = (id: string) => ({
    id,
    rawId: id,
    type: 'public-key',
    authenticatorAttachment: 'platform',
    clientExtensionResults: {},
  });

  return {
    credentialId: base64url(credentialId),
    made(options, bent = {}) {
      owner = options.user?.id ?? '';
      const id = bent.credentialId === undefined ? credentialId : Buffer.from(bent.credentialId, 'base64url');
      const length = Buffer.from([0, id.length]);
      const credential = Buffer.concat([Buffer.alloc(16), length, id, coseOf(publicKey)]);
      const attestationObject = cbor(
        new Map<string, Cbor>([
          ['fmt', bent.format ?? 'none'],
          ['attStmt', new Map(bent.statement ?? [])],
          ['authData', authenticatorData(bent, credential)],
        ]),
      );
      return {
        ...around(base64url(id)),
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', options, bent)),
          attestationObject: base64url(attestationObject),
          transports: ['internal'],
        },
      };
    },
    answer(options, bent = {}) {
      const data = authenticatorData(bent, Buffer.alloc(0));
      const said = clientData('webauthn.get', options, bent);
      return {
        ...around(bent.credentialId ?? base64url(credentialId)),
        response: {
          clientDataJSON: base64url(said),
          authenticatorData: base64url(data),
          signature: base64url(sign('sha256', Buffer.concat([data, sha256(said)]), privateKey)),
          userHandle: bent.userHandle ?? owner,
        },
      };
    },
  };
};
