import type { ColumnKind } from '../column-kind.js';
import { noObjects, oddEscapes, oddNumbers, unparsable } from '../samples/json.js';
import type { Session } from '../wild-store.js';
import { postgresBooleans } from './postgres-booleans.js';
import { postgresDates, postgresDateTexts } from './postgres-dates.js';
import { postgresNumbers } from './postgres-numbers.js';
import { postgresTexts } from './postgres-texts.js';
import { jsonKinds, undeclared, valueKinds } from './stored-elsewhere.js';

const jsonb = { write: 'CAST(? AS jsonb)' };
const json = { write: 'CAST(? AS json)' };

/** The kinds of Postgres columns that are read in one session. */
export const postgresKinds: readonly ColumnKind[] = [
  ...postgresTexts,
  ...postgresNumbers,
  ...postgresBooleans,
  ...postgresDateTexts,
  ...jsonKinds('jsonb', noObjects, jsonb),
  undeclared(jsonKinds('jsonb', noObjects, jsonb)[0]!),
  ...jsonKinds('json', [...noObjects, ...oddEscapes, ...oddNumbers], json),
  ...jsonKinds('text', [...noObjects, ...oddEscapes, ...oddNumbers, ...unparsable]),
  ...valueKinds('text'),
];

/** The kinds that are read in sessions of every style and time zone. */
export const postgresSessionKinds: readonly ColumnKind[] = postgresDates;

/** Sessions of every date style, in two time zones. */
export const postgresSessions: readonly Session[] = ['ISO', 'SQL,DMY', 'German'].flatMap((dateStyle) =>
  ['UTC', 'America/Sao_Paulo'].map((timeZone) => ({ name: `${dateStyle}, ${timeZone}`, dateStyle, timeZone })),
);
