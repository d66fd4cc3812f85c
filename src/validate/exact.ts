import type * as z from 'zod/mini';

/** True only if two types are identical, including `readonly` and `?`. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Accepts a schema only if its output is exactly the shape, so that the two cannot diverge; hides how the schema is built. */
export function exact<Shape>() {
  return <Schema extends z.ZodMiniType>(
    schema: Same<z.output<Schema>, Shape> extends true ? Schema : never,
  ): z.ZodMiniType<Shape> => schema as z.ZodMiniType<Shape>;
}
