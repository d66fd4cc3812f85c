import type { SegmentId } from '../model/ids.js';
import type { FieldType } from '../model/learner.js';
import type { Condition, Rule } from '../model/rule.js';
import { testOf } from './condition.js';
import { FieldColumn } from './field-column.js';
import { Scratch } from './scratch.js';
import { EVERYONE, NO_LEARNER, type Slot, type Step } from './step.js';
import type { FieldTypes } from './value.js';

/**
 * Rules compiled for evaluation by columns: the tests on each field, and the steps that combine their results.
 * Equal conditions and equal combinations share one slot, so that each is evaluated once.
 */
export class Program {
  readonly fields = new Map<string, FieldColumn>();
  readonly placements: Map<SegmentId, Slot>;
  readonly scratch = new Scratch();
  /** The number of slots. */
  size: number;
  readonly #steps: Step[];
  readonly #known: Map<string, Slot>;
  /** Columns of the program that this one extends: they are copied before anything is added to them. */
  readonly #shared: Set<FieldColumn>;
  /** The number of fields of this program and of the programs that it extends. */
  readonly #sharing: { size: number };
  #allSteps: readonly Step[] | undefined;

  /** `from` is a program over the same fields that this one extends: what it has is not compiled again, and it is not changed. */
  constructor(
    readonly types: FieldTypes,
    from?: Program,
  ) {
    this.size = from?.size ?? 2;
    this.placements = new Map(from?.placements);
    this.#steps = from ? [...from.#steps] : [];
    this.#known = new Map(from ? from.#known : []);
    this.#shared = new Set(from?.fields.values());
    for (const column of this.#shared) this.fields.set(column.id, column);
    this.#sharing = from ? from.#sharing : { size: 0 };
    if (!from) for (const [id, type] of types ?? []) this.fields.set(id, this.#column(id, type));
  }

  /** The steps in order; read them once all rules are compiled. The steps of fields come first. */
  get steps(): readonly Step[] {
    this.#allSteps ??= [...[...this.fields.values()].flatMap((column) => column.steps()), ...this.#steps];
    return this.#allSteps;
  }

  /** Compiles a checked rule; `segment` returns the slot of a segment that it refers to. */
  compile(rule: Rule, segment: (id: SegmentId) => Slot): Slot {
    if ('all' in rule) return this.and(rule.all.map((inner) => this.compile(inner, segment)));
    if ('any' in rule) return this.or(rule.any.map((inner) => this.compile(inner, segment)));
    if ('not' in rule) return this.not(this.compile(rule.not, segment));
    if ('everyone' in rule) return EVERYONE;
    if ('segment' in rule) return segment(rule.segment);
    return this.#condition(rule);
  }

  /** Returns the slot of the learners placed in the segment by hand. */
  placed(segmentId: SegmentId): Slot {
    let slot = this.placements.get(segmentId);
    if (slot === undefined) {
      slot = this.size++;
      this.placements.set(segmentId, slot);
    }
    return slot;
  }

  and(inputs: readonly Slot[]): Slot {
    if (inputs.includes(NO_LEARNER)) return NO_LEARNER;
    return this.#combine(
      'and',
      inputs.filter((slot) => slot !== EVERYONE),
      EVERYONE,
    );
  }

  or(inputs: readonly Slot[]): Slot {
    if (inputs.includes(EVERYONE)) return EVERYONE;
    return this.#combine(
      'or',
      inputs.filter((slot) => slot !== NO_LEARNER),
      NO_LEARNER,
    );
  }

  not(input: Slot): Slot {
    if (input === EVERYONE) return NO_LEARNER;
    if (input === NO_LEARNER) return EVERYONE;
    return this.#slot(`not ${input}`, (out) => this.#steps.push({ op: 'not', inputs: [input], out }));
  }

  #combine(op: 'and' | 'or', slots: readonly Slot[], none: Slot): Slot {
    const inputs = [...new Set(slots)].sort((a, b) => a - b);
    if (inputs.length === 0) return none;
    if (inputs.length === 1) return inputs[0]!;
    return this.#slot(`${op} ${inputs.join()}`, (out) => this.#steps.push({ op, inputs, out }));
  }

  #condition(condition: Condition): Slot {
    if (condition.op === 'blank') {
      return this.#slot(JSON.stringify([condition.field]), (out) => this.#field(condition.field).blank(out));
    }
    const test = testOf(condition, this.types);
    const key = JSON.stringify([condition.field, test.type, test.op, [...new Set(test.operands)]]);
    return this.#slot(key, (out) => this.#field(condition.field).add(test, out));
  }

  /** Returns the column of a field, ready for more tests. */
  #field(id: string): FieldColumn {
    let column = this.fields.get(id);
    if (column && !this.#shared.has(column)) return column;
    column = column ? column.copy() : this.#column(id, undefined);
    this.fields.set(id, column);
    return column;
  }

  #column(id: string, declared: FieldType | undefined): FieldColumn {
    this.#sharing.size++;
    return new FieldColumn(id, declared, this.#sharing);
  }

  #slot(key: string, make: (out: Slot) => void): Slot {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const out = this.size++;
    this.#known.set(key, out);
    this.#allSteps = undefined;
    make(out);
    return out;
  }
}
