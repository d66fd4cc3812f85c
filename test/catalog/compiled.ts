import { type CompileOptions, compile } from '../../src/catalog/compile.js';
import { type CompiledCatalog, compiledOf } from '../../src/catalog/compiled-catalog.js';
import type { Catalog } from '../../src/model/catalog.js';

/** Compiles a catalog, for a test of what a matcher is inside. */
export function compiled(catalog: Catalog, options?: CompileOptions): CompiledCatalog {
  return compiledOf(compile(catalog, options));
}
