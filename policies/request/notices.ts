/** Who gets which notice while a request is on its way: need-to-know.md, section 8. */
import { type Notice, threeOffices, personOf } from '../core/notices.js';

/** Tells the councillor in writing that the request arrived, and when the decision is due. */
export const received = (reference: string, councillorId: string, due: string | null): Notice => ({
  kind: 'request_received',
  reference,
  to: [{ councillorId }],
  action: 'read',
  due,
  acknowledges: true,
});

/** The three offices are asked to answer, discuss and sign. */
export const submitted = (reference: string, due: string | null): Notice => ({
  kind: 'request_submitted',
  reference,
  to: threeOffices,
  action: 'answer_and_sign',
  due,
});

/** The councillor has answered the questions put: the three offices go on. */
export const resubmitted = (reference: string, due: string | null): Notice => ({
  ...submitted(reference, due),
  kind: 'request_resubmitted',
});

/** The councillor is asked to answer the questions put. */
export const returned = (reference: string, councillorId: string, due: string | null): Notice => ({
  kind: 'request_returned',
  reference,
  to: [{ councillorId }],
  action: 'answer_questions',
  due,
});

/** The offices learn that the councillor has been asked: until the answer they wait, and the clock with them. */
export const paused = (reference: string): Notice => ({
  kind: 'request_paused',
  reference,
  to: threeOffices,
  action: 'read',
  due: null,
});

/** The three offices learn that the request before them is a new version. */
export const edited = (reference: string, due: string | null): Notice => ({
  kind: 'request_edited',
  reference,
  to: threeOffices,
  action: 'answer_and_sign',
  due,
});

/** Nobody withdrew it: its time to answer went by (section 7). */
export const unanswered = (reference: string, councillorId: string): Notice => ({
  kind: 'request_unanswered',
  reference,
  to: [{ councillorId }],
  action: 'read',
  due: null,
});

/** The offices and the host need do nothing more. */
export const withdrawn = (reference: string, hostId: string | null): Notice => ({
  kind: 'request_withdrawn',
  reference,
  to: [...threeOffices, ...personOf(hostId)],
  action: 'read',
  due: null,
});

/** The councillor is told with an apology: the window was over before anybody decided, and nobody refused anything. */
export const overtaken = (reference: string, councillorId: string): Notice => ({
  kind: 'request_overtaken',
  reference,
  to: [{ councillorId }],
  action: 'read',
  due: null,
});

/** The offices and the host need do nothing more. */
export const closedByTime = (reference: string, hostId: string | null): Notice => ({
  ...withdrawn(reference, hostId),
  kind: 'request_closed_by_time',
});

export const hostNamed = (reference: string, personId: string): Notice => ({
  kind: 'host_named',
  reference,
  to: [{ personId }],
  action: 'prepare',
  due: null,
});

/** Anyone who was asked to prepare learns that somebody else hosts it now. */
export const hostReleased = (reference: string, personId: string): Notice => ({
  kind: 'host_released',
  reference,
  to: [{ personId }],
  action: 'read',
  due: null,
});
