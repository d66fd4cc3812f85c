import { handBack } from './measure/own-process.js';
import type { Findings } from './report/findings.js';

// Runs one section and sends its findings to the parent process.
const file = new URL(`sections/${process.argv[2]}.js`, import.meta.url);
const section = (await import(file.href)) as { run(): Promise<Findings> };
handBack(await section.run());
