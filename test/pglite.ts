import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
// vitest.config.ts resolves the name of the package to this file, so the package has its path here.
import { PGlite as Package } from '../node_modules/@electric-sql/pglite/dist/index.js';

const { version } = JSON.parse(
  readFileSync(new URL('../node_modules/@electric-sql/pglite/package.json', import.meta.url), 'utf8'),
);
const folder = fileURLToPath(new URL('../node_modules/.cache/smart-enrolments/', import.meta.url));
const file = `${folder}pglite-${version}.tar`;

/** PGlite, from a stored data directory: loading one takes a fraction of the seconds in which initdb creates one. */
export const PGlite = {
  async create(path?: string): Promise<Package> {
    return path === undefined ? Package.create({ loadDataDir: await emptyDatabase() }) : Package.create(path);
  },
};

/** Reads the data directory of an empty database; creates it in the first run after an installation. */
async function emptyDatabase(): Promise<Blob> {
  try {
    return new Blob([readFileSync(file)]);
  } catch {
    const database = await Package.create();
    const dump = await database.dumpDataDir('none');
    await database.close();
    mkdirSync(folder, { recursive: true });
    // Other workers read it only when it is complete.
    writeFileSync(`${file}.${process.pid}`, Buffer.from(await dump.arrayBuffer()));
    renameSync(`${file}.${process.pid}`, file);
    return dump;
  }
}
