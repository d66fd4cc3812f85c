import type { Profile, Rule, Scalar, Segment } from '../../../src/core.js';

export type Predicate = (profile: Profile) => boolean;

/** Compiles a rule to a function, for libraries that filter by functions; values have to be folded already. */
export function closureOf(rule: Rule, segments: ReadonlyMap<string, Segment>): Predicate {
  const inner = (one: Rule): Predicate => closureOf(one, segments);
  if ('all' in rule) {
    const all = rule.all.map(inner);
    return (profile) => all.every((holds) => holds(profile));
  }
  if ('any' in rule) {
    const any = rule.any.map(inner);
    return (profile) => any.some((holds) => holds(profile));
  }
  if ('not' in rule) {
    const holds = inner(rule.not);
    return (profile) => !holds(profile);
  }
  if ('segment' in rule) return inner(segments.get(rule.segment)!.rule!);
  if ('everyone' in rule) return () => true;
  const { field } = rule;
  const asked = 'value' in rule ? rule.value : undefined;
  const holds = testOf(rule.op, asked);
  return (profile) => {
    const value = profile[field];
    return Array.isArray(value) ? (value as readonly Scalar[]).some(holds) : holds(value as Scalar);
  };
}

function testOf(op: string, asked: Scalar | readonly Scalar[]): (value: Scalar) => boolean {
  switch (op) {
    case 'equals':
      return (value) => value === asked;
    case 'in': {
      const among = new Set(asked as readonly Scalar[]);
      return (value) => among.has(value);
    }
    case 'contains':
      return (value) => (value as string).includes(asked as string);
    case 'startsWith':
      return (value) => (value as string).startsWith(asked as string);
    // Dates are ISO days: they compare as text.
    case 'lt':
      return (value) => value! < (asked as string);
    case 'gte':
      return (value) => value! >= (asked as string);
    default:
      throw new Error('The workload has no such condition.');
  }
}
