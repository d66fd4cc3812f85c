import type { SqlDriver } from '../../../src/sql/index.js';
import { TABLES } from '../../../src/sql/statement/tables.js';
import { KIND } from './company.js';

/** The definitions of the library's tables, and all rows except those of learners and assignments, as text without the prefix, so that two prefixes can be compared. */
export async function tablesText(driver: SqlDriver, prefix: string): Promise<string> {
  const se = `${prefix}${KIND}_se_`;
  const lines: string[] = await definitions(driver, se);
  for (const name of TABLES.filter((table) => table !== 'learners' && table !== 'assignments')) {
    const rows = await driver.query(`SELECT * FROM ${se}${name}`);
    // MariaDB's binary columns are read as buffers; the hash derives from the other columns.
    const texts = rows.map((row) =>
      JSON.stringify(
        Object.fromEntries(
          Object.entries(row).map(([key, value]) => [key, Buffer.isBuffer(value) ? value.toString() : value]),
        ),
      ).replace(/20\d\d-\d\d-\d\dT[\d:.]+Z/u, 'NOW'),
    );
    lines.push(`${name}: ${rows.length} rows`, ...texts.sort());
  }
  return lines.join('\n').replaceAll(se, '').replaceAll(prefix, '');
}

async function definitions(driver: SqlDriver, se: string): Promise<string[]> {
  const like = `LIKE '${se.replaceAll('_', '\\_')}%'`;
  if (driver.dialect === 'mysql') {
    const all = await driver.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name ${like} ORDER BY 1`,
    );
    const made = all.map(async ({ name }) => Object.values((await driver.query(`SHOW CREATE TABLE ${name}`))[0]!)[1]);
    return (await Promise.all(made)).map((text) => String(text).replace(/ AUTO_INCREMENT=\d+/u, ''));
  }
  const statements = {
    postgres: [
      `SELECT CONCAT_WS(' ', table_name, column_name, data_type, is_nullable, column_default) AS line FROM information_schema.columns WHERE table_name ${like}`,
      `SELECT CONCAT_WS(' ', tablename, regexp_replace(indexdef, 'INDEX .* ON', 'INDEX ON')) AS line FROM pg_indexes WHERE tablename ${like}`,
    ],
    sqlite: [`SELECT name || ' ' || COALESCE(sql, '') AS line FROM sqlite_master WHERE tbl_name ${like} ESCAPE '\\'`],
  }[driver.dialect];
  const lines = await Promise.all(statements.map((text) => driver.query<{ line: string }>(text)));
  return lines
    .flat()
    .map(({ line }) => line)
    .sort();
}
