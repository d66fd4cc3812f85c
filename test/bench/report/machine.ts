import { readFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';

/** The machine and runtime in one sentence, and the versions of the peers. */
export function machine(more: readonly string[] = []): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const peers = Object.entries(manifest.dependencies).map(([name, version]) => `${name} ${version}`);
  return machineOf([...peers, ...more]);
}

/** Describes the machine, the runtime and the peers in one sentence. */
export function machineOf(beside: readonly string[]): string {
  const [first, ...others] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `On ${1 + others.length} × ${first?.model.trim()}, ${memory} GiB, ${platform()} ${arch()}, Node ${process.versions.node}${beside
    .map((one) => `, ${one}`)
    .join('')
    .replace(',', ';')}.`;
}
