import { readFileSync } from 'node:fs';

/** A fenced block of a document. */
export interface Block {
  /** The document's path from the root, and the line that the code begins on. */
  readonly name: string;
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
      if (open.language === language)
        blocks.push({ name: `${path}:${open.from + 1}`, code: `${lines.slice(open.from, i).join('\n')}\n` });
      open = undefined;
    }
  });
  return blocks;
}
