import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

const program = fileURLToPath(new URL('./consumer/program.ts', import.meta.url));

/** Compiles a host's program as a file of this name with this compiler, and answers what the compiler says of it. */
export function compileProgram(compiler: string, name: string, module: string, moduleResolution: string): string {
  const folder = join(mkdtempSync(join(inject('consumer'), 'types-')), moduleResolution);
  mkdirSync(folder);
  copyFileSync(program, join(folder, name));
  const compilerOptions = {
    ...{ target: 'es2022', lib: ['es2022', 'dom'], types: [], module, moduleResolution },
    ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, skipDefaultLibCheck: true, noEmit: true },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [name] }));
  try {
    return execFileSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  } catch (error) {
    const { stdout, message } = error as { stdout?: string; message: string };
    return stdout || message;
  }
}
