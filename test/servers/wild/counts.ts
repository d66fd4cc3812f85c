import type { ColumnKind, OperatorClass } from './column-kind.js';

/** How many of the learners who do not match a condition excluded. */
export interface Narrowed {
  /** How many learners do not match, and so could be excluded. */
  readonly candidates: number;
  readonly excluded: number;
}

interface Pair {
  rules: number;
  /** Rules that could exclude a learner. */
  narrowable: number;
  /** Rules that excluded a learner. */
  narrowed: number;
  candidates: number;
  excluded: number;
  readonly isComparison: boolean;
}

/** Counts, for each pair of a column kind and an operator class, the rules that ran and those that narrowed. */
export class Counts {
  readonly pairs = new Map<string, Pair>();

  add(kind: ColumnKind, operators: OperatorClass, { candidates, excluded }: Narrowed): void {
    const pair = this.#pair(kind, operators);
    pair.rules++;
    pair.candidates += candidates;
    pair.excluded += excluded;
    if (candidates > 0) pair.narrowable++;
    if (excluded > 0) pair.narrowed++;
  }

  /** Adds a pair that must run, so that a missing run is noticed. */
  expect(kind: ColumnKind, operators: OperatorClass): void {
    this.#pair(kind, operators);
  }

  get rules(): number {
    return [...this.pairs.values()].reduce((sum, { rules }) => sum + rules, 0);
  }

  /** The pairs that ran fewer rules than these. */
  below(fewest: number): string[] {
    return [...this.pairs].filter(([, { rules }]) => rules < fewest).map(([name, { rules }]) => `${name}: ${rules}`);
  }

  /** The share of rules that narrowed, among those that could: of all, or of native comparisons only. */
  share(which: 'all' | 'native'): number {
    const pairs = [...this.pairs.values()].filter(({ isComparison }) => which === 'all' || isComparison);
    const sum = (of: (pair: Pair) => number): number => pairs.reduce((total, pair) => total + of(pair), 0);
    return (
      sum(({ narrowed }) => narrowed) /
      Math.max(
        1,
        sum(({ narrowable }) => narrowable),
      )
    );
  }

  /** One line of figures. */
  summary(name: string): string {
    const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
    return `${name}: ${this.rules} rules over ${this.pairs.size} pairs; ${percent(this.share('all'))} narrowed, ${percent(this.share('native'))} of native comparisons`;
  }

  /** A line for each pair: how many rules narrowed, and how many of the learners who do not match they excluded. */
  details(): string {
    return [...this.pairs]
      .map(([name, { rules, narrowable, narrowed, candidates, excluded }]) => {
        const left = candidates === 0 ? '-' : `${Math.round((100 * excluded) / candidates)} %`;
        return `  ${name}: ${rules} rules, ${narrowed} of ${narrowable} narrowed, left out ${left}`;
      })
      .join('\n');
  }

  #pair(kind: ColumnKind, operators: OperatorClass): Pair {
    const name = `${kind.name} × ${operators}`;
    const isComparison = kind.native === true && (operators === 'equality' || operators === 'range');
    const known = this.pairs.get(name);
    const pair = known ?? { rules: 0, narrowable: 0, narrowed: 0, candidates: 0, excluded: 0, isComparison };
    this.pairs.set(name, pair);
    return pair;
  }
}
