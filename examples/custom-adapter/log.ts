import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * An append-only file of JSON lines. A line is a checksum and the appended value: it is stored completely or not at all.
 * Only one process at a time may have the file open.
 */
export class Log {
  readonly #file: FileHandle;
  #failed = false;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Opens the file, creates it if it does not exist, and returns the values of all complete lines. */
  static async open(path: string): Promise<{ readonly log: Log; readonly entries: readonly unknown[] }> {
    const file = await open(path, 'a+');
    try {
      const bytes = await file.readFile();
      const { entries, length } = wholeLines(bytes);
      // A torn last line was never acknowledged: its append did not resolve.
      if (length < bytes.length) await file.truncate(length);
      await file.sync();
      await syncFolder(dirname(path));
      return { log: new Log(file), entries };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Appends one line, and resolves once it would survive a power cut, with the value that reading it back would give. */
  async append(entry: unknown): Promise<unknown> {
    // After a failed write the contents of the disk are unknown until the file is read again.
    if (this.#failed) throw new Error('An earlier write to this log failed: open it again.');
    const json = JSON.stringify(entry);
    try {
      await this.#file.appendFile(`${checksum(json)} ${json}\n`);
      await this.#file.sync();
    } catch (error) {
      this.#failed = true;
      throw error;
    }
    return parse(json);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

function wholeLines(bytes: Buffer): { entries: unknown[]; length: number } {
  const entries: unknown[] = [];
  let start = 0;
  for (let end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', start)) {
    const line = bytes.toString('utf8', start, end);
    const space = line.indexOf(' ');
    const json = line.slice(space + 1);
    if (line.slice(0, space) !== checksum(json)) {
      if (end + 1 === bytes.length) break;
      throw new Error(`The log is damaged at byte ${start}: a line that is not the last does not fit its checksum.`);
    }
    entries.push(parse(json));
    start = end + 1;
  }
  return { entries, length: start };
}

function checksum(json: string): string {
  return createHash('sha256').update(json).digest('hex').slice(0, 16);
}

/** Freezes a value deeply, so that a caller who receives a part of it cannot change what is stored. */
function parse(json: string): unknown {
  return JSON.parse(json, (_, value) => Object.freeze(value));
}

/** Makes the name of a new file as durable as its contents. Windows cannot do this and does not need it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
