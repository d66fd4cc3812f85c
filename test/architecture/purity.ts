import ts from 'typescript';

/** The floors below the engine, which take everything as an argument and return synchronously. */
const pure = /^(model|errors|text|collections|repositories|rules|validate|catalog|reconcile)\//;

/** Clocks, randomness and I/O. */
const IMPURE = new Set([
  ...['Date.now', 'Math.random', 'performance', 'crypto', 'process', 'console', 'fetch', 'globalThis'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
]);

/** Returns one sentence for each place where a file of a pure floor (by path within `src`) is not pure and synchronous. */
export function impurities(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([path, text]) => {
    if (!pure.test(path)) return [];
    const found = new Set<string>();
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    visit(source, found);
    for (const statement of source.statements) if (isState(statement)) found.add('keeps state in a module');
    return [...found].map((fault) => `${path}: ${fault}`);
  });
}

function visit(node: ts.Node, found: Set<string>): void {
  if (node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node)) found.add('is asynchronous');
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) {
    found.add('reads the clock');
  }
  if (ts.isPropertyAccessExpression(node) || isFree(node)) {
    const name = node.getText();
    if (IMPURE.has(name)) found.add(`uses ${name}`);
  }
  ts.forEachChild(node, (child) => visit(child, found));
}

/** Whether a name refers to a variable: it is not a property, a key or a declaration. */
function isFree(node: ts.Node): boolean {
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  return !('name' in parent && parent.name === node) && !ts.isTypeNode(parent);
}

function isState(statement: ts.Statement): boolean {
  return ts.isVariableStatement(statement) && !(statement.declarationList.flags & ts.NodeFlags.Const);
}
