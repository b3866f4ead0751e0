import type { z } from 'zod';

/** What a use case is given of a body: what its schema makes of it, to be read only, without the parts named `Less`. */
export type Sent<S extends z.ZodType, Less extends string = never> = Without<Kept<z.infer<S>>, Less>;

/** Of each member of a union by itself: `Omit` alone would keep what all of them share. */
type Without<T, Less extends string> = T extends unknown ? Omit<T, Less> : never;

type Kept<T> = T extends string | number | boolean | null | undefined | Date
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Kept<Item>[]
    : { readonly [Key in keyof T]: Kept<T[Key]> };
