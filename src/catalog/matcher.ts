import type { Catalog } from '../model/catalog.js';

/** Marks what `compile` returns. */
export const isCompiled = Symbol('smart-enrolments.compiled');

/** A catalog compiled for {@link diff} and {@link explain}. Only {@link compile} creates one. */
export interface Matcher {
  /** The catalog that was compiled. */
  readonly catalog: Catalog;
  /** Always true. */
  readonly [isCompiled]: true;
}
