import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { REFUSED, refusedInTitles, refusedWords } from './words.js';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** What is not written here: installed and built files, data with its own documents, API reports. */
const LEFT_OUT = new Set(['node_modules', 'dist', 'coverage', 'data', 'api']);
/** Measurements: programs write these. */
const WRITTEN_BY_PROGRAMS = 'docs/bench/';

function filesUnder(folder: string, ending: string): string[] {
  const paths = readdirSync(new URL(folder, root), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || LEFT_OUT.has(entry.name)) return [];
    if (entry.isDirectory()) return filesUnder(`${folder}${entry.name}/`, ending);
    return entry.name.endsWith(ending) ? [`${folder}${entry.name}`] : [];
  });
  return paths.sort();
}

describe('plain English', () => {
  test('the sources use no refused word', () => {
    const files = filesUnder('src/', '.ts');
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((path) => refusedWords(path, read(path)))).toEqual([]);
  });

  test('the titles of tests and of contract cases use no refused word', () => {
    const files = [...filesUnder('test/', '.ts'), ...filesUnder('src/testkit/', '.ts')];
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((path) => refusedInTitles(path, read(path)))).toEqual([]);
  });

  test('the documents use no refused word', () => {
    const files = filesUnder('', '.md').filter((path) => !path.startsWith(WRITTEN_BY_PROGRAMS));
    expect(files).toEqual(expect.arrayContaining(['README.md', 'docs/semantics.md', 'examples/host-lms/README.md']));
    expect(files.flatMap((path) => refusedWords(path, read(path)))).toEqual([]);
  });
});

describe('the check for refused words', () => {
  test('the check accepts plain English, and longer words that contain a refused one', () => {
    const text =
      'It returns the rows of the person who asked. Amend or recommend a rule; nobody wants to be told twice.';
    expect(refusedWords('a.md', text)).toEqual([]);
  });

  test.each([
    ['answers', 'answers'],
    ['Answer', 'Answer'],
    ['unless told', 'unless told'],
    ['As told', 'As told'],
    ['were told', 'were told'],
    ['mend', 'mend'],
    ['mended', 'mended'],
    ['Mending', 'Mending'],
    ['whom', 'whom'],
    ['whoever', 'whoever'],
    ['come to be', 'come to be'],
    ['comes to hold', 'comes to hold'],
    ['is no more', 'is no more'],
    ['is said', 'is said'],
  ])('the check refuses "%s" and reports the file, the line and what to write', (words, reported) => {
    const [sentence, ...more] = refusedWords('docs/a.md', `One line.\nHere ${words}.`);
    expect(more).toEqual([]);
    expect(sentence).toContain(`docs/a.md:2: "${reported}": write "`);
  });

  test('the check finds a phrase across a line break, in a comment too', () => {
    expect(refusedWords('a.ts', '// as\n// told')).toEqual([expect.stringContaining('a.ts:1: "as told"')]);
    expect(refusedWords('a.ts', '/**\n * What is\n * said.\n */')).toEqual([
      expect.stringContaining('a.ts:2: "is said"'),
    ]);
    expect(refusedWords('a.md', 'What is\nsaid.')).toEqual([expect.stringContaining('a.md:1: "is said"')]);
  });

  test('the check lists what it finds in the order of the text', () => {
    const found = refusedWords('a.md', 'Whoever asks\nis told an answer.');
    expect(found.map((sentence) => sentence.split(': write')[0])).toEqual([
      'a.md:1: "Whoever"',
      'a.md:2: "is told"',
      'a.md:2: "answer"',
    ]);
  });

  test('the check of titles reads the titles of a test file and nothing else', () => {
    const code = `
      // whoever reads this
      const answer = 'mend';
      describe('whom it concerns', () => {
        test('the store answers', () => expect(answer).toBe('mend'));
        it.skip(\`\${answer} is told\`, () => {});
        test.each([['whoever']])('%s is said', () => {});
        test.each\`a\`('is no more', () => {});
      });
      const kit = [{ id: 'mend', title: 'what comes to be', body: 'mend' }];
      other.test('mend', 'mend');
    `;
    expect(refusedInTitles('test/a.test.ts', code).map((sentence) => sentence.split(': write')[0])).toEqual([
      'test/a.test.ts:4: "whom"',
      'test/a.test.ts:5: "answers"',
      'test/a.test.ts:6: "is told"',
      'test/a.test.ts:7: "is said"',
      'test/a.test.ts:8: "is no more"',
      'test/a.test.ts:10: "comes to be"',
    ]);
  });

  test('every pattern has a replacement, which the check accepts', () => {
    expect(REFUSED.flatMap(({ instead }) => refusedWords('instead', instead))).toEqual([]);
    expect(REFUSED.every(({ instead }) => instead.length > 0)).toBe(true);
  });
});
