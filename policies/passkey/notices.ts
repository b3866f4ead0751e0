/** Who gets which notice about passkeys: People, accounts and sign-in, “Ways in”. */
import { accountReference, type Notice } from '../core/notices.js';

const toOwner = (personId: string) => ({
  reference: accountReference,
  to: [{ personId }],
  action: 'read' as const,
  due: null,
  acknowledges: true as const,
});

/** The owner learns that a passkey was added or removed, also where they did it themselves. */
export const passkeysChanged = (personId: string): Notice => ({
  kind: 'passkeys_changed',
  ...toOwner(personId),
});

/** The owner learns that one of their passkeys was refused, since somebody may have a copy of it. */
export const passkeyCopied = (personId: string): Notice => ({ kind: 'passkey_copied', ...toOwner(personId) });
