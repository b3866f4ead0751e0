import { withinOf, type Json } from './json-schema.js';

/**
 * The parts of the contract with those open that stand in answers alone: a later edition may answer with a field more, so
 * nobody may count on there being none. What is sent stays closed, as the service refuses unknown fields. The tests hold
 * each answer against the closed form (test/support/contract.ts).
 * @param operations the operations by path, whose bodies and parameters say what is sent
 */
export const withOpenAnswers = (schemas: Json, operations: Json): Json => {
  const sent = new Set<string>();
  const follow = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      const name = key === '$ref' && typeof part === 'string' ? part.split('/').at(-1) : undefined;
      if (name === undefined) follow(part);
      else if (!sent.has(name)) {
        sent.add(name);
        follow(schemas[name]);
      }
    }
  };
  for (const methods of Object.values(operations)) {
    for (const { requestBody } of Object.values(methods as Json) as Json[]) follow(requestBody);
  }
  return Object.fromEntries(
    Object.entries(schemas).map(([name, part]) => [name, sent.has(name) ? part : opened(part)]),
  );
};

const opened = (value: unknown): unknown => {
  const part = withinOf(value, opened);
  if (typeof part !== 'object' || part === null || !('additionalProperties' in part)) return part;
  const { additionalProperties, ...rest } = part;
  return additionalProperties === false ? rest : part;
};
