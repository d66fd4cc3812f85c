import { describe, expect, test } from 'vitest';
import { cut } from '../../../src/sql/drivers/base/placeholders.js';

describe('placeholders', () => {
  test('cut finds Postgres placeholders by their number', () => {
    const text = 'a $2, $1 $2::text';
    expect(cut(text, ['x', null], 'postgres')).toEqual({
      pieces: ['a ', ', ', ' ', '::text'],
      parameters: [null, 'x', null],
    });
    expect(
      cut(
        '$12',
        Array.from({ length: 12 }, (_, i) => i),
        'postgres',
      ).parameters,
    ).toEqual([11]);
  });

  test.each([[`'it''s $1' `], [`"a $1" `], ['/* $1\n */ '], ['-- $1\n'], ['$$ $1 $$ '], ['$tag$ $1 $$ $tag$ ']])(
    'cut finds no Postgres placeholder in %j',
    (text) => {
      expect(cut(`${text}$1`, ['x'], 'postgres')).toEqual({ pieces: [text, ''], parameters: ['x'] });
    },
  );

  test.each([["'a?''?' "], ['`a?` '], ['"?" '], ['/* ? */ '], ['-- ?\n']])(
    'cut finds no MySQL or SQLite placeholder in %j',
    (text) => {
      for (const dialect of ['mysql', 'sqlite'] as const)
        expect(cut(`${text}?, ?`, ['x', 1], dialect)).toEqual({ pieces: [text, ', ', ''], parameters: ['x', 1] });
    },
  );

  test('a backslash escapes a quote on MySQL but not on SQLite', () => {
    expect(cut(`'\\'?' ?`, ['x'], 'mysql').pieces).toEqual([`'\\'?' `, '']);
    expect(cut(`'\\' ?`, ['x'], 'sqlite').pieces).toEqual([`'\\' `, '']);
  });

  test('cut throws for a missing parameter', () => {
    expect(() => cut('$2', ['x'], 'postgres')).toThrow('Parameter 2 of a statement is missing.');
    expect(() => cut('? ?', ['x'], 'mysql')).toThrow('Parameter 2 of a statement is missing.');
  });
});
