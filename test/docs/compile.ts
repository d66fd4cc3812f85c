import { dirname } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Block } from './blocks.js';

const root = fileURLToPath(new URL('../../', import.meta.url)).replaceAll('\\', '/');

/** Where a guide imports what a tool generates for the reader. */
const GENERATED = 'with-other-drivers/generated/prisma/client.ts';

/**
 * Type checks blocks as modules of one program, those of a document in one folder, and answers what the compiler says of them. The clients
 * of databases have the types of clients.d.ts, or their own where they are installed.
 */
export function faultsOf(blocks: readonly Block[], clients: 'declared' | 'installed' = 'declared'): string[] {
  const within = clients === 'declared' ? `${root}.blocks` : `${root}test/servers/.blocks`;
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, root);
  if (clients === 'installed') options.typeRoots = [`${root}test/servers/node_modules/@types`];
  const files = new Map(blocks.map(({ file, code }) => [`${within}/${file}`, code]));
  const from = clients === 'declared' ? '@prisma/client' : `${root}test/servers/prisma/generated/postgres/client.js`;
  files.set(`${within}/${GENERATED}`, `export { PrismaClient } from '${from}';\n`);
  const folders = new Set([...files.keys()].map((path) => dirname(path)));

  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, directoryExists } = host;
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.directoryExists = (path) => folders.has(path) || (directoryExists?.(path) ?? true);

  const declared = clients === 'declared' ? [`${root}test/docs/clients.d.ts`] : [];
  const program = ts.createProgram([...files.keys(), ...declared], options, host);
  return blocks.flatMap(({ name, file }) => {
    const source = program.getSourceFile(`${within}/${file}`)!;
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ start, messageText }) => {
      const { line } = source.getLineAndCharacterOfPosition(start ?? 0);
      return `${name}, line ${line + 1} of the block: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}
