import type { FieldType } from '../../../../src/core.js';
import type { ColumnKind, Sample } from '../column-kind.js';
import { jsonSamples } from '../samples/json.js';
import { valueRows } from '../samples/rows.js';

const TYPES: readonly FieldType[] = ['text', 'number', 'boolean', 'date'];

/** A key of a JSON column, declared as each type; `more` are additional samples that this type of column accepts. */
export function jsonKinds(column: string, more: readonly Sample[], shape: Partial<ColumnKind> = {}): ColumnKind[] {
  return TYPES.map((type) => ({
    ...{ name: `a key of ${column}, declared ${type}`, type, place: 'json', column },
    samples: [...jsonSamples[type], ...more],
    ...shape,
  }));
}

/** Rows of a table of values, declared as each type. */
export function valueKinds(column: string, canHold: (text: string) => boolean = () => true): ColumnKind[] {
  return TYPES.map((type) => ({
    ...{ name: `rows of ${column}, declared ${type}`, type, place: 'values', column },
    samples: valueRows[type].filter(({ stored }) =>
      (stored as readonly (string | null)[]).every((one) => canHold(one ?? '')),
    ),
  }));
}

/** The same kind for a host that declares no fields, so that no value is of the wrong type. */
export function undeclared(kind: ColumnKind): ColumnKind {
  const samples = kind.samples.filter(({ expected }) => expected.is !== 'blocked');
  return { ...kind, name: `${kind.name}; no fields declared`, declared: false, samples };
}
