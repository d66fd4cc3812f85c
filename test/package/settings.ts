/** What a host compiles a program as: the file's name, and the options `module` and `moduleResolution`. */
export type Setting = readonly [name: string, module: string, moduleResolution: string];

/** How a program is compiled for Node, and from which to before which version of TypeScript. */
const settings: readonly { readonly setting: Setting; readonly from: number; readonly before?: number }[] = [
  { setting: ['program.mts', 'node16', 'node16'], from: 4.7 },
  { setting: ['program.cts', 'node16', 'node16'], from: 4.7 },
  { setting: ['program.mts', 'nodenext', 'nodenext'], from: 4.7 },
  { setting: ['program.cts', 'nodenext', 'nodenext'], from: 4.7 },
  { setting: ['program.ts', 'esnext', 'bundler'], from: 5.0 },
  { setting: ['program.ts', 'commonjs', 'bundler'], from: 6.0 },
  // Node 10, under the name that every version has. TypeScript 7 no longer has it.
  { setting: ['program.ts', 'esnext', 'node'], from: 4.7, before: 7 },
  { setting: ['program.ts', 'commonjs', 'node'], from: 4.7, before: 7 },
];

/** Every setting that a version of TypeScript has. */
export function settingsOf(version: string): readonly Setting[] {
  const number = Number.parseFloat(version);
  return settings
    .filter(({ from, before }) => number >= from && (before === undefined || number < before))
    .map(({ setting }) => setting);
}
