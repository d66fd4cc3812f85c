import { existsSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { inject } from 'vitest';

// Packing goes on while other tests run: those of the package begin when it is done.
const ready = `${inject('tarball')}.ready`;
while (!existsSync(ready)) await setTimeout(100);
const error = readFileSync(ready, 'utf8');
if (error !== '') throw new Error(`The package could not be packed. ${error}`);
