/** Codes and constraints are names of the database's or ours; whatever looks like none may quote what is confidential. */
const plain = /^[\w.-]{1,63}$/;

const ownKind = (error: unknown): string => {
  const said = typeof error === 'object' && error !== null ? error : {};
  const name = error instanceof Error ? error.name : 'unknown';
  const { code, constraint } = { code: undefined, constraint: undefined, ...said };
  return [name, code, constraint]
    .filter((part): part is string => typeof part === 'string' && plain.test(part))
    .join(':');
};

/**
 * What failed, by kind, and what was behind it, such as `NotRecorded by error:23514:the_name_of_a_check`. Never by its
 * message, which may quote what is confidential.
 */
export const kindOf = (error: unknown): string =>
  error instanceof Error && error.cause !== undefined
    ? `${ownKind(error)} by ${ownKind(error.cause)}`
    : ownKind(error);
