import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

const program = fileURLToPath(new URL('./consumer/program.ts', import.meta.url));

/** Whether this compiler has to be asked to accept the resolution of Node 10. */
function isDeprecated(compiler: string): boolean {
  const version = execFileSync(process.execPath, [compiler, '--version'], { encoding: 'utf8' });
  return version.includes('Version 6.');
}

/** Compiles a host's program as a file of this name with this compiler, and returns what the compiler reports. */
export function compileProgram(compiler: string, name: string, module: string, moduleResolution: string): string {
  const folder = join(mkdtempSync(join(inject('consumer'), 'types-')), moduleResolution);
  mkdirSync(folder);
  copyFileSync(program, join(folder, name));
  const compilerOptions = {
    ...{ target: 'es2022', lib: ['es2022', 'dom'], types: [], module, moduleResolution },
    // Deprecated, and still what ts-jest and many CommonJS projects use.
    ...(moduleResolution === 'node' && isDeprecated(compiler) && { ignoreDeprecations: '6.0' }),
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
