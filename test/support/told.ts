import type { Answer } from './council.js';

/** The text of an answer as it came. */
export const textOf = (answer: Answer): string => (answer as Answer & { text: string }).text;

/**
 * An answer without what differs from one call to the next whatever was asked, its number included. Once a minute an answer is sent in
 * pieces, while the session's use is noted: its text is compared, so its length is.
 */
export const asTold = (answer: Answer) => {
  const {
    date: _date,
    'content-length': _length,
    'transfer-encoding': _pieces,
    'x-request-id': _number,
    'content-security-policy': policy,
    ...headers
  } = answer.headers;
  return {
    status: answer.status,
    text: textOf(answer),
    headers: {
      ...headers,
      ...(headers['set-cookie'] ? { 'set-cookie': 'renewed' } : {}),
      policy: policy?.replaceAll(/'nonce-[^']+'/g, "'nonce'"),
    },
  };
};
