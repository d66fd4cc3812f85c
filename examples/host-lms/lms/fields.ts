import type { Field, Scalar } from 'smart-enrolments';
import type { SqlDriver } from 'smart-enrolments/sql';

export const FIELD_TYPES = { text: 'Text', number: 'Number', boolean: 'Yes or no', date: 'Date' } as const;

export type TitledField = Field & { readonly title: string };

export function allFields(db: SqlDriver): Promise<TitledField[]> {
  return db.query<TitledField>('SELECT id, title, type FROM fields ORDER BY title');
}

export async function addField(db: SqlDriver, { id, title, type }: TitledField): Promise<void> {
  await db.query('INSERT INTO fields (id, title, type) VALUES ($1, $2, $3)', [id, title, type]);
}

/** Parses the input of a field; returns an error message if it is invalid. Empty input means no value. */
export function readValue(type: Field['type'], typed: string): { value?: Scalar } | { problem: string } {
  const text = typed.trim();
  if (text === '') return {};
  switch (type) {
    case 'text':
      return text.length <= 1_000 ? { value: text } : { problem: 'Write up to 1,000 characters.' };
    case 'number':
      return Number.isFinite(Number(text)) ? { value: Number(text) } : { problem: 'Write a number, such as 60.' };
    case 'boolean':
      if (/^(yes|true|1)$/i.test(text)) return { value: true };
      return /^(no|false|0)$/i.test(text) ? { value: false } : { problem: 'Write yes or no.' };
    case 'date':
      return isDate(text) ? { value: text } : { problem: 'Write a date as 2026-03-31.' };
  }
}

/** Formats a value as a user would type it. */
export function typedValue(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
