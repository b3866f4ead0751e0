import type { z } from 'zod';

/** A body as a use case gets it: the schema's output, readonly, without the parts named `Less`. */
export type Sent<S extends z.ZodType, Less extends string = never> = Without<Kept<z.infer<S>>, Less>;

/** Each member of a union by itself: `Omit` alone would keep only the fields that all members share. */
type Without<T, Less extends string> = T extends unknown ? Omit<T, Less> : never;

type Kept<T> = T extends string | number | boolean | null | undefined | Date
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Kept<Item>[]
    : { readonly [Key in keyof T]: Kept<T[Key]> };
