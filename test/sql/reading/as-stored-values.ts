import type { FieldType, Scalar } from '../../../src/index.js';
import type { Dialect } from '../../../src/sql/index.js';

/** Values as imports contain them, whatever the type of the column. */
export const MESSY: readonly Scalar[] = [
  ...['2026-03-01', '2026-03-01T10:00:00', '2026-03-01 10:00:00.123456', '2026-03-01T10:00:00Z'],
  ...['2026-03-01T10:00:00.5+02:00', '01/03/2026', '2026-02-30', '20260301', '10:00'],
  ...[0, 1, -0, 7, 1.005, 2.675, -2.5, 255, 256, 1e21, 1e300, 9007199254740991, 0.1],
  ...['007', ' 7 ', '+7', '7.0', '1e3', '0x1f', '12345678901234567891', '1.005', '-2.5', 'NaN', 'Infinity'],
  ...['t', 'f', 'true', 'FALSE', 'yes', 'off', '1', '0', 'happy', 'Happy', 'HAPPY', 'happy,sad'],
  ...['', ' ', 'ab   ', '  ab', 'abcdefgh', 'Málaga', '漢字漢字漢', '😀', "O'Brien", 'x'.repeat(300)],
  ...['abcdef00-0000-4000-8000-00000000000a', 'ABCDEF00-0000-4000-8000-00000000000A', '{a,b}', '[1,2]', '{"a":1}'],
];

/** The same instants as hosts write them into MySQL columns, which have no offsets. */
export const IN_UTC: Readonly<Record<string, string>> = {
  '2026-03-01T10:00:00Z': '2026-03-01 10:00:00',
  '2026-03-01T10:00:00.5+02:00': '2026-03-01 08:00:00.5',
};

interface Column {
  /** The type, with `$` for the prefix. */
  readonly column: string;
  readonly field?: FieldType;
}

/** Columns that convert what is written into them. */
export const COLUMNS: { readonly [D in Dialect]: readonly Column[] } = {
  postgres: [
    ...[
      'text',
      'varchar',
      'varchar(5)',
      'char(5)',
      'name',
      'uuid',
      'bytea',
      'inet',
      'interval',
      'time',
      'bit(3)',
      '"char"',
    ],
    ...[
      '"$Mood"',
      '$short',
      '$shorter[]',
      'text[]',
      'integer[]',
      'numeric(4,1)[]',
      'money',
      'int4range',
      'bigint',
      'real',
    ],
  ]
    .map((column): Column => ({ column }))
    .concat([
      { column: 'text COLLATE "C"', field: 'text' },
      { column: 'timestamp', field: 'date' },
      { column: 'timestamp(0)', field: 'date' },
      { column: 'timestamptz', field: 'date' },
      { column: 'date', field: 'date' },
      { column: 'boolean', field: 'boolean' },
      { column: 'smallint', field: 'boolean' },
      { column: 'smallint', field: 'number' },
      { column: 'integer', field: 'number' },
      { column: 'double precision', field: 'number' },
      { column: 'numeric', field: 'number' },
      { column: 'numeric(10,2)', field: 'number' },
    ]),
  mysql: [
    ...[
      'TEXT',
      'VARCHAR(5)',
      'CHAR(5)',
      'VARCHAR(5) CHARACTER SET latin1',
      'VARCHAR(20) COLLATE utf8mb4_bin',
      'TINYTEXT',
    ],
    ...['VARBINARY(5)', 'BINARY(5)', 'BLOB', 'TIME', 'YEAR', 'BIT(3)', 'UUID', 'INET6', "SET('happy','sad')"],
  ]
    .map((column): Column => ({ column }))
    .concat([
      { column: "ENUM('happy','Sad')", field: 'text' },
      { column: "ENUM('happy','Sad') NOT NULL DEFAULT 'Sad'", field: 'text' },
      { column: 'DATETIME', field: 'date' },
      { column: 'DATETIME(3)', field: 'date' },
      { column: 'TIMESTAMP NULL', field: 'date' },
      { column: 'DATE', field: 'date' },
      { column: 'TINYINT(1)', field: 'boolean' },
      { column: 'TINYINT UNSIGNED', field: 'number' },
      { column: 'INT', field: 'number' },
      { column: 'BIGINT', field: 'number' },
      { column: 'DECIMAL(10,2)', field: 'number' },
      { column: 'FLOAT', field: 'number' },
      { column: 'DOUBLE', field: 'number' },
    ]),
  sqlite: [
    { column: 'TEXT' },
    { column: 'VARCHAR(5) COLLATE NOCASE' },
    { column: 'INTEGER', field: 'number' },
    { column: 'REAL', field: 'number' },
    { column: 'NUMERIC', field: 'number' },
    { column: 'DATETIME', field: 'date' },
    { column: 'BOOLEAN', field: 'boolean' },
    { column: 'BLOB' },
    { column: '' },
  ],
};
