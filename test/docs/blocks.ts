import { readFileSync } from 'node:fs';
import { basename } from 'node:path/posix';

/** A fenced block of a document. */
export interface Block {
  /** The document's path from the root, and the line that the code begins on. */
  readonly name: string;
  /** Where it is saved: a folder for each document, and the name that its first line is a comment of, or one of its own. */
  readonly file: string;
  /** The heading that it stands under, and what it is written in. */
  readonly heading: string;
  readonly language: string;
  readonly code: string;
  /** The text that stands beneath it as what it prints, if there is one. */
  readonly beneath?: string;
}

/** The blocks of this language in a document, in order. */
export function blocksOf(path: string, language: string): Block[] {
  return allBlocksOf(path).filter((block) => block.language === language);
}

/** Every block of a document, in order. */
export function allBlocksOf(path: string): Block[] {
  const lines = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8').split('\n');
  const blocks: Block[] = [];
  let heading = '';
  let open: { readonly language: string; readonly from: number } | undefined;
  lines.forEach((line, i) => {
    if (!open) heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
    const fence = /^\s*```(.*)$/.exec(line);
    if (!fence) return;
    if (!open) open = { language: fence[1]!.trim(), from: i + 1 };
    else {
      const { language, from } = open;
      const named = /^\/\/ ([\w-]+(?:\.[\w-]+)*\.m?ts)$/.exec(lines[from]!)?.[1];
      blocks.push({
        name: `${path}:${from + 1}`,
        file: `${basename(path, '.md')}/${named ?? `line-${from + 1}.ts`}`,
        heading,
        language,
        code: `${lines.slice(from, i).join('\n')}\n`,
      });
      open = undefined;
    }
  });
  return blocks.map((block, i) => {
    const beneath = blocks.slice(i + 1).find(({ language }) => language !== 'sh');
    return block.language === 'ts' && beneath?.language === 'text' ? { ...block, beneath: beneath.code } : block;
  });
}

/**
 * What a block says that it prints: what stands behind `// →`, and on the comments indented below it, or as text beneath the block.
 * White space is one space, as a document breaks its lines where it likes.
 */
export function saidBy({ code, beneath = '' }: Block): string {
  const printed: string[] = [];
  let going = false;
  for (const line of code.split('\n')) {
    const result = /\/\/ → (.*)$/.exec(line)?.[1];
    const more: string | undefined = going ? /^\s*\/\/ {3}(.*)$/.exec(line)?.[1] : undefined;
    going = (result ?? more) !== undefined;
    if (going) printed.push((result ?? more)!);
  }
  return collapsed([...printed, beneath].join(' '));
}

/** White space as one space. */
export function collapsed(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
