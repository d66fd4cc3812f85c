import ts from 'typescript';

interface Unit {
  readonly floor: number;
  readonly name: string;
  /** Folders and files of `src`; they may import each other freely. */
  readonly paths: readonly string[];
  /** Whether it has only types, so that other units on the same floor may import it too. */
  readonly typesOnly?: boolean;
  /** Its parts, lowest first: a part may import only itself and earlier parts. Files of no part may import all of them. */
  readonly parts?: readonly string[];
}

/** The parts of `sql`: `host` reads the host's tables, `store` owns the library's tables. */
const SQL = [
  'statement/',
  'check-options.ts',
  'drivers/',
  'host/columns/',
  'pushdown/',
  'host/',
  'transaction/',
  'store/',
];

/** The parts of `engine`: `operations` are what a host calls; they use all others. */
const ENGINE = ['current-repositories.ts', 'guard/', 'batches/', 'limits/', 'backoff.ts', 'engine.ts', 'operations/'];

const units: readonly Unit[] = [
  { floor: 7, name: 'doors', paths: ['index.ts', 'core.ts'] },
  { floor: 7, name: 'model-based', paths: ['testkit/model-based/'] },
  { floor: 6, name: 'testkit', paths: ['testkit/'] },
  { floor: 6, name: 'sql', paths: ['sql/'], parts: SQL.map((part) => `sql/${part}`) },
  { floor: 5, name: 'core', paths: ['core/'] },
  { floor: 5, name: 'engine', paths: ['engine/'], parts: ENGINE.map((part) => `engine/${part}`) },
  { floor: 5, name: 'memory', paths: ['memory/'] },
  { floor: 4, name: 'reconcile', paths: ['reconcile/'] },
  { floor: 3, name: 'catalog', paths: ['catalog/'] },
  { floor: 2, name: 'rules', paths: ['rules/'] },
  { floor: 2, name: 'validate', paths: ['validate/'] },
  { floor: 2, name: 'repositories', paths: ['repositories/'], typesOnly: true },
  { floor: 1, name: 'model', paths: ['model/', 'errors/', 'text/', 'collections/'] },
];

/** The packages that may be imported, each from one unit only. */
const packages: Readonly<Record<string, string>> = {
  ...{ zod: 'validate', immer: 'catalog', '@noble/hashes': 'engine' },
  'fast-check': 'model-based',
};

const MAX_LINES = 250;
const VAGUE = new Set(['utils', 'util', 'helpers', 'helper', 'types', 'common', 'misc', 'shared']);

/** Returns one sentence for each violation of the rules by these files (by path within `src`). */
export function violations(files: ReadonlyMap<string, string>): string[] {
  const cycles = cyclesIn(files);
  return [...files].flatMap(([path, text]) => {
    const cycle = cycles.get(path) ?? [];
    const found = [...ofShape(path, text), ...ofExports(path, text), ...ofImports(path, text, files), ...cycle];
    return found.map((fault) => `${path}: ${fault}`);
  });
}

/** For each file that imports itself through others, even by type, one sentence with the shortest way round. */
function cyclesIn(files: ReadonlyMap<string, string>): Map<string, string[]> {
  const imports = new Map([...files].map(([path, text]) => [path, importedBy(path, text)]));
  const found = new Map<string, string[]>();
  for (const path of files.keys()) {
    const waysTo = new Map<string, readonly string[]>([[path, [path]]]);
    for (const [from, way] of waysTo) {
      for (const target of imports.get(from) ?? []) {
        if (target === path) found.set(path, [`imports itself through ${[...way.slice(1), path].join(', ')}`]);
        else if (!waysTo.has(target)) waysTo.set(target, [...way, target]);
      }
      if (found.has(path)) break;
    }
  }
  return found;
}

function importedBy(path: string, text: string): string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.flatMap(({ fileName }) => (fileName.startsWith('.') ? [resolve(path, fileName)] : []));
}

function ofShape(path: string, text: string): string[] {
  const found: string[] = [];
  const name = path.split('/').at(-1)!.replace(/\.ts$/, '');
  const lines = text.replace(/\n$/, '').split('\n').length;
  const unit = unitOf(path);
  if (!unit) found.push('is on no known floor');
  if (unit?.typesOnly && hasCode(path, text)) found.push(`has code, but ${unit.name} may contain only types`);
  if (lines > MAX_LINES) found.push(`has ${lines} lines; the limit is ${MAX_LINES}`);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) found.push('is not named in kebab-case');
  if (VAGUE.has(name)) found.push(`has the vague name ${name}`);
  return found;
}

function hasCode(path: string, text: string): boolean {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  return !statements.every(
    (statement) =>
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      (ts.isExportDeclaration(statement) && statement.isTypeOnly) ||
      (ts.isImportDeclaration(statement) && statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword),
  );
}

function ofExports(path: string, text: string): string[] {
  const found: string[] = [];
  for (const statement of ts.createSourceFile(path, text, ts.ScriptTarget.Latest).statements) {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    let byDefault =
      ts.isExportAssignment(statement) || modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
    if (ts.isExportDeclaration(statement)) {
      const clause = statement.exportClause;
      if (!clause || ts.isNamespaceExport(clause)) found.push('has an export *');
      else byDefault = clause.elements.some((element) => element.name.text === 'default');
    }
    if (byDefault) found.push('has a default export');
  }
  return found;
}

function ofImports(path: string, text: string, files: ReadonlyMap<string, string>): string[] {
  const own = unitOf(path);
  return ts.preProcessFile(text, true, true).importedFiles.flatMap(({ fileName }) => {
    if (!fileName.startsWith('.')) return ofPackage(fileName, own?.name);
    if (!fileName.endsWith('.js')) return [`imports ${fileName} without the ending .js`];
    const target = resolve(path, fileName);
    if (!files.has(target)) return [`imports ${target}, which does not exist`];
    const other = unitOf(target);
    if (own && other && !mayImport(own, other)) return [`imports ${target}, which is not on a lower floor`];
    if (own === other && partOf(own, target) > partOf(own, path)) return [`imports ${target}, which is a later part`];
    return [];
  });
}

/** The index of the part that a file of this unit is in; a file of no part comes last. */
function partOf(unit: Unit | undefined, path: string): number {
  const { parts = [] } = unit ?? {};
  const found = parts.findIndex((part) => path.startsWith(part));
  return found < 0 ? parts.length : found;
}

function mayImport(own: Unit, other: Unit): boolean {
  return own === other || other.floor < own.floor || (other.typesOnly === true && other.floor === own.floor);
}

function ofPackage(name: string, unit: string | undefined): string[] {
  if (name.startsWith('node:')) return [`imports ${name}, which not every runtime provides`];
  const known = Object.keys(packages).find((each) => name === each || name.startsWith(`${each}/`));
  if (known === undefined) return [`imports the package ${name}, which is not allowed anywhere`];
  return packages[known] === unit ? [] : [`imports ${name}, which only ${packages[known]} may import`];
}

function unitOf(path: string): Unit | undefined {
  return units.find(({ paths }) => paths.some((each) => (each.endsWith('/') ? path.startsWith(each) : path === each)));
}

function resolve(from: string, specifier: string): string {
  return new URL(specifier.replace(/\.js$/, '.ts'), `file:///${from}`).pathname.slice(1);
}
