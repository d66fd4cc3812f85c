import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSIONS = '/usr/lib/postgresql';

/** The directory of PostgreSQL's programs on Debian; undefined if there is none. */
function programs(): string | undefined {
  try {
    const newest = readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a))[0];
    return newest === undefined ? undefined : `${VERSIONS}/${newest}/bin`;
  } catch {
    return undefined;
  }
}

/** Why no cluster can be created here; empty if it can. */
export const NO_CLUSTER =
  programs() === undefined ? `no initdb and pg_ctl in ${VERSIONS}/*/bin; apt-get install postgresql` : '';

/** A test's own PostgreSQL server, which waits for the disk as in production. */
export class Cluster {
  readonly port: number;
  readonly #folder: string;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.port = port;
  }

  static async create(): Promise<Cluster> {
    const folder = mkdtempSync(join(tmpdir(), 'smart-enrolments-cluster-'));
    // PostgreSQL does not run as root.
    if (process.getuid?.() === 0) chownSync(folder, idOf('-u'), idOf('-g'));
    const cluster = new Cluster(folder, await freePort());
    cluster.#run(
      'initdb',
      '-D',
      cluster.#data,
      '-U',
      'postgres',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
    );
    cluster.start();
    return cluster;
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  /** Starts it, also after a crash, from which it first recovers. */
  start(): void {
    const options = `-p ${this.port} -k ${this.#folder} -c listen_addresses=127.0.0.1 -c fsync=on -c synchronous_commit=on`;
    this.#run('pg_ctl', '-D', this.#data, '-l', join(this.#folder, 'log'), '-o', options, '-t', '60', '-w', 'start');
  }

  /** Kills the server and its children with SIGKILL, and waits until they have ended. */
  async kill(): Promise<void> {
    const postmaster = Number(readFileSync(join(this.#data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    const all = [postmaster, ...childrenOf(postmaster)];
    for (const pid of all) signal(pid, 'SIGKILL');
    while (all.some((pid) => signal(pid, 0))) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  end(): void {
    try {
      this.#run('pg_ctl', '-D', this.#data, '-m', 'immediate', '-w', 'stop');
    } finally {
      rmSync(this.#folder, { recursive: true });
    }
  }

  #run(program: string, ...args: string[]): void {
    const path = `${programs()}/${program}`;
    const [command, ...all] =
      process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', path, ...args] : [path, ...args];
    // Its output is not awaited: the server keeps the pipe open.
    execFileSync(command!, all, { stdio: 'ignore', cwd: this.#folder });
  }
}

/** Whether the process still exists. */
function signal(pid: number, which: 'SIGKILL' | 0): boolean {
  try {
    return process.kill(pid, which);
  } catch {
    return false;
  }
}

/** The id of the user `postgres`, or of its group. */
export function idOf(which: '-u' | '-g'): number {
  return Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** A port on which no server listens. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port));
    });
  });
}
