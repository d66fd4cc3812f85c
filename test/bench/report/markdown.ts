import { SCALE } from '../measure/scale.js';
import type { Findings, Table, Target } from './findings.js';
import { machine } from './machine.js';

/** A table in Markdown with aligned columns. */
export function tableText({ title, note, columns, rows }: Table): string {
  const widths = columns.map((column, i) => Math.max(column.length, ...rows.map((row) => row[i]!.length), 3));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => pad(cell, widths[i]!, i)).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [`### ${title}`, ...(note ? ['', note] : []), '', line(columns), rule, ...rows.map(line)].join('\n');
}

/** The targets, and whether they are reached. */
export function targetsTable(targets: readonly Target[]): Table {
  return {
    title: 'Targets',
    columns: ['', 'target', 'measured', 'reached'],
    rows: targets.map(({ what, goal, measured, reached }) => [what, goal, measured, reached ? 'yes' : '**no**']),
  };
}

/** The whole report. */
export function markdown(findings: readonly Findings[]): string {
  const targets = targetsTable(findings.flatMap((found) => found.targets ?? []));
  const head = `# Benchmark

Written by \`npm run bench\`; change the benchmark, not this page.

${machine(findings.flatMap(({ versions }) => versions ?? []))}

${SCALE.learners.toLocaleString('en')} learners, ${SCALE.segments} segments, ${SCALE.links.toLocaleString('en')} links; medians of ${SCALE.rounds} rounds, contenders in turns,
with the least and the most in brackets. Ratios are taken round by round. All contenders computed the same pairs before anything was timed.

![Costs of a learner, and growth](results.svg)
`;
  return `${[head, tableText(targets), ...findings.flatMap(({ tables }) => tables.map(tableText))].join('\n\n').replace(/\n{3,}/g, '\n\n')}\n`;
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
