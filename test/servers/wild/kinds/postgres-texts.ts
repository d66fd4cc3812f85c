import type { ColumnKind, Expected, Sample } from '../column-kind.js';
import { textArrays } from '../samples/lists.js';
import { value } from '../samples/sample.js';
import { manyTexts, texts } from '../samples/texts.js';
import { undeclared } from './stored-elsewhere.js';

const kind = (name: string, column: string, more: Partial<ColumnKind> = {}): ColumnKind => ({
  ...{ name, column, type: 'text', place: 'column', samples: texts() },
  ...more,
});

const LABELS = ['Bristol', 'bristol', 'Café', 'cafe', 'straße', 'north west', ''];
const LABELLED: readonly Sample[] = texts().filter(({ stored }) => stored === null || LABELS.includes(String(stored)));
const collation = (name: string, options: string): string[] => [
  `CREATE COLLATION ${name} (provider = icu, ${options})`,
];
const padded = (text: string): Expected => ({ is: 'padded', text });

/** Columns of text, in every collation that compares differently. */
export const postgresTexts: readonly ColumnKind[] = [
  kind('text COLLATE "C"', 'text COLLATE "C"', { indexed: true, many: manyTexts() }),
  kind('text in the default collation', 'text', { indexed: true }),
  undeclared(kind('text', 'text')),
  kind('text in a deterministic ICU collation', 'text COLLATE german', {
    setup: collation('german', "locale = 'de-DE-u-co-phonebk'"),
    indexed: true,
  }),
  kind('text in an ICU collation that ignores case and accents', 'text COLLATE loose', {
    setup: collation('loose', "locale = 'und-u-ks-level1', deterministic = false"),
    indexed: true,
    many: manyTexts(),
  }),
  kind('text in an ICU collation that ignores case', 'text COLLATE uncased', {
    setup: collation('uncased', "locale = 'und-u-ks-level2', deterministic = false"),
  }),
  kind('citext', 'citext', { setup: ['CREATE EXTENSION IF NOT EXISTS citext'], indexed: true }),
  kind('char(700)', 'char(700)', { samples: texts(() => true, padded) }),
  kind('varchar(700)', 'varchar(700)', { indexed: true }),
  kind('a domain over text', 'site_name', { setup: ['CREATE DOMAIN site_name AS text CHECK (length(VALUE) < 2000)'] }),
  kind('an enum', 'site', {
    setup: [`CREATE TYPE site AS ENUM (${LABELS.map((label) => `'${label}'`).join()})`],
    write: 'CAST(? AS site)',
    samples: LABELLED,
    indexed: true,
  }),
  kind('text[]', 'text[]', { write: 'CAST(? AS text[])', samples: textArrays }),
  kind('uuid', 'uuid', {
    write: 'CAST(? AS uuid)',
    samples: ['0b5f', '0b60', 'ffff'].map((end) => {
      const id = `7d4c1f0a-0000-4000-8000-00000000${end}`;
      return { stored: id.toUpperCase(), expected: value(id) };
    }),
  }),
  kind('text through a view in another schema', 'text', { view: true }),
];
