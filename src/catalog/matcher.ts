import type { Catalog } from '../model/catalog.js';

/** Sets what `compile` returns apart from any other object that has a catalog. */
export const isCompiled = Symbol('smart-enrolments.compiled');

/** A catalog compiled for {@link diff} and {@link explain}. Only {@link compile} makes one. */
export interface Matcher {
  /** The catalog that was compiled. */
  readonly catalog: Catalog;
  /** Always true. */
  readonly [isCompiled]: true;
}
