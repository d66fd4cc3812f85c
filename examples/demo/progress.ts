import { Presets, SingleBar } from 'cli-progress';

/** Shows the progress of a replay on stderr: a bar on a terminal, otherwise a line for each quarter. */
export class ReplayProgress {
  readonly #total: number;
  readonly #bar: SingleBar | undefined;
  #done = 0;

  constructor(total: number) {
    this.#total = total;
    if (!process.stderr.isTTY) return;
    const format = 'Replaying {bar} {value}/{total} commits, {at}';
    this.#bar = new SingleBar({ format, barsize: 30, clearOnComplete: true }, Presets.shades_classic);
    this.#bar.start(total, 0, { at: '' });
  }

  /** Reports one more replayed commit, which happened at this instant. */
  step(at: string): void {
    this.#done++;
    if (this.#bar) {
      this.#bar.update(this.#done, { at: at.slice(0, 10) });
      if (this.#done === this.#total) this.#bar.stop();
    } else if (quarter(this.#done, this.#total) > quarter(this.#done - 1, this.#total)) {
      process.stderr.write(`Replayed ${this.#done} of ${this.#total} commits, up to ${at.slice(0, 10)}\n`);
    }
  }
}

function quarter(done: number, total: number): number {
  return Math.floor((4 * done) / total);
}
