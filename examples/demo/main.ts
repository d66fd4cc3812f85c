import { createMemoryRepositories } from 'smart-enrolments/memory';
import { commitsOf, readHistory } from './history.js';
import { faultsOf, play, type Stage } from './play.js';
import { ReplayProgress } from './progress.js';
import { report } from './report.js';

const [option, folder] = process.argv.slice(2);
// Loaded only on request: it is a whole database.
const pglite = option === '--sql' ? await (await import('./pglite.js')).openPglite(folder) : undefined;
const commits = commitsOf(readHistory());
const progress = new ReplayProgress(commits.length);
const findings = await play(commits, pglite ?? inMemory(), (at) => progress.step(at));
console.log(report(findings));

const wrong = faultsOf(findings);
for (const fact of wrong) console.error(`Not as it should be: ${fact}`);
if (wrong.length > 0) process.exitCode = 1;
else if (pglite)
  console.log('SQL         On PostgreSQL in this process (PGlite): the same figures as the demo in memory ends in.');
await pglite?.close();

function inMemory(): Stage {
  const { host, ...repositories } = createMemoryRepositories();
  return { repositories, host };
}
