import { dirname } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Block } from './blocks.js';

const root = fileURLToPath(new URL('../../', import.meta.url)).replaceAll('\\', '/');

/** What a reader has already, and a guide imports. */
const GIVEN = {
  'with-other-drivers/prisma.mts':
    "import type { PrismaClient } from '@prisma/client';\n\nexport declare const prisma: PrismaClient;\n",
};

/** Type checks blocks as modules of one program, those of a document in one folder, and answers what the compiler says of them. */
export function faultsOf(blocks: readonly Block[]): string[] {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, root);
  const files = new Map(blocks.map(({ name, file, code }) => [`${root}.blocks/${file}`, { name, code }]));
  for (const [file, code] of Object.entries(GIVEN)) files.set(`${root}.blocks/${file}`, { name: file, code });
  const folders = new Set([...files.keys()].map((path) => dirname(path)));

  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, directoryExists } = host;
  host.readFile = (path) => files.get(path)?.code ?? readFile(path);
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.directoryExists = (path) => folders.has(path) || (directoryExists?.(path) ?? true);

  const program = ts.createProgram([...files.keys(), `${root}test/docs/clients.d.ts`], options, host);
  return [...files].flatMap(([path, { name }]) => {
    const source = program.getSourceFile(path)!;
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ start, messageText }) => {
      const { line } = source.getLineAndCharacterOfPosition(start ?? 0);
      return `${name}, line ${line + 1} of the block: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}
