import type { ColumnKind, Expected, Sample } from '../column-kind.js';
import { isBasic, isLatin1, manyTexts, texts } from '../samples/texts.js';
import { undeclared } from './stored-elsewhere.js';

const kind = (column: string, more: Partial<ColumnKind> = {}): ColumnKind => ({
  ...{ name: column, column, type: 'text', place: 'column', samples: texts() },
  ...more,
});

const padded = (text: string): Expected => ({ is: 'padded', text });
const varchar = (collation: string) => `VARCHAR(700) CHARACTER SET ${collation.split('_')[0]!} COLLATE ${collation}`;
/** Text for labels of ENUM and SET: labels must differ apart from case, and have no trailing space. */
const LABELS = ['Bristol', 'café', 'straße', 'north west', '007'];
const labels = LABELS.map((label) => `'${label}'`).join();
const labelled = (more: readonly string[]): readonly Sample[] => [
  { stored: null, expected: { is: 'blank' } },
  ...[...LABELS, ...more].map((text): Sample => ({ stored: text, expected: { is: 'value', value: text } })),
];

/** Columns of text, in character sets and collations that compare differently. */
export const mariadbTexts: readonly ColumnKind[] = [
  kind(varchar('utf8mb4_bin'), { indexed: true }),
  kind(varchar('utf8mb4_general_ci'), { indexed: true, many: manyTexts() }),
  kind(varchar('utf8mb4_uca1400_ai_ci'), { indexed: true }),
  kind(varchar('utf8mb4_uca1400_nopad_as_cs'), { indexed: true }),
  kind(varchar('latin1_swedish_ci'), { indexed: true, samples: texts(isLatin1), many: manyTexts() }),
  kind(varchar('latin1_bin'), { samples: texts(isLatin1) }),
  kind(varchar('ucs2_general_ci'), { indexed: true, samples: texts(isBasic) }),
  kind('CHAR(255) CHARACTER SET utf8mb4', { samples: texts((text) => text.length <= 255, padded) }),
  kind('LONGTEXT CHARACTER SET utf8mb4'),
  kind(`ENUM(${labels}) CHARACTER SET utf8mb4`, { name: 'ENUM', samples: labelled([]), indexed: true }),
  kind(`SET(${labels}) CHARACTER SET utf8mb4`, { name: 'SET', samples: labelled(['Bristol,café', 'café,north west']) }),
  undeclared(kind(varchar('utf8mb4_general_ci'))),
  kind(varchar('utf8mb4_general_ci'), { name: 'VARCHAR through a view', view: true }),
];
