/**
 * Every page's address, once: for routes, redirects, views and mail. An address tells a reference or an id
 * at most; never a name, a reason or a case.
 */
const request = (reference: string) => `/requests/${reference}`;

export const paths = {
  home: '/',
  signIn: '/sign-in',
  signOut: '/sign-out',
  requests: '/requests',
  newRequest: '/requests/new',
  request,
  ask: (reference: string, step: string) => `${request(reference)}/ask/${step}`,
  check: (reference: string) => `${request(reference)}/check`,
  submitted: (reference: string) => `${request(reference)}/submitted`,
  withdraw: (reference: string) => `${request(reference)}/withdraw`,
  return: (reference: string) => `${request(reference)}/return`,
  host: (reference: string) => `${request(reference)}/host`,
  test: (reference: string) => `${request(reference)}/test`,
  question: (reference: string, question: string) => `${request(reference)}/test/${question}`,
  discussion: (reference: string) => `${request(reference)}/discussion`,
  meeting: (reference: string) => `${request(reference)}/discussion/meeting`,
  sign: (reference: string, office: string) => `${request(reference)}/sign/${office}`,
  withdrawSignOff: (reference: string, office: string) => `${request(reference)}/sign/${office}/withdraw`,
  decide: (reference: string) => `${request(reference)}/decide`,
  notice: (reference: string) => `${request(reference)}/notice`,
  standby: '/standby',
  absence: '/standby/absence',
  deputy: '/standby/deputy',
  conflict: '/standby/conflict',
  trail: '/trail',
  mailbox: '/dev/mailbox',
} as const;
