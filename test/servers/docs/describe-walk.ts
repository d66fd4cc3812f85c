import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blocksOf, collapsed, saidBy } from '../../docs/blocks.js';
import { printedBy } from '../../docs/run.js';
import { type Walk, walked } from '../../docs/walks.js';
import { generateClient } from '../prisma/prisma.js';

/** A walk's own database. */
export interface WalkDatabase {
  /** The environment variables of the reader. */
  readonly env: { readonly [name: string]: string };
  run(sql: string): Promise<unknown>;
  drop(): Promise<void>;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));

export const titleOf = ({ document, headings = [] }: Walk): string => [document, ...headings.slice(-1)].join(', ');

/** Follows a document as a reader does: each block is saved, and run by itself after the SQL and the blocks before it. */
export function describeWalk(walk: Walk, make: () => Promise<WalkDatabase>): void {
  describe(titleOf(walk), () => {
    let folder: string;
    let database: WalkDatabase;

    beforeAll(async () => {
      mkdirSync(join(root, '.scratch'), { recursive: true });
      folder = mkdtempSync(join(root, '.scratch', 'walk-'));
      symlinkSync(
        join(root, walk.mikroOrm ? 'test/mikro-orm/node_modules' : 'test/servers/node_modules'),
        join(folder, 'node_modules'),
        'junction',
      );
      database = await make();
      if (walk.tables) for (const { code } of blocksOf(walk.tables, 'sql')) await database.run(code);
    });

    afterAll(async () => {
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    });

    for (const block of walked(walk)) {
      const line = block.name.split(':')[1];
      const path = (): string => join(folder, basename(block.file));
      if (block.language === 'sql')
        test(`the database accepts the SQL of line ${line}`, () => database.run(block.code));
      else if (block.language === 'prisma')
        test(`Prisma generates a client from the schema of line ${line}`, () => {
          writeFileSync(join(folder, 'schema.prisma'), block.code);
          generateClient(join(folder, 'schema.prisma'));
        });
      else if (saidBy(block) === '')
        test(`the block on line ${line}, which other blocks import, is saved`, () => writeFileSync(path(), block.code));
      else
        test(`the block on line ${line} runs and prints what the document shows`, async () => {
          writeFileSync(path(), block.code);
          expect(collapsed(await printedBy(path(), database.env))).toBe(saidBy(block));
        });
    }
  });
}
