import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { entryTypes } from '../../../db/audit/entry-types.js';
import { cautionKinds } from '../../../policies/core/words/cautions.js';
import { categories } from '../../../policies/core/category.js';
import { grounds } from '../../../policies/core/grounds.js';
import { observationTypeKeys } from '../../../policies/core/observation-types.js';
import { capacities, offices, seats } from '../../../policies/core/office.js';
import { questionKeys } from '../../../policies/need-to-know/questions.js';
import { requestStatuses } from '../../../policies/request/request.js';

export type Json = Record<string, unknown>;

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
  return {
    named,
    widened,
    schema: (schema, io) => {
      const made = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline', override });
      const worded = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(worded);
        if (typeof value !== 'object' || value === null) return value;
        const name = nameOfCodes(value);
        if (name !== undefined) return named('schemas', name, value as Json);
        return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, worded(part)]));
      };
      const {
        $schema: _,
        $defs = {},
        ...rest
      } = worded(pointed(made)) as Json & { $defs?: Record<string, Json> };
      for (const [name, part] of Object.entries($defs)) named('schemas', name, part);
      return rest;
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

const waysOf = (ways: unknown): Json[] => (Array.isArray(ways) ? (ways as Json[]) : []);

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

/** A whole number has no bounds but those that were set: that JSON carries none beyond 2^53 exactly goes without saying. */
const override = ({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
};

/** Lists of codes that stand in many schemas: clients get one type for each. */
const codes: Readonly<Record<string, readonly string[]>> = {
  Office: offices,
  ObservationTypeKey: observationTypeKeys,
  EntryType: entryTypes,
  CautionKind: cautionKinds,
  Ground: grounds,
  QuestionKey: questionKeys,
  Category: categories,
  Capacity: capacities,
  Seat: seats,
  RequestStatus: requestStatuses,
};

const nameOfCodes = (value: object): string | undefined =>
  Object.keys(codes).find((name) => isDeepStrictEqual(value, { type: 'string', enum: codes[name] }));

const inOrder = (parts: ReadonlyMap<string, Json>): Json =>
  Object.fromEntries([...parts].toSorted(([a], [b]) => (a < b ? -1 : 1)));

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
