import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Block } from './blocks.js';

const root = fileURLToPath(new URL('../../', import.meta.url)).replaceAll('\\', '/');

/** Type checks blocks as modules of one program, as a host would have them, and answers what the compiler says of them. */
export function faultsOf(blocks: readonly Block[]): string[] {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, root);
  const files = new Map(blocks.map(({ name, code }, i) => [`${root}block-${i}.ts`, { name, code }]));

  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (path) => files.get(path)?.code ?? readFile(path);
  host.fileExists = (path) => files.has(path) || fileExists(path);

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
