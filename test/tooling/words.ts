import ts from 'typescript';

/** A word or phrase that may not be used, and what to write instead. */
interface Refused {
  readonly pattern: RegExp;
  readonly instead: string;
}

/** What may separate two words of a phrase: a line may break there, in a comment too. */
const GAP = '(?:\\s|\\*|//)+';

/** The one list of refused words. */
export const REFUSED: readonly Refused[] = [
  refuse('answers?', '"returns", "resolves with" or "reports"; as a noun "result", "response" or "reply"'),
  refuse('unless told', '"by default"'),
  refuse('(?:was|were|is|are|as) told', '"is configured", "is given" or "as configured"; of a person "is notified"'),
  refuse('mend(?:s|ed|ing)?', '"fix" or "correct"'),
  refuse('who(?:m|ever)', '"learners who …", "the admin who …" or "a caller"'),
  refuse('comes? to (?:be|hold)', '"becomes" or "now holds"'),
  refuse('is no more', '"was deleted" or "no longer exists"'),
  refuse('is said', '"is documented" or "is described"'),
];

function refuse(words: string, instead: string): Refused {
  return { pattern: new RegExp(`\\b${words.replaceAll(' ', GAP)}\\b`, 'gi'), instead };
}

/** Returns a sentence for each refused word of a text, beginning with `file:line`. The text starts on `firstLine` of the file. */
export function refusedWords(file: string, text: string, firstLine = 1): string[] {
  const found = REFUSED.flatMap(({ pattern, instead }) =>
    [...text.matchAll(pattern)].map(({ 0: match, index }) => ({ match, index, instead })),
  );
  found.sort((a, b) => a.index - b.index);
  return found.map(({ match, index, instead }) => {
    const line = firstLine + text.slice(0, index).split('\n').length - 1;
    return `${file}:${line}: "${match.replace(new RegExp(GAP, 'g'), ' ')}": write ${instead}.`;
  });
}

const FUNCTIONS = new Set(['it', 'test', 'describe']);

/**
 * Returns the same sentences for the titles of tests alone: the first argument of `it`, `test` and `describe`, also after `.each(…)` and the
 * like, and the value of every property `title`.
 */
export function refusedInTitles(file: string, code: string): string[] {
  if (refusedWords(file, code).length === 0) return [];
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest);
  const titles: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && FUNCTIONS.has(calledName(node.expression)))
      titles.push(...node.arguments.slice(0, 1));
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === 'title') {
      titles.push(node.initializer);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return titles.flatMap(textsOf).flatMap((text) => {
    const { line } = source.getLineAndCharacterOfPosition(text.getStart(source));
    return refusedWords(file, text.getText(source), line + 1);
  });
}

/** The literals of a title, without what is inserted into a template. */
function textsOf(title: ts.Node): ts.Node[] {
  if (ts.isStringLiteralLike(title)) return [title];
  if (ts.isTemplateExpression(title)) return [title.head, ...title.templateSpans.map(({ literal }) => literal)];
  if (ts.isBinaryExpression(title)) return [title.left, title.right].flatMap(textsOf);
  return [];
}

/** The first name of what is called: `test` of `test.each(rows)`. */
function calledName(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return calledName(node.expression);
  if (ts.isTaggedTemplateExpression(node)) return calledName(node.tag);
  return '';
}
