import { figures, survivors } from './figures.js';
import { SHARDS } from './shards.js';
import { mutate, prepare } from './stryker.js';

// Shards by name, and files by path to mutate only these of them; without a name, every shard.
const args = process.argv.slice(2);
const files = args.filter((arg) => arg.endsWith('.ts'));
const names = args.filter((arg) => !arg.endsWith('.ts'));
const unknown = names.filter((name) => SHARDS.every((shard) => shard.name !== name));
if (unknown.length > 0) {
  console.error(`No shard is named ${unknown.join(', ')}: there are ${SHARDS.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
prepare();
const lines: string[] = [];
for (const shard of SHARDS.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const started = performance.now();
  const report = mutate(shard, files);
  for (const survivor of survivors(report)) console.log(survivor);
  const { mutants, killed, timedOut, survived, noCoverage, score } = figures(report);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const short = score < shard.threshold;
  if (short) process.exitCode = 1;
  lines.push(
    `${shard.name}: ${mutants} mutants, ${killed} killed, ${timedOut} timed out, ${survived} survived, ${noCoverage} no coverage, ` +
      `score ${score.toFixed(2)} (${short ? 'below' : 'at least'} ${shard.threshold}), ${seconds} s`,
  );
}
console.log(`\n${lines.join('\n')}`);
