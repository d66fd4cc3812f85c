import type { ColumnKind } from '../column-kind.js';
import { noObjects, oddEscapes, oddNumbers, unparsable } from '../samples/json.js';
import { isLatin1 } from '../samples/texts.js';
import { mariadbTexts } from './mariadb-texts.js';
import { mariadbTyped } from './mariadb-typed.js';
import { jsonKinds, undeclared, valueKinds } from './stored-elsewhere.js';

const LONG = 'LONGTEXT CHARACTER SET utf8mb4';

/** The kinds of MariaDB columns. */
export const mariadbKinds: readonly ColumnKind[] = [
  ...mariadbTexts,
  ...mariadbTyped,
  ...jsonKinds('JSON', [...noObjects, ...oddNumbers]),
  undeclared(jsonKinds('JSON', noObjects)[0]!),
  ...jsonKinds(LONG, [...noObjects, ...oddEscapes, ...oddNumbers, ...unparsable]),
  ...valueKinds('VARCHAR(700) CHARACTER SET utf8mb4'),
  ...valueKinds('VARCHAR(700) CHARACTER SET latin1', isLatin1).slice(0, 1),
];
