import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { jsonSchemaOf, waysOf, withinOf, type Json } from './json-schema.js';
import { commonName } from './common-parts.js';

/** The named parts of a document, gathered while its operations are written. */
export interface Components {
  /**
   * The JSON Schema of `schema`, as sent (`input`) or answered (`output`). Each part with `.meta({ id })` becomes a
   * component of that name, and a reference takes its place.
   * @throws Error, a fault of ours, if two different parts have one name, or a recursive part has none.
   */
  schema(schema: z.ZodType, io: 'input' | 'output'): Json;
  /**
   * That schema of a body with these properties more, which may be left out: of a named part, wherever it stands, and of
   * each way that a body may be.
   */
  widened(schema: Json, properties: Json): Json;
  /** Names `part` and gives the reference to it. @throws Error where another part of that kind has the name. */
  named(kind: Kind, name: string, part: Json): Json;
  /** All parts so far, by kind and name. */
  gathered(): Record<Kind, Json>;
}

type Kind = 'schemas' | 'parameters' | 'responses';

export const gatherComponents = (): Components => {
  const parts: Record<Kind, Map<string, Json>> = {
    schemas: new Map(),
    parameters: new Map(),
    responses: new Map(),
  };
  const named = (kind: Kind, name: string, part: Json): Json => {
    const kept = parts[kind].get(name);
    if (kept !== undefined && !isDeepStrictEqual(kept, part)) {
      throw new Error(`Two ${kind} of the contract that differ are called ${name}.`);
    }
    parts[kind].set(name, part);
    return { $ref: `#/components/${kind}/${name}` };
  };
  /** Most schemas stand in many calls: each is written once. */
  const written = { input: new Map<z.ZodType, Json>(), output: new Map<z.ZodType, Json>() };
  const more = new Map<string, Json>();
  const widened = (schema: Json, properties: Json): Json => {
    const { $ref: pointer } = schema;
    if (typeof pointer === 'string') {
      const name = pointer.slice(pointer.lastIndexOf('/') + 1);
      more.set(name, properties);
      const { anyOf, oneOf } = parts.schemas.get(name) ?? {};
      for (const each of waysOf(anyOf ?? oneOf)) widened(each, properties);
      return schema;
    }
    return withProperties(schema, properties, widened);
  };
  /** With a reference in the place of each part that many schemas share, the innermost first. */
  const withCommon = (value: unknown): unknown => {
    const part = withinOf(value, withCommon);
    const name = commonName(part);
    return name === undefined ? part : named('schemas', name, part as Json);
  };
  return {
    named,
    widened,
    schema: (schema, io) => {
      const before = written[io].get(schema);
      if (before !== undefined) return before;
      const { $defs = {}, ...rest } = jsonSchemaOf(schema, io);
      // A part that has a name of its own keeps it.
      for (const [name, part] of Object.entries($defs)) {
        named('schemas', name, withinOf(part, withCommon) as Json);
      }
      const part = withinOf(rest, withCommon) as Json;
      written[io].set(schema, part);
      return part;
    },
    gathered: () => ({
      schemas: inOrder(
        new Map(
          [...parts.schemas].map(([name, part]) => {
            const properties = more.get(name);
            return [name, properties ? withProperties(part, properties, widened) : part];
          }),
        ),
      ),
      parameters: inOrder(parts.parameters),
      responses: inOrder(parts.responses),
    }),
  };
};

/** An object with properties more; of several ways, each. */
const withProperties = (
  schema: Json,
  properties: Json,
  widened: (schema: Json, properties: Json) => Json,
): Json =>
  Object.fromEntries(
    Object.entries(schema).map(([key, part]) => {
      if (key === 'anyOf' || key === 'oneOf')
        return [key, waysOf(part).map((each) => widened(each, properties))];
      return [key, key === 'properties' ? { ...(part as Json), ...properties } : part];
    }),
  );

const inOrder = (parts: ReadonlyMap<string, Json>): Json =>
  Object.fromEntries([...parts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
