import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { blocksOf } from '../../docs/blocks.js';
import { freePort, idOf } from '../repositories/cluster.js';
import { DATABASE, POSTGRES } from '../servers.js';

const GUIDE = 'docs/behind-pgbouncer.md';

/** The program; the path of a user who is not root does not always contain Debian's folder of it. */
const PROGRAM = ['pgbouncer', '/usr/sbin/pgbouncer'].find(runs);

/** Why PgBouncer cannot run here; empty if it can. */
export const NO_PGBOUNCER = PROGRAM === undefined ? 'no pgbouncer; apt-get install pgbouncer' : '';

function runs(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}

/** A test's own PgBouncer, with the configuration of the guide. */
export class PgBouncer {
  private constructor(
    readonly port: number,
    readonly poolSize: number,
    private readonly folder: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(poolSize: number): Promise<PgBouncer> {
    const folder = mkdtempSync(join(tmpdir(), 'smart-enrolments-pgbouncer-'));
    const port = await freePort();
    const users = join(folder, 'userlist.txt');
    const { host, port: serverPort, user, password } = POSTGRES;
    const changes = {
      lms: `host=${host} port=${serverPort} dbname=${DATABASE}`,
      listen_port: String(port),
      auth_type: 'trust',
      auth_file: users,
      default_pool_size: String(poolSize),
    };
    const config = Object.entries(changes).reduce(replaceSetting, blocksOf(GUIDE, 'ini')[0]!.code);
    writeFileSync(join(folder, 'pgbouncer.ini'), `${config}unix_socket_dir =\n`);
    writeFileSync(users, `"${user}" "${password}"\n`);
    // It does not run as root.
    const owner = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
    if (owner.uid !== undefined) for (const path of [folder, users]) chownSync(path, owner.uid, owner.gid);
    const child = spawn(PROGRAM!, [join(folder, 'pgbouncer.ini')], {
      ...owner,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const bouncer = new PgBouncer(port, poolSize, folder, child);
    await bouncer.#listening();
    return bouncer;
  }

  /** Waits until it accepts connections. */
  async #listening(): Promise<void> {
    let log = '';
    this.process.stderr!.on('data', (data: Buffer) => {
      log += data.toString();
    });
    for (let tries = 0; tries < 100; tries++) {
      if (await accepts(this.port)) return;
      await sleep(50);
    }
    await this.stop();
    throw new Error(`PgBouncer did not start: ${log}`);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    if (this.process.exitCode === null && this.process.kill('SIGTERM')) await ended;
    rmSync(this.folder, { recursive: true });
  }
}

/** Replaces the value of a setting; the guide must contain it. */
function replaceSetting(config: string, [name, value]: readonly [string, string]): string {
  const line = new RegExp(`^${name} = .*$`, 'mu');
  if (!line.test(config)) throw new Error(`${GUIDE} does not set ${name}.`);
  return config.replace(line, `${name} = ${value}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.end());
  });
}
