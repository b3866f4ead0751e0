import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { openapi } from '../../server/web/contract/openapi.js';
import { routes } from '../../server/routes.js';

/** As much of an answer as is held against the contract. */
interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

interface Part {
  readonly $ref?: string;
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}
type Paths = Record<string, Record<string, { readonly responses: Readonly<Record<string, Part>> }>>;

/** A field that the contract does not name is a leak here, though a later edition may have it. */
const closed = (_key: string, part: unknown): unknown =>
  typeof part === 'object' && part !== null && 'properties' in part && !('additionalProperties' in part)
    ? { ...part, additionalProperties: false }
    : part;

const readContract = () => {
  const document = JSON.parse(JSON.stringify(openapi(routes)), closed);
  /** A format is checked where it also has a pattern: the suite needs no package for the rest. */
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, 'contract');
  return { document, ajv };
};
/** Made once in each worker, when the first answer comes; a schema is compiled with the first answer of its kind. */
let read: ReturnType<typeof readContract> | undefined;
const contract = () => (read ??= readContract());

/** What a call may answer with that status, by media type; nothing where it has no content. */
const published = (path: string, method: string, status: number): NonNullable<Part['content']> => {
  const { document } = contract();
  const { responses = {} } = (document.paths as Paths)[path]?.[method.toLowerCase()] ?? {};
  const followed = (part: Part | undefined): Part | undefined =>
    part?.$ref === undefined ? part : document.components.responses[part.$ref.split('/').at(-1) ?? ''];
  // A range stands for the statuses that it says, and for no other.
  const range = followed(responses[`${Math.floor(status / 100)}XX`]);
  const part = followed(responses[status]) ?? (range?.description?.includes(`With ${status}:`) && range);
  if (!part) throw new Error(`The contract has no ${status} for ${method} ${path}.`);
  return part.content ?? {};
};

const validators = new Map<string, ValidateFunction>();

/** The schema of a call's answer, as a reference into the document. */
const validatorOf = (schema: object): ValidateFunction => {
  const pointed = JSON.stringify(schema).replaceAll('"#/', '"contract#/');
  const validate = validators.get(pointed) ?? contract().ajv.compile(JSON.parse(pointed));
  validators.set(pointed, validate);
  return validate;
};

const isJson = (type: string): boolean => /[/+]json$/.test(type);

/**
 * What in an answer differs from the document that clients read; nothing where it matches. Of what is no JSON, the media
 * type alone.
 * @param path as the document has it, with parameters in braces
 * @throws Error where the document has no such call, or not that status
 */
export const unpublished = (method: string, path: string, { status, body, headers }: Answered): string[] => {
  const content = published(path, method, status);
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  if (type === '' && Object.keys(content).length === 0) return [];
  const schema = content[type]?.schema;
  if (!schema)
    return [`is of the type ${type || 'none'} and not ${Object.keys(content).join(' or ') || 'none'}`];
  if (!isJson(type)) return [];
  const validate = validatorOf(schema);
  validate(body);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

/** The calls whose answer is a page of a list: it has `items` and `next`. */
export const publishedLists = (): readonly string[] =>
  routes
    .filter(({ response, method, path, status = 200 }) => {
      if (response === undefined) return false;
      const [first] = Object.values(published(path, method, status));
      const { $ref = '' }: { $ref?: string } = first?.schema ?? {};
      const { properties = {} } = contract().document.components.schemas[$ref.split('/').at(-1) ?? ''];
      return 'items' in properties && 'next' in properties;
    })
    .map(({ method, path }) => `${method} ${path}`);
