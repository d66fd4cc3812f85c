import { readFileSync } from 'node:fs';
import { basename } from 'node:path/posix';

/** A fenced block of a document. */
export interface Block {
  /** The document's path from the root, and the line that the code begins on. */
  readonly name: string;
  /** Where it is saved: a folder for each document, and the name that its first line is a comment of, or one of its own. */
  readonly file: string;
  readonly code: string;
}

/** The blocks of this language in a document, in order. */
export function blocksOf(path: string, language: string): Block[] {
  const lines = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8').split('\n');
  const blocks: Block[] = [];
  let open: { readonly language: string; readonly from: number } | undefined;
  lines.forEach((line, i) => {
    const fence = /^\s*```(.*)$/.exec(line);
    if (!fence) return;
    if (!open) open = { language: fence[1]!.trim(), from: i + 1 };
    else {
      if (open.language === language) {
        const named = /^\/\/ ([\w-]+(?:\.[\w-]+)*\.m?ts)$/.exec(lines[open.from]!)?.[1];
        blocks.push({
          name: `${path}:${open.from + 1}`,
          file: `${basename(path, '.md')}/${named ?? `line-${open.from + 1}.ts`}`,
          code: `${lines.slice(open.from, i).join('\n')}\n`,
        });
      }
      open = undefined;
    }
  });
  return blocks;
}

/**
 * What a block says that it prints: what stands behind `// →`, and on the comments indented below it. White space is one space, as a
 * document breaks its lines where it likes.
 */
export function saidBy({ code }: Block): string {
  const said: string[] = [];
  let going = false;
  for (const line of code.split('\n')) {
    const result = /\/\/ → (.*)$/.exec(line)?.[1];
    const more: string | undefined = going ? /^\s*\/\/ {3}(.*)$/.exec(line)?.[1] : undefined;
    going = (result ?? more) !== undefined;
    if (going) said.push((result ?? more)!);
  }
  return collapsed(said.join(' '));
}

/** White space as one space. */
export function collapsed(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
