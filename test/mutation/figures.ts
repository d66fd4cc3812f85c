/** The part of Stryker's JSON report that is looked at. */
export interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly mutatorName: string;
  readonly replacement: string;
  readonly status: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** How many mutants of a shard ended how; `score` is the share in per cent that was noticed. */
export interface Figures {
  readonly mutants: number;
  readonly killed: number;
  readonly timedOut: number;
  readonly survived: number;
  readonly noCoverage: number;
  readonly score: number;
}

/** Counts a report. A mutant that is not valid code (none here is, without a type checker) counts nowhere. */
export function figures({ files }: Report): Figures {
  const states = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (status: string): number => states.filter((state) => state === status).length;
  const [killed, timedOut, survived, noCoverage] = ['Killed', 'Timeout', 'Survived', 'NoCoverage'].map(count) as [
    number,
    number,
    number,
    number,
  ];
  const mutants = killed + timedOut + survived + noCoverage;
  return { mutants, killed, timedOut, survived, noCoverage, score: (100 * (killed + timedOut)) / mutants };
}

/** Lists the mutants that nothing noticed, a line each: place, what stood there, what replaced it. */
export function survivors({ files }: Report): string[] {
  return Object.entries(files).flatMap(([path, { source, mutants }]) => {
    const lines = source.split('\n');
    return mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ location: { start, end }, replacement, status, mutatorName }) => {
        const last = end.line === start.line ? end.column - 1 : undefined;
        const original = lines[start.line - 1]!.slice(start.column - 1, last) + (last === undefined ? ' …' : '');
        const what = `${original}  →  ${replacement.replaceAll(/\s+/g, ' ')}`;
        return `${path}:${start.line}:${start.column} ${status} ${mutatorName}: ${what}`;
      });
  });
}
