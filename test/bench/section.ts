import { handBack } from './measure/own-process.js';
import type { Findings } from './report/findings.js';

// Runs one section and hands what it finds to the process that started this one.
const file = new URL(`sections/${process.argv[2]}.js`, import.meta.url);
const section = (await import(file.href)) as { run(): Promise<Findings> };
handBack(await section.run());
