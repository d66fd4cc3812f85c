import { FULL_SIZE } from './measure/scale.js';
import { prepare } from './prepare.js';
import type { Findings } from './report/findings.js';
import { markdown, tableText } from './report/markdown.js';
import { plot } from './report/plot.js';
import { write } from './report/write.js';
import { runSection, SECTIONS } from './sections.js';

const wanted = process.env.BENCH_SECTIONS?.split(',') ?? SECTIONS;
await prepare();
const findings: Findings[] = [];
for (const name of wanted) {
  console.log(`\n# ${name}`);
  const started = performance.now();
  const found = await runSection(name);
  for (const table of found.tables) console.log(`\n${tableText(table)}`);
  for (const { what, goal, measured, reached } of found.targets ?? []) {
    console.log(`target: ${what}: ${goal}; measured ${measured}; reached ${reached ? 'yes' : 'no'}`);
  }
  console.log(`(${((performance.now() - started) / 1000).toFixed(0)} s)`);
  findings.push(found);
}
const whole = FULL_SIZE && SECTIONS.every((name) => wanted.includes(name));
if (whole || process.env.BENCH_OUT) write({ 'results.md': markdown(findings), 'results.svg': plot(findings) });
else
  console.log(
    '\nNot a run of everything at full size: nothing was written. Set BENCH_OUT to a folder to write it all the same.',
  );
