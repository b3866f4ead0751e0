import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { openapi } from '../../server/web/contract/openapi.js';
import { routes } from '../../server/routes.js';
import type { Answer } from './council.js';

interface Part {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}
type Paths = Record<string, Record<string, { readonly responses: Readonly<Record<string, Part>> }>>;

const document = JSON.parse(JSON.stringify(openapi(routes)));
/** A format is checked where it also has a pattern: the suite needs no package for the rest. */
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(document, 'contract');

const published = (path: string, method: string, status: number): object => {
  const part = (document.paths as Paths)[path]?.[method.toLowerCase()]?.responses[status];
  if (!part) throw new Error(`The contract has no ${status} for ${method} ${path}.`);
  const name = part.$ref?.split('/').at(-1) ?? '';
  const { content = {} } = part.$ref ? document.components.responses[name] : part;
  return Object.values<{ schema: object }>(content)[0]?.schema ?? {};
};

const validators = new Map<string, ValidateFunction>();

/** The schema of a call's answer, as a reference into the document. */
const validatorOf = (schema: object): ValidateFunction => {
  const pointed = JSON.stringify(schema).replaceAll('"#/', '"contract#/');
  const validate = validators.get(pointed) ?? ajv.compile(JSON.parse(pointed));
  validators.set(pointed, validate);
  return validate;
};

/**
 * What in an answer differs from the document that clients read; nothing where it matches.
 * @param path as the document has it, with parameters in braces
 * @throws Error where the document has no such call, or not that status
 */
export const unpublished = (method: string, path: string, { status, body }: Answer): string[] => {
  const validate = validatorOf(published(path, method, status));
  validate(body);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

/** The calls whose answer is a page of a list: it has `items` and `next`. */
export const publishedLists: readonly string[] = routes
  .filter(({ response, method, path, status = 200 }) => {
    if (response === undefined) return false;
    const { $ref = '' } = published(path, method, status) as { $ref?: string };
    const { properties = {} } = document.components.schemas[$ref.split('/').at(-1) ?? ''];
    return 'items' in properties && 'next' in properties;
  })
  .map(({ method, path }) => `${method} ${path}`);
