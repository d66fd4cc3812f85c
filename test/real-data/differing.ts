/** The first twenty lines that only one of the two lists has. A failed comparison should not print megabytes. */
export function differing(a: Iterable<string>, b: Iterable<string>): string[] {
  const [one, other] = [new Set(a), new Set(b)];
  const only = (lines: Set<string>, not: Set<string>, sign: string): string[] =>
    [...lines].filter((line) => !not.has(line)).map((line) => `${sign} ${line}`);
  return [...only(one, other, '-'), ...only(other, one, '+')].slice(0, 20);
}
