import { readdirSync } from 'node:fs';
import { allBlocksOf, type Block } from './blocks.js';

const root = new URL('../../', import.meta.url);
/** What is not written for readers to copy from: API reports, and what is none of the project's. */
const LEFT_OUT = new Set(['api', 'coverage', 'dist', 'node_modules']);

function documentsUnder(folder: string): string[] {
  return readdirSync(new URL(folder, root), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || LEFT_OUT.has(entry.name)) return [];
    if (entry.isDirectory()) return documentsUnder(`${folder}${entry.name}/`);
    return entry.name.endsWith('.md') ? [`${folder}${entry.name}`] : [];
  });
}

/** Every document that a reader may copy code from. */
export const DOCUMENTS = documentsUnder('').sort();

/** A way through a document, whole or of some of its headings, with a database of its own. */
export interface Walk {
  readonly document: string;
  /** Whose blocks are walked; left out, all. */
  readonly headings?: readonly string[];
  readonly on: 'postgres' | 'mariadb' | 'sqlite' | 'libsql';
  /** Whether it is MikroORM's, which needs a newer Node and has packages of its own. */
  readonly mikroOrm?: boolean;
  /** The document whose SQL stands before: its tables are those that this one is about. */
  readonly tables?: string;
}

const ON_PG = 'docs/on-postgres-with-pg.md';
const OTHERS = 'docs/with-other-drivers.md';

/** What needs clients that the project does not install, or a server: `npm run servers` walks it. */
export const WALKS: readonly Walk[] = [
  { document: 'README.md', headings: ['Quick start on SQL'], on: 'postgres', tables: ON_PG },
  { document: ON_PG, on: 'postgres' },
  { document: 'docs/outbox-and-notifications.md', on: 'postgres', tables: ON_PG },
  {
    document: 'docs/on-sql.md',
    headings: ['A client that finds the transaction by itself'],
    on: 'postgres',
    tables: ON_PG,
  },
  { document: OTHERS, headings: ['Your tables', 'With Drizzle'], on: 'postgres', tables: ON_PG },
  { document: OTHERS, headings: ['Your tables', 'With Kysely'], on: 'postgres', tables: ON_PG },
  { document: OTHERS, headings: ['Your tables', 'With Prisma'], on: 'postgres', tables: ON_PG },
  { document: OTHERS, headings: ['Your tables', 'With TypeORM'], on: 'postgres', tables: ON_PG },
  { document: OTHERS, headings: ['Your tables', 'With Sequelize'], on: 'postgres', tables: ON_PG },
  { document: OTHERS, headings: ['Your tables', 'With MikroORM'], on: 'postgres', tables: ON_PG, mikroOrm: true },
  { document: OTHERS, headings: ['Your tables', 'On MySQL'], on: 'mariadb' },
  { document: OTHERS, headings: ['Your tables', 'On SQLite, and on PGlite'], on: 'sqlite' },
  { document: OTHERS, headings: ['Your tables', 'On libSQL'], on: 'libsql' },
];

/** What runs nowhere, by name, with the reason. */
export const NOT_RUN: { readonly [file: string]: string } = {};

/** Documents that a test of their own runs, as a block of theirs leaves a file, or is SQL that a test looks at. */
export const OWN_TESTS: { readonly [document: string]: string } = { 'docs/on-sql.md': 'test/docs/on-sql.test.ts' };

const WALKED = new Set(['ts', 'sql', 'prisma']);

/** The blocks of a walk, in order: code, SQL, and schemas from which a client is generated. */
export function walked({ document, headings }: Walk): Block[] {
  const blocks = allBlocksOf(document).filter(({ language }) => WALKED.has(language));
  return headings ? blocks.filter(({ heading }) => headings.includes(heading)) : blocks;
}

const elsewhere = new Set(WALKS.flatMap(walked).map(({ name }) => name));

/** The code of a document that `npm test` runs: all that no walk runs. */
export function runHere(document: string): Block[] {
  if (OWN_TESTS[document] !== undefined) return [];
  const code = allBlocksOf(document).filter(({ language }) => language === 'ts');
  return code.filter(({ name, file }) => !elsewhere.has(name) && NOT_RUN[file] === undefined);
}
