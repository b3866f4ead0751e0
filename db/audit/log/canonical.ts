import canonicalize from 'canonicalize';

/** RFC 8785, of anything that JSON.parse gives. @throws Error on half a surrogate pair, and on what is no JSON */
export const canonicalJson = (value: unknown): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('JSON has no text for this.');
  return text;
};
