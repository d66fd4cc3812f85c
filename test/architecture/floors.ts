import ts from 'typescript';

interface Unit {
  readonly floor: number;
  readonly name: string;
  /** Folders and files of `src`; they may import each other freely. */
  readonly paths: readonly string[];
  /** Whether it has only types, so that other units on the same floor may import it too. */
  readonly typesOnly?: boolean;
}

const units: readonly Unit[] = [
  { floor: 7, name: 'doors', paths: ['index.ts', 'core.ts'] },
  { floor: 7, name: 'model-based', paths: ['testkit/model-based/'] },
  { floor: 6, name: 'testkit', paths: ['testkit/'] },
  { floor: 5, name: 'core', paths: ['core/'] },
  { floor: 5, name: 'engine', paths: ['engine/'] },
  { floor: 5, name: 'memory', paths: ['memory/'] },
  { floor: 5, name: 'sql', paths: ['sql/'] },
  { floor: 4, name: 'reconcile', paths: ['reconcile/'] },
  { floor: 3, name: 'catalog', paths: ['catalog/'] },
  { floor: 2, name: 'rules', paths: ['rules/'] },
  { floor: 2, name: 'validate', paths: ['validate/'] },
  { floor: 2, name: 'repositories', paths: ['repositories/'], typesOnly: true },
  { floor: 1, name: 'model', paths: ['model/', 'errors.ts'] },
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
  return [...files].flatMap(([path, text]) => {
    const found = [...ofShape(path, text), ...ofExports(path, text), ...ofImports(path, text, files)];
    return found.map((fault) => `${path}: ${fault}`);
  });
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
    return !own || !other || mayImport(own, other) ? [] : [`imports ${target}, which is not on a lower floor`];
  });
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
