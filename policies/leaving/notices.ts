/** Who is told that somebody leaves for whom something waits: People, accounts and sign-in, “People and offices”. */
import { leaversReference, type Notice } from '../core/notices.js';

/** Children’s Services learn that the host of a request, or the host's line manager, leaves. */
export const hostLeft = (reference: string): Notice => ({
  kind: 'host_left',
  reference,
  to: [{ office: 'childrens_services' }],
  action: 'look_into',
  due: null,
});

/** Democratic Services learn that somebody leaves who was named to act, or who stands in for the head of an office. */
export const standInLeft = (): Notice => ({
  kind: 'stand_in_left',
  reference: leaversReference,
  to: [{ office: 'democratic_services' }],
  action: 'look_into',
  due: null,
});
