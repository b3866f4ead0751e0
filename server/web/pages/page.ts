import type { z } from 'zod';
import type { Ctx } from '../../case/ctx.js';
import type { Check } from './checking/checked.js';
import type { Form } from './form.js';

/** A chosen file; its name says what it is and is not stored. */
export interface SentFile {
  readonly name: string;
  /** As the browser has it: `text/csv`. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** What pages keep for a person between two steps, until that person signs out. */
export interface Kept {
  get(name: string): unknown;
  /** Undefined removes it. */
  set(name: string, value: unknown): void;
}

/** The input of a page, checked. */
export interface PageInput<P> {
  readonly params: P;
  /** As in the address; a parameter given twice counts once, the last. */
  readonly query: Readonly<Record<string, string>>;
  readonly kept: Kept;
  /** Where the form takes one and one was chosen. */
  readonly file: SentFile | null;
}

/** The facts that a view words. Facts and permissions come from presenters, never from the view. */
export type Model = object;

/**
 * One page: what it shows, and what its form sends, if it has one. Loading and acting are use cases, the same as the
 * API's; a refused form shows the page again, with the typed text.
 */
export interface Page<P extends z.ZodObject = z.ZodObject, B extends z.ZodType = z.ZodType> {
  /** As express writes it: `/requests/:reference/host`. */
  readonly path: `/${string}`;
  /** Whether somebody may open it who must set an app for codes up first: nothing confidential is there. */
  readonly beforeCodes?: true;
  /** One schema for each parameter of the path. A malformed one is a 404. */
  readonly params: P;
  /** The template, below `views/`, without its ending. */
  readonly view: string;
  load(ctx: Ctx, input: PageInput<z.output<P>>): Promise<Model>;
  readonly form?: {
    /** The most bytes of a file, where the form takes one. */
    readonly upload?: number;
    /** The body that the API would take for this; the same schema checks it. */
    readonly body: B;
    /** Makes that body of the form's fields. */
    read(form: Form, input: PageInput<z.output<P>>): object;
    /** False where it only leads on to another page: sent twice it does no harm, and it claims no key. */
    readonly changes?: false;
    /** For what weighs something: what is shown to check before it is done, and what is said afterwards. */
    readonly check?: Check<PageInput<z.output<P>> & { readonly body: z.output<B>; readonly form: Form }>;
    /** Does it, and answers with the address to go to. */
    act?(
      ctx: Ctx,
      input: PageInput<z.output<P>> & { readonly body: z.output<B>; readonly form: Form },
    ): Promise<string>;
    /**
     * In place of `act`, for values that no address may hold: the page shows again, with this result. Sending it twice does
     * no harm: it changes nothing, or makes anew what is shown this once.
     */
    answer?(
      ctx: Ctx,
      input: PageInput<z.output<P>> & { readonly body: z.output<B>; readonly form: Form },
    ): Promise<Model>;
    /** Where a field's error leads to on the page, where that is not the field's own name. */
    anchor?(field: string): string;
  };
}

/** A page whose schemas are not known one by one: what tables hold. */
// oxlint-disable-next-line typescript/no-explicit-any -- the one place where a table forgets the inputs
export type AnyPage = Page<any, any>;

/** Defines a page, inferring the types of its parameters and its body. */
export const page = <P extends z.ZodObject, B extends z.ZodType = z.ZodType>(
  definition: Page<P, B>,
): AnyPage => definition as AnyPage;
