import { all, any, type Condition, field, not, type Rule } from '../../../src/core.js';
import type { Random } from '../../../src/testkit/random.js';
import type { ColumnKind, OperatorClass, Sample } from './column-kind.js';
import { operandsOf } from './operands.js';
import { FIELD } from './people-table.js';

const SEARCHES = ['contains', 'startsWith', 'endsWith'] as const;
const RANGES = ['lt', 'lte', 'gt', 'gte'] as const;

/** Generates random rules over the field of one kind. */
export class RuleGenerator {
  readonly #operand: (random: Random) => string | number | boolean;

  constructor(
    readonly kind: ColumnKind,
    samples: readonly Sample[],
  ) {
    this.#operand = operandsOf(kind.type, samples);
  }

  /** Returns a rule of an operator class: over this field alone, except for `mixed`, which also uses the plain fields. */
  rule(operators: OperatorClass, random: Random): Rule {
    if (operators === 'mixed') return this.#mixed(random);
    const part = () =>
      random.chance(0.3) ? not(this.#condition(operators, random)) : this.#condition(operators, random);
    const shape = random.next();
    if (shape < 0.55) return part();
    const parts = Array.from({ length: 2 + random.below(2) }, part);
    const joined = shape < 0.8 ? any(...parts) : all(...parts);
    return random.chance(0.25) ? not(joined) : joined;
  }

  #mixed(random: Random): Rule {
    const classes =
      this.kind.type === 'text' ? (['equality', 'search', 'blank'] as const) : (['equality', 'blank'] as const);
    const own = this.rule(random.pick(classes), random);
    const plain = random.pick<Rule>([
      field('team').equals(random.pick(['red', 'blue', 'green'])),
      field('level').gte(random.below(10)),
      field('team').blank(),
      not(field('level').in([1, 2, 5])),
      { everyone: true },
      { any: [] },
    ]);
    const joined = random.chance(0.5) ? all(plain, own) : any(plain, own, field('team').contains('re'));
    return random.chance(0.3) ? not(joined) : joined;
  }

  #condition(operators: Exclude<OperatorClass, 'mixed'>, random: Random): Condition {
    const operand = () => this.#operand(random);
    switch (operators) {
      case 'blank':
        return random.chance(0.6) ? field(FIELD).blank() : this.#condition('equality', random);
      case 'search':
        return { field: FIELD, op: random.pick(SEARCHES), value: operand() as string };
      case 'range':
        return { field: FIELD, op: random.pick(RANGES), value: operand() as number };
      case 'equality':
        if (this.kind.type === 'boolean' || random.chance(0.6)) return field(FIELD).equals(operand());
        return { field: FIELD, op: 'in', value: Array.from({ length: listLength(random) }, operand) as string[] };
      default:
        return operators satisfies never;
    }
  }
}

/** Most lists are short; some are so long that a statement does not have room for the placeholders of many such lists. */
function listLength(random: Random): number {
  return random.chance(0.03) ? 1_500 : 1 + random.below(6);
}
