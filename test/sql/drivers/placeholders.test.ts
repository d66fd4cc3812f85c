import { describe, expect, test } from 'vitest';
import { splitAtPlaceholders } from '../../../src/sql/drivers/base/placeholders.js';

describe('placeholders', () => {
  test('splitAtPlaceholders finds Postgres placeholders by their number', () => {
    const text = 'a $2, $1 $2::text';
    expect(splitAtPlaceholders(text, ['x', null], 'postgres')).toEqual({
      pieces: ['a ', ', ', ' ', '::text'],
      parameters: [null, 'x', null],
    });
    expect(
      splitAtPlaceholders(
        '$12',
        Array.from({ length: 12 }, (_, i) => i),
        'postgres',
      ).parameters,
    ).toEqual([11]);
  });

  test.each([[`'it''s $1' `], [`"a $1" `], ['/* $1\n */ '], ['-- $1\n'], ['$$ $1 $$ '], ['$tag$ $1 $$ $tag$ ']])(
    'splitAtPlaceholders finds no Postgres placeholder in %j',
    (text) => {
      expect(splitAtPlaceholders(`${text}$1`, ['x'], 'postgres')).toEqual({ pieces: [text, ''], parameters: ['x'] });
    },
  );

  test.each([["'a?''?' "], ['`a?` '], ['"?" '], ['/* ? */ '], ['-- ?\n']])(
    'splitAtPlaceholders finds no MySQL or SQLite placeholder in %j',
    (text) => {
      for (const dialect of ['mysql', 'sqlite'] as const)
        expect(splitAtPlaceholders(`${text}?, ?`, ['x', 1], dialect)).toEqual({
          pieces: [text, ', ', ''],
          parameters: ['x', 1],
        });
    },
  );

  test('a backslash escapes a quote on MySQL but not on SQLite', () => {
    expect(splitAtPlaceholders(`'\\'?' ?`, ['x'], 'mysql').pieces).toEqual([`'\\'?' `, '']);
    expect(splitAtPlaceholders(`'\\' ?`, ['x'], 'sqlite').pieces).toEqual([`'\\' `, '']);
  });

  test('splitAtPlaceholders throws for a missing parameter', () => {
    expect(() => splitAtPlaceholders('$2', ['x'], 'postgres')).toThrow('Parameter 2 of a statement is missing.');
    expect(() => splitAtPlaceholders('? ?', ['x'], 'mysql')).toThrow('Parameter 2 of a statement is missing.');
  });
});
