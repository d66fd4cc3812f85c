import { createSmartEnrolments } from 'smart-enrolments';
import { createMemoryRepositories } from 'smart-enrolments/memory';
import { type Changes, counted, mismatches, NOTHING, standing } from './facts.js';
import { commitsOf, readHistory } from './history.js';
import { ReplayProgress } from './progress.js';
import { askUnlinking, askWhy } from './questions.js';
import { replay } from './replay.js';
import { report } from './report.js';

const start = performance.now();
const commits = commitsOf(readHistory());
const repositories = createMemoryRepositories();
const enrolments = createSmartEnrolments(repositories);

const progress = new ReplayProgress(commits.length);
let changes: Changes = NOTHING;
for await (const { at, diffs } of replay(commits, enrolments, repositories.host)) {
  changes = counted(changes, diffs);
  progress.step(at);
}

const catalog = await repositories.catalog.load();
const assignments = await repositories.host.assignments();
const learners = await repositories.learners.page({ limit: 10_000 });
const found = { ...changes, ...standing(assignments, learners, catalog) };

const unlinking = await askUnlinking(enrolments, catalog, assignments);
const why = await askWhy(enrolments, catalog, assignments);
const { summary: reconciled } = await enrolments.reconcile();
const seconds = (performance.now() - start) / 1000;
console.log(report({ commits, found, unlinking, why, reconciled, seconds }));

const wrong = mismatches(found);
if (reconciled.learners > 0) wrong.push(`the closing reconcile changed ${reconciled.learners} learners`);
if (why.unenrol.allowed) wrong.push(`${why.learnerId} could be unenrolled alone`);
for (const fact of wrong) console.error(`Not as it should be: ${fact}`);
if (wrong.length > 0) process.exitCode = 1;
