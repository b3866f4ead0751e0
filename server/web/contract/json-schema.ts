import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

export type Json = Record<string, unknown>;

/**
 * The JSON Schema of `schema`, as sent (`input`) or answered (`output`), written as short as it says the same; each part
 * with `.meta({ id })` is in `$defs`, and a reference to where the document has it in its place.
 * @throws Error, a fault of ours, if a recursive part has no name.
 */
export const jsonSchemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json & { $defs?: Json } => {
  const { $schema: _, ...made } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
    override,
  });
  return shortened(pointed(made)) as Json;
};

/** The same value with `change` made to each part that it holds. */
export const withinOf = (value: unknown, change: (part: unknown) => unknown): unknown => {
  if (Array.isArray(value)) return value.map(change);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(part)]));
};

/** The ways that a schema may be met: `anyOf` or `oneOf`. */
export const waysOf = (ways: unknown): Json[] => (Array.isArray(ways) ? (ways as Json[]) : []);

/** A whole number has no bounds but those that were set: that JSON carries none beyond 2^53 exactly goes without saying. */
const override = ({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
};

/** With references to where the named parts stand in the document. */
const pointed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(pointed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === '$ref' && typeof part === 'string' ? pointer(part) : pointed(part),
    ]),
  );
};

/** zod writes `#` or a name of its own for a recursive part: neither exists in the document. */
const pointer = (reference: string): string => {
  if (reference === '#' || reference.startsWith('#/$defs/__')) {
    throw new Error('A schema that holds itself has no name.');
  }
  return reference.replace('#/$defs/', '#/components/schemas/');
};

/** Null stands among the types of a part that may be null, and of the names in a record nothing is said. */
const shortened = (value: unknown): unknown => {
  const part = withinOf(value, shortened);
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
  const { propertyNames, ...named } = part as Json;
  const schema = isDeepStrictEqual(propertyNames, { type: 'string' }) ? named : (part as Json);
  const { anyOf, ...rest } = schema;
  const [some, none, ...others] = waysOf(anyOf);
  const mayBeNull = isDeepStrictEqual(none, { type: 'null' }) && others.length === 0;
  if (!mayBeNull || typeof some?.type !== 'string' || 'enum' in some || 'const' in some) return schema;
  return { ...some, ...rest, type: [some.type, 'null'] };
};
