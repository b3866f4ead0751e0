/** Who gets which notice about passkeys: People, accounts and sign-in, “Ways in”. */
import { accountReference, type Notice } from '../core/notices.js';

const toOwner = (kind: 'passkeys_changed' | 'passkey_copied', personId: string): Notice => ({
  kind,
  reference: accountReference,
  to: [{ personId }],
  action: 'read',
  due: null,
  acknowledges: true,
});

/** The owner learns that a passkey was added or removed, also where they did it themselves. */
export const passkeysChanged = (personId: string): Notice => toOwner('passkeys_changed', personId);

/** The owner learns that one of their passkeys was refused, since somebody may have a copy of it. */
export const passkeyCopied = (personId: string): Notice => toOwner('passkey_copied', personId);
