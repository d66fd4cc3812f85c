import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileProgram } from '../package/compile-program.js';
import { settingsOf } from '../package/settings.js';
import { compilerOf } from './prepare.js';

const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};
const versions = Object.keys(dependencies).map((name) => name.replace('typescript-', ''));

describe.each(versions)('TypeScript %s', (version) => {
  test.each(settingsOf(version))(
    'this version compiles %s of a host, with module %s and moduleResolution %s',
    (...setting) => {
      expect(compileProgram(compilerOf(version), ...setting)).toBe('');
    },
  );
});
