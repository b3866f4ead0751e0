/** The name of each field, declared once beside its schema, so that the API and the pages use the same. */
import { z } from 'zod';

export interface FieldWords {
  /** As a sentence begins with it: `Reasons`, `First day`. */
  readonly name: string;
  /** Said where nothing was entered; left out where `Enter the …` or `Select the …` says it. */
  readonly missing?: string;
  /** The message for any fault of form; the rules word their own. */
  readonly wrong?: string;
}

const known = z.registry<FieldWords>();

/** The schema of a field with the words of that field; a schema of its own, so that others may share the first. */
export const asked = <T extends z.ZodType>(
  schema: T,
  name: string,
  more: Omit<FieldWords, 'name'> = {},
): T => {
  const own = schema.clone();
  known.add(own, { name, ...more });
  return own;
};

type Schema = z.core.$ZodType;

/** The definition of a schema; all our schemas are of zod’s classic kind, where it is public. */
const definitionOf = (schema: Schema) =>
  (schema as unknown as { readonly def: z.core.$ZodTypes['_zod']['def'] }).def;

/** The schemas at the same place: without wrappers, and each option of a union. */
const within = (schema: Schema): Schema[] => {
  const def = definitionOf(schema);
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
      return [schema, ...within(def.innerType)];
    case 'pipe':
      return [schema, ...within(def.in)];
    case 'union':
      return [schema, ...def.options.flatMap(within)];
    default:
      return [schema];
  }
};

const below = (schema: Schema, part: PropertyKey): Schema[] => {
  const def = definitionOf(schema);
  if (def.type === 'array') return [def.element];
  if (def.type === 'record') return [def.valueType];
  const found = def.type === 'object' && Object.hasOwn(def.shape, part) ? def.shape[String(part)] : undefined;
  return found ? [found] : [];
};

/** Everything that a schema is at a place below it. */
const schemasAt = (schema: Schema, path: readonly PropertyKey[]): Schema[] =>
  path.reduce<Schema[]>(
    (found, part) => found.flatMap((each) => below(each, part)).flatMap(within),
    within(schema),
  );

/** Names that mean the same wherever nothing else is declared. */
const usual: Readonly<Record<string, string>> = { from: 'First day', to: 'Last day' };

/** `declaredAt` as `Declared at`; the field itself where it has no name, as a whole body. */
const nameOf = (path: readonly PropertyKey[]): string => {
  const part = path.findLast((each) => typeof each === 'string' && !/^\d+$/.test(each));
  if (part === undefined) return 'This';
  const spaced = String(part)
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return (
    (Object.hasOwn(usual, part) ? usual[String(part)] : undefined) ??
    spaced.charAt(0).toUpperCase() + spaced.slice(1)
  );
};

const isChoice = (schema: Schema): boolean => {
  const def = definitionOf(schema);
  return def.type === 'array'
    ? within(def.element).some(isChoice)
    : def.type === 'enum' || def.type === 'literal' || def.type === 'boolean';
};

/** The words of the field at a place of a body; made of its name where none are declared. */
export const fieldWords = (
  schema: Schema,
  path: readonly PropertyKey[],
): Required<Pick<FieldWords, 'name' | 'missing'>> & FieldWords => {
  const found = schemasAt(schema, path);
  const declared = found.map((each) => known.get(each as z.ZodType)).find((each) => each !== undefined);
  const name = declared?.name ?? nameOf(path);
  const verb = found.some(isChoice) ? 'Select' : 'Enter';
  return { missing: `${verb} the ${name.charAt(0).toLowerCase()}${name.slice(1)}`, ...declared, name };
};
