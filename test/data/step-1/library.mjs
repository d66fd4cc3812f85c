// src/model/order.ts
var FROM_SURROGATES_ON = /[\ud800-\uffff]/;
function compareIds(a, b) {
  if (a < b) return FROM_SURROGATES_ON.test(b) ? compareCodePoints(a, b) : -1;
  if (a === b) return 0;
  return FROM_SURROGATES_ON.test(a) ? compareCodePoints(a, b) : 1;
}
function compareCodePoints(a, b) {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    if (x < 55296 || y < 55296) return x - y;
    return codePoint(a, i - 1) - codePoint(b, i - 1) || codePoint(a, i) - codePoint(b, i);
  }
  return a.length - b.length;
}
function compareAssignments(a, b) {
  return compareIds(a.courseId, b.courseId) || compareIds(a.linkId, b.linkId);
}
function isSorted(items, compare2) {
  for (let i = 1; i < items.length; i++) if (compare2(items[i - 1], items[i]) > 0) return false;
  return true;
}
function codePoint(text2, at3) {
  return text2.codePointAt(at3) ?? 0;
}

// src/model/entry.ts
function entry(map, key, make) {
  let value = map.get(key);
  if (value === void 0) {
    value = make();
    map.set(key, value);
  }
  return value;
}

// src/rules/instant.ts
var ISO = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d:\d\d))?$/;
function parseInstant(text2) {
  const parts = ISO.exec(text2);
  if (!parts) return void 0;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return void 0;
  const date = /* @__PURE__ */ new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return void 0;
  const fraction2 = parts[7] ? Number(`0.${parts[7]}`) * 1e3 : 0;
  const offset = offsetMinutes(parts[8]);
  if (offset === void 0) return void 0;
  return date.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1e3 + fraction2;
}
function offsetMinutes(offset) {
  if (offset === void 0 || offset === "Z") return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(4));
  if (hours > 23 || minutes > 59) return void 0;
  return (offset[0] === "-" ? -1 : 1) * (hours * 60 + minutes);
}

// src/rules/text.ts
var WHITE_SPACE = /[\s\p{White_Space}]+/gu;
function fold(text2) {
  return text2.normalize("NFKC").replace(WHITE_SPACE, " ").trim().toUpperCase();
}

// src/rules/value.ts
function fieldTypes(fields) {
  return fields && new Map(fields.map((field2) => [field2.id, field2.type]));
}
function isBlank(value) {
  return value === void 0 || value === null || typeof value === "string" && fold(value) === "";
}
function comparable(type, value) {
  switch (type) {
    case "text":
      return typeof value === "string" ? fold(value) : void 0;
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? value : void 0;
    case "boolean":
      return typeof value === "boolean" ? value : void 0;
    case "date":
      return typeof value === "string" ? parseInstant(value) : void 0;
    default:
      return type;
  }
}

// src/rules/condition.ts
var OPERATORS = {
  text: ["equals", "contains", "startsWith", "endsWith", "in", "blank"],
  number: ["equals", "in", "lt", "lte", "gt", "gte", "blank"],
  date: ["equals", "in", "lt", "lte", "gt", "gte", "blank"],
  boolean: ["equals", "blank"]
};
function typeOf(condition, types) {
  if (types) return types.get(condition.field);
  switch (condition.op) {
    case "contains":
    case "startsWith":
    case "endsWith":
      return "text";
    case "lt":
    case "lte":
    case "gt":
    case "gte":
      return typeof condition.value === "number" ? "number" : "date";
    case "equals":
      return ofScalar(condition.value);
    case "in":
      return ofScalar(condition.value[0]);
    default:
      return condition;
  }
}
function ofScalar(value) {
  if (typeof value === "number") return "number";
  return typeof value === "boolean" ? "boolean" : "text";
}
function testOf(condition, types) {
  const type = typeOf(condition, types);
  const values = condition.op === "in" ? condition.value : [condition.value];
  return { type, op: condition.op, operands: values.map((value) => comparable(type, value)) };
}
function satisfies(test, value) {
  const operand = test.operands[0];
  switch (test.op) {
    case "equals":
      return value === operand;
    case "in":
      return test.operands.includes(value);
    case "contains":
      return value.includes(operand);
    case "startsWith":
      return value.startsWith(operand);
    case "endsWith":
      return value.endsWith(operand);
    case "lt":
      return value < operand;
    case "lte":
      return value <= operand;
    case "gt":
      return value > operand;
    case "gte":
      return value >= operand;
    default:
      return test.op;
  }
}

// src/rules/trace.ts
var Tracer = class {
  constructor(learner, types, segments) {
    this.learner = learner;
    this.types = types;
    this.segments = segments;
    this.#placed = new Set(learner.segments);
  }
  learner;
  types;
  segments;
  #traces = /* @__PURE__ */ new Map();
  #placed;
  /** A field's values that are not blank, and of each type what is comparable of them: each read once. */
  #filledValues = /* @__PURE__ */ new Map();
  #comparables = /* @__PURE__ */ new Map();
  /** Traces a rule that can be evaluated, over segments that do not refer to each other in a circle. */
  trace(rule) {
    if ("all" in rule) {
      const all2 = rule.all.map((inner) => this.trace(inner));
      return { holds: all2.every(({ holds }) => holds), all: all2 };
    }
    if ("any" in rule) {
      const any2 = rule.any.map((inner) => this.trace(inner));
      return { holds: any2.some(({ holds }) => holds), any: any2 };
    }
    if ("not" in rule) {
      const not2 = this.trace(rule.not);
      return { holds: !not2.holds, not: not2 };
    }
    if ("everyone" in rule) return { holds: true, everyone: true };
    if ("segment" in rule) return this.segment(rule.segment);
    return this.#condition(rule);
  }
  /** Traces whether the learner belongs to a segment. */
  segment(id2) {
    const known = this.#traces.get(id2);
    if (known) return known;
    const own2 = this.segments.get(id2)?.rule;
    const placed2 = this.#placed.has(id2);
    const rule = own2 && this.trace(own2);
    const trace = { holds: placed2 || (rule?.holds ?? false), segment: id2, placed: placed2, ...rule && { rule } };
    this.#traces.set(id2, trace);
    return trace;
  }
  #condition(condition) {
    const { field: field2, op } = condition;
    const blank = this.#filled(field2).length === 0;
    if (condition.op === "blank") return { holds: blank, field: field2, op, blank };
    const test = testOf(condition, this.types);
    const holds = this.#comparable(field2, test.type).some((value) => satisfies(test, value));
    return { holds, field: field2, op, value: condition.value, blank };
  }
  #filled(field2) {
    return entry(this.#filledValues, field2, () => {
      const value = Object.hasOwn(this.learner.profile, field2) ? this.learner.profile[field2] : void 0;
      return (Array.isArray(value) ? value : [value]).filter((one) => !isBlank(one));
    });
  }
  #comparable(field2, type) {
    const byType = entry(this.#comparables, field2, () => /* @__PURE__ */ new Map());
    return entry(
      byType,
      type,
      () => this.#filled(field2).flatMap((value) => {
        const fit = comparable(type, value);
        return fit === void 0 ? [] : fit;
      })
    );
  }
};
function writtenOut(trace, written = /* @__PURE__ */ new Set()) {
  if ("all" in trace) return { ...trace, all: trace.all.map((inner) => writtenOut(inner, written)) };
  if ("any" in trace) return { ...trace, any: trace.any.map((inner) => writtenOut(inner, written)) };
  if ("not" in trace) return { ...trace, not: writtenOut(trace.not, written) };
  if (!("rule" in trace) || !trace.rule) return trace;
  const { rule, ...short } = trace;
  if (written.has(trace.segment)) return short;
  written.add(trace.segment);
  return { ...short, rule: writtenOut(rule, written) };
}

// src/rules/bits.ts
function wordsFor(rows2) {
  return rows2 + 31 >>> 5;
}
function setBit(bits, base, row) {
  const at3 = base + (row >>> 5);
  bits[at3] = bits[at3] | 1 << (row & 31);
}
function hasBit(bits, base, row) {
  return (bits[base + (row >>> 5)] & 1 << (row & 31)) !== 0;
}
function lowestBit(word) {
  return 31 - Math.clz32(word & -word);
}

// src/model/describe.ts
function describe(value) {
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return "text";
    case "number":
      return Number.isFinite(value) ? "a number" : "a number that is not finite";
    case "object":
      return value === null ? "null" : "an object";
    case "undefined":
      return "nothing";
    default:
      return `a ${typeof value}`;
  }
}

// src/rules/ladder.ts
var Ladder = class {
  #rungs = [];
  #sorted = true;
  /** 1 where values lie below the limits, -1 where above: turned round, above is below. */
  #sign;
  constructor(direction) {
    this.#sign = direction === "below" ? 1 : -1;
  }
  add(limit, inclusive, slot) {
    this.#rungs.push({ limit: this.#sign * limit, inclusive, slot });
    this.#sorted = false;
  }
  /** The slot of the nearest limit that the value satisfies. */
  nearest(value) {
    const rungs = this.#inOrder();
    const turned = this.#sign * value;
    let low = 0;
    let high = rungs.length;
    while (low < high) {
      const middle = low + high >> 1;
      const { limit, inclusive } = rungs[middle];
      if (turned < limit || inclusive && turned === limit) high = middle;
      else low = middle + 1;
    }
    return rungs[low]?.slot;
  }
  /** The steps that carry marks on: from each limit to the next farther one. */
  steps() {
    return this.#inOrder().slice(1).map(({ slot }, i) => ({ op: "or", inputs: [slot, this.#rungs[i].slot], out: slot }));
  }
  /** Nearest first: whoever is below one is below all that follow; below a limit before at most at it. */
  #inOrder() {
    if (!this.#sorted) {
      this.#rungs.sort((a, b) => a.limit - b.limit || Number(a.inclusive) - Number(b.inclusive));
      this.#sorted = true;
    }
    return this.#rungs;
  }
};

// src/rules/needles.ts
var Tree = class {
  #next = /* @__PURE__ */ new Map();
  #ends = [[]];
  parents = [0];
  units = [0];
  depths = [0];
  add(needle, slot) {
    let node = 0;
    for (let i = 0; i < needle.length; i++) node = this.#grow(node, needle.charCodeAt(i));
    this.#ends[node].push(slot);
  }
  #grow(node, unit) {
    let next = this.next(node, unit);
    if (next === 0) {
      next = this.#ends.push([]) - 1;
      this.#next.set(node * 65536 + unit, next);
      this.parents.push(node);
      this.units.push(unit);
      this.depths.push(this.depths[node] + 1);
    }
    return next;
  }
  /** The node one unit on, or the root, 0, where no needle goes on so. */
  next(node, unit) {
    return this.#next.get(node * 65536 + unit) ?? 0;
  }
  /** What the needles that end here mark. */
  ends(node) {
    return this.#ends[node];
  }
};
var Affixes = class {
  constructor(side) {
    this.side = side;
  }
  side;
  #tree = new Tree();
  add(needle, slot) {
    this.#tree.add(this.side === "start" ? needle : reversed(needle), slot);
  }
  mark(text2, into) {
    for (let i = 0, node = 0; i < text2.length; i++) {
      node = this.#tree.next(node, text2.charCodeAt(this.side === "start" ? i : text2.length - 1 - i));
      if (node === 0) return;
      into.push(...this.#tree.ends(node));
    }
  }
};
function reversed(text2) {
  let turned = "";
  for (let i = text2.length - 1; i >= 0; i--) turned += text2[i];
  return turned;
}
var Needles = class {
  #tree = new Tree();
  /** For each node the longest other node that its text ends with, and the nearest of those where a needle ends. */
  #shorter;
  #ending = [];
  /** For each node the last text that marked it and all shorter ones. */
  #marked = [];
  #texts = 0;
  add(needle, slot) {
    this.#tree.add(needle, slot);
    this.#shorter = void 0;
  }
  mark(text2, into) {
    const shorter = this.#shorter ?? this.#link();
    this.#texts++;
    for (let i = 0, node = 0; i < text2.length; i++) {
      node = this.#step(node, text2.charCodeAt(i), shorter);
      let end = this.#tree.ends(node).length > 0 ? node : this.#ending[node];
      for (; end !== 0 && this.#marked[end] !== this.#texts; end = this.#ending[end]) {
        this.#marked[end] = this.#texts;
        into.push(...this.#tree.ends(end));
      }
    }
  }
  /** The longest node that the text ends with, one unit on. */
  #step(from, unit, shorter) {
    for (let node = from; ; node = shorter[node]) {
      const next = this.#tree.next(node, unit);
      if (next !== 0 || node === 0) return next;
    }
  }
  #link() {
    const { parents, units, depths } = this.#tree;
    const shorter = parents.map(() => 0);
    this.#ending = parents.map(() => 0);
    this.#marked = parents.map(() => 0);
    this.#texts = 0;
    const byDepth = [...parents.keys()].sort((a, b) => depths[a] - depths[b]);
    for (const node of byDepth) {
      if (depths[node] > 1) shorter[node] = this.#step(shorter[parents[node]], units[node], shorter);
      const next = shorter[node];
      this.#ending[node] = this.#tree.ends(next).length > 0 ? next : this.#ending[next];
    }
    this.#shorter = shorter;
    return shorter;
  }
};

// src/rules/field-tests.ts
var FieldTests = class {
  #equal = /* @__PURE__ */ new Map();
  #below = new Ladder("below");
  #above = new Ladder("above");
  #inside = new Needles();
  #first = new Affixes("start");
  #last = new Affixes("end");
  /** Has the slot set wherever the test is satisfied. */
  add({ op, operands }, slot) {
    const [operand] = operands;
    switch (op) {
      case "equals":
      case "in":
        for (const one of new Set(operands)) entry(this.#equal, one, () => []).push(slot);
        return;
      case "lt":
      case "lte":
        this.#below.add(operand, op === "lte", slot);
        return;
      case "gt":
      case "gte":
        this.#above.add(operand, op === "gte", slot);
        return;
      case "contains":
        this.#inside.add(operand, slot);
        return;
      case "startsWith":
        this.#first.add(operand, slot);
        return;
      case "endsWith":
        this.#last.add(operand, slot);
        return;
      default:
        op;
    }
  }
  /** Adds the slots of those that a value satisfies: of limits the nearest on either side. */
  mark(value, into) {
    const equal = this.#equal.get(value);
    if (equal) for (const slot of equal) into.push(slot);
    if (typeof value === "number") {
      for (const slot of [this.#below.nearest(value), this.#above.nearest(value)])
        if (slot !== void 0) into.push(slot);
    } else if (typeof value === "string") {
      this.#first.mark(value, into);
      this.#inside.mark(value, into);
      this.#last.mark(value, into);
    }
  }
  /** What carries marks on from limit to limit; before all that use them. */
  steps() {
    return [...this.#below.steps(), ...this.#above.steps()];
  }
};

// src/rules/field-column.ts
var NO_SLOTS = [];
var FITS = { slots: NO_SLOTS, blank: false };
var BLANK = { slots: NO_SLOTS, blank: true };
var KEPT = 1 << 20;
var KEPT_LENGTH = 256;
var FieldColumn = class _FieldColumn {
  constructor(id2, declared, sharing) {
    this.id = id2;
    this.declared = declared;
    this.sharing = sharing;
  }
  id;
  declared;
  sharing;
  #tests = /* @__PURE__ */ new Map();
  #added = [];
  #verdicts = /* @__PURE__ */ new Map();
  /** Verdicts that say the same are one. */
  #fitting = /* @__PURE__ */ new Map();
  #kept = 0;
  /** The slots that its values decide. */
  slots = /* @__PURE__ */ new Set();
  /** Set where a rule asks whether the field is blank. */
  blankSlot;
  /** Has the slot set wherever the test is satisfied. */
  add(test, slot) {
    this.slots.add(slot);
    this.#added.push([test, slot]);
    entry(this.#tests, test.type, () => new FieldTests()).add(test, slot);
    this.#forget();
  }
  /** A column of the same tests, to which others can be added. */
  copy() {
    const copy = new _FieldColumn(this.id, this.declared, this.sharing);
    for (const [test, slot] of this.#added) copy.add(test, slot);
    if (this.blankSlot !== void 0) copy.blank(this.blankSlot);
    return copy;
  }
  /** Has the slot set wherever the field is blank. */
  blank(slot) {
    this.slots.add(slot);
    this.blankSlot = slot;
  }
  /** What is to be done with marks before rules use them. */
  steps() {
    return [...this.#tests.values()].flatMap((tests) => tests.steps());
  }
  /** Says what one value, not a list, marks. */
  verdict(value) {
    return this.#verdicts.get(value) ?? this.#judged(value);
  }
  /** Judges a value, and remembers the verdict. */
  #judged(value) {
    const verdict = this.#judge(value);
    const length = typeof value === "string" ? value.length : 0;
    if (length > KEPT_LENGTH) return verdict;
    this.#kept += 4 + (length >> 2);
    if (this.#kept * this.sharing.size > KEPT) this.#forget();
    this.#verdicts.set(value, verdict);
    return verdict;
  }
  /** Says what is wrong with one value, not a list, whatever rules ask. Nearly always it is seen at once that nothing is; a date has to be read. */
  misfit(value) {
    const isFit = this.declared === "text" && typeof value === "string" || this.declared === "number" && Number.isFinite(value) || this.declared === "boolean" && typeof value === "boolean";
    return isFit ? void 0 : this.verdict(value).misfit;
  }
  #forget() {
    this.#verdicts.clear();
    this.#fitting.clear();
    this.#kept = 0;
  }
  #judge(value) {
    if (isBlank(value)) return BLANK;
    if (this.declared) {
      const fit = comparable(this.declared, value);
      if (fit !== void 0) return this.#marking([[this.declared, fit]]);
      return {
        slots: NO_SLOTS,
        blank: false,
        misfit: `is declared ${this.declared} and holds ${describeMisfit(this.declared, value)}`
      };
    }
    const type = typeof value;
    if (type === "object" || type === "function" || type === "symbol" || type === "bigint" || Number.isNaN(value)) {
      return { slots: NO_SLOTS, blank: false, misfit: `holds ${describe(value)}` };
    }
    const fits = [...this.#tests.keys()].map((type2) => [type2, comparable(type2, value)]);
    return this.#marking(fits);
  }
  #marking(fits) {
    const slots = [];
    for (const [type, fit] of fits) if (fit !== void 0) this.#tests.get(type)?.mark(fit, slots);
    if (slots.length === 0) return FITS;
    return entry(this.#fitting, slots.join(), () => {
      this.#kept += 2 * slots.length;
      return { slots, blank: false };
    });
  }
};
function describeMisfit(declared, value) {
  return declared === "date" && typeof value === "string" ? "text that is no ISO 8601 date or instant" : describe(value);
}

// src/rules/scratch.ts
var Scratch = class {
  #buffer = new Int32Array(0);
  /** Takes at least this many numbers, as they were left. */
  take(length) {
    if (this.#buffer.length < length) this.#buffer = new Int32Array(Math.max(length, 2 * this.#buffer.length));
    return this.#buffer;
  }
  /** Takes at least this many numbers, and keeps those taken before in them. */
  extend(length) {
    const taken = this.#buffer;
    const longer = this.take(length);
    if (longer !== taken) longer.set(taken);
    return longer;
  }
  /** Takes at least this many numbers, and makes so many of them zero. */
  clear(length) {
    return this.take(length).fill(0, 0, length);
  }
};

// src/rules/program.ts
var EVERYONE = 0;
var NOBODY = 1;
var Program = class {
  /** `from`: a program over the same fields that this one goes on from; what it knows is not compiled again, and it stays as it is. */
  constructor(types, from) {
    this.types = types;
    this.size = from?.size ?? 2;
    this.placements = new Map(from?.placements);
    this.#steps = from ? [...from.#steps] : [];
    this.#known = new Map(from ? from.#known : []);
    this.#shared = new Set(from?.fields.values());
    for (const column of this.#shared) this.fields.set(column.id, column);
    this.#sharing = from ? from.#sharing : { size: 0 };
    if (!from) for (const [id2, type] of types ?? []) this.fields.set(id2, this.#column(id2, type));
  }
  types;
  fields = /* @__PURE__ */ new Map();
  placements;
  scratch = new Scratch();
  /** One more than the greatest slot. */
  size;
  #steps;
  #known;
  /** Columns of the program that this one goes on from: to be copied before anything is added to them. */
  #shared;
  /** How many fields there are, of this program and of those it goes on from. */
  #sharing;
  #inOrder;
  /** Its steps in order, once all rules are compiled: first what fields do with their own slots. */
  get steps() {
    this.#inOrder ??= [...[...this.fields.values()].flatMap((column) => column.steps()), ...this.#steps];
    return this.#inOrder;
  }
  /** Compiles a checked rule; `segment` answers the slot of a segment that it refers to. */
  compile(rule, segment) {
    if ("all" in rule) return this.and(rule.all.map((inner) => this.compile(inner, segment)));
    if ("any" in rule) return this.or(rule.any.map((inner) => this.compile(inner, segment)));
    if ("not" in rule) return this.not(this.compile(rule.not, segment));
    if ("everyone" in rule) return EVERYONE;
    if ("segment" in rule) return segment(rule.segment);
    return this.#condition(rule);
  }
  /** The slot of those placed in the segment by hand. */
  placed(segmentId) {
    let slot = this.placements.get(segmentId);
    if (slot === void 0) {
      slot = this.size++;
      this.placements.set(segmentId, slot);
    }
    return slot;
  }
  and(inputs) {
    if (inputs.includes(NOBODY)) return NOBODY;
    return this.#combine(
      "and",
      inputs.filter((slot) => slot !== EVERYONE),
      EVERYONE
    );
  }
  or(inputs) {
    if (inputs.includes(EVERYONE)) return EVERYONE;
    return this.#combine(
      "or",
      inputs.filter((slot) => slot !== NOBODY),
      NOBODY
    );
  }
  not(input) {
    if (input === EVERYONE) return NOBODY;
    if (input === NOBODY) return EVERYONE;
    return this.#slot(`not ${input}`, (out) => this.#steps.push({ op: "not", inputs: [input], out }));
  }
  #combine(op, slots, none) {
    const inputs = [...new Set(slots)].sort((a, b) => a - b);
    if (inputs.length === 0) return none;
    if (inputs.length === 1) return inputs[0];
    return this.#slot(`${op} ${inputs.join()}`, (out) => this.#steps.push({ op, inputs, out }));
  }
  #condition(condition) {
    if (condition.op === "blank") {
      return this.#slot(JSON.stringify([condition.field]), (out) => this.#field(condition.field).blank(out));
    }
    const test = testOf(condition, this.types);
    const key = JSON.stringify([condition.field, test.type, test.op, [...new Set(test.operands)]]);
    return this.#slot(key, (out) => this.#field(condition.field).add(test, out));
  }
  /** The column of a field, to be added to. */
  #field(id2) {
    let column = this.fields.get(id2);
    if (column && !this.#shared.has(column)) return column;
    column = column ? column.copy() : this.#column(id2, void 0);
    this.fields.set(id2, column);
    return column;
  }
  #column(id2, declared) {
    this.#sharing.size++;
    return new FieldColumn(id2, declared, this.#sharing);
  }
  #slot(key, make) {
    const known = this.#known.get(key);
    if (known !== void 0) return known;
    const out = this.size++;
    this.#known.set(key, out);
    this.#inOrder = void 0;
    make(out);
    return out;
  }
};

// src/rules/shape.ts
var UNREADABLE = "Its row throws an error when it is read.";
function shapeFault(learner) {
  try {
    return shapeFaultOf(learner);
  } catch {
    return UNREADABLE;
  }
}
function shapeFaultOf({ profile, segments, active }) {
  if (typeof profile !== "object" || profile === null || Array.isArray(profile))
    return `Its profile is ${describe(profile)}.`;
  if (active !== void 0 && typeof active !== "boolean") return `Its "active" is ${describe(active)}, not a boolean.`;
  if (segments === void 0) return void 0;
  if (!Array.isArray(segments)) return `Its segments are ${describe(segments)}, not a list.`;
  for (let i = 0; i < segments.length; i++) {
    if (typeof segments[i] !== "string") return `One of its segments is ${describe(segments[i])}, not an id.`;
  }
  return void 0;
}
function inherits(profile) {
  try {
    const prototype = Object.getPrototypeOf(profile);
    return prototype !== Object.prototype && prototype !== null;
  } catch {
    return true;
  }
}

// src/rules/evaluate.ts
function evaluate({ program, fields, judged, code }, learners) {
  const words2 = wordsFor(learners.length);
  const bits = program.scratch.clear(program.size * words2);
  bits.fill(-1, EVERYONE * words2, (EVERYONE + 1) * words2);
  const invalid = /* @__PURE__ */ new Map();
  let plain = true;
  for (let row = 0; row < learners.length; row++) {
    const learner = learners[row];
    if (!learner) continue;
    const fault = shapeFault(learner);
    if (fault) invalid.set(row, fault);
    else {
      if (inherits(learner.profile)) plain = false;
      if (learner.segments !== void 0) place(learner.segments, row, program, bits, words2);
    }
  }
  const rows2 = invalid.size === 0 ? learners : learners.map((learner, row) => invalid.has(row) ? void 0 : learner);
  for (const column of fields) fill(column, rows2, plain, bits, words2, invalid);
  for (const column of judged) judge(column, rows2, plain, invalid);
  run(code, bits, words2);
  return { bits, words: words2, invalid };
}
function place(segments, row, { placements }, bits, words2) {
  for (let i = 0; i < segments.length; i++) {
    const slot = placements.get(segments[i]);
    if (slot !== void 0) setBit(bits, slot * words2, row);
  }
}
function fill(column, learners, plain, bits, words2, invalid) {
  const { id: id2, blankSlot } = column;
  const direct = isDirect(column, plain);
  for (let row = 0; row < learners.length; row++) {
    const learner = learners[row];
    if (!learner) continue;
    const value = fieldValue(learner, id2, direct);
    if (value === UNREADABLE_VALUE) {
      invalid.set(row, UNREADABLE);
      continue;
    }
    const word = row >>> 5;
    const bit = 1 << (row & 31);
    const values = typeof value === "object" && Array.isArray(value) ? value : void 0;
    const count4 = values ? values.length : 1;
    let blank = true;
    for (let i = 0; i < count4; i++) {
      const verdict = column.verdict(values ? values[i] : value);
      const { slots } = verdict;
      for (let s = 0; s < slots.length; s++) {
        const at3 = slots[s] * words2 + word;
        bits[at3] = bits[at3] | bit;
      }
      blank &&= verdict.blank;
      if (verdict.misfit !== void 0) invalid.set(row, faultOf(column, verdict.misfit));
    }
    if (blank && blankSlot !== void 0) setBit(bits, blankSlot * words2, row);
  }
}
function judge(column, learners, plain, invalid) {
  const direct = isDirect(column, plain);
  for (let row = 0; row < learners.length; row++) {
    const learner = learners[row];
    if (!learner) continue;
    const value = fieldValue(learner, column.id, direct);
    if (value === UNREADABLE_VALUE) invalid.set(row, UNREADABLE);
    else {
      const values = Array.isArray(value) ? value : void 0;
      const count4 = values ? values.length : 1;
      for (let i = 0; i < count4; i++) {
        const misfit = column.misfit(values ? values[i] : value);
        if (misfit !== void 0) invalid.set(row, faultOf(column, misfit));
      }
    }
  }
}
function faultOf({ id: id2 }, misfit) {
  return `Its profile field ${JSON.stringify(id2)} ${misfit}.`;
}
function isDirect({ id: id2 }, plain) {
  return plain && !(id2 in Object.prototype);
}
var UNREADABLE_VALUE = /* @__PURE__ */ Symbol("unreadable");
function fieldValue({ profile }, id2, direct) {
  try {
    return direct || Object.hasOwn(profile, id2) ? profile[id2] : void 0;
  } catch {
    return UNREADABLE_VALUE;
  }
}
function run(code, bits, words2) {
  for (let at3 = 0; at3 < code.length; at3 += 5) {
    const out = code[at3] * words2;
    const a = code[at3 + 1] * words2;
    const b = code[at3 + 2] * words2;
    const flipIn = code[at3 + 3];
    const flipOut = code[at3 + 4];
    for (let w = 0; w < words2; w++) bits[out + w] = (bits[a + w] ^ flipIn) & (bits[b + w] ^ flipIn) ^ flipOut;
  }
}
function mayHoldAt({ bits, words: words2, invalid }, slots, rows2) {
  const may = new Int32Array(words2);
  for (const slot of slots) for (let w = 0; w < words2; w++) may[w] = may[w] | bits[slot * words2 + w];
  for (const row of invalid.keys()) setBit(may, 0, row);
  const found = [];
  for (let w = 0; w < words2; w++) {
    for (let rest = may[w]; rest !== 0; rest &= rest - 1) {
      const row = (w << 5) + lowestBit(rest);
      if (row < rows2) found.push(row);
    }
  }
  return found;
}

// src/reconcile/wanted.ts
function wantedOf(view, { bits, words: words2 }, present, rows2, workspace) {
  const { audiences, links, firsts, audienceAt } = view;
  const starts = workspace.starts.clear(rows2 + 1);
  const ends = workspace.ends.take(audiences.length);
  const touched = workspace.touched.clear(wordsFor(audienceAt.length));
  let members = workspace.members.take(rows2);
  let count4 = 0;
  for (let audience = 0; audience < audiences.length; audience++) {
    if (count4 + rows2 > members.length) members = workspace.members.extend(count4 + rows2);
    const base = audiences[audience] * words2;
    const begun = count4;
    const first = firsts[audience];
    const last = firsts[audience + 1];
    for (let w = 0; w < words2; w++) {
      for (let rest = bits[base + w] & present[w]; rest !== 0; rest &= rest - 1) {
        const row = (w << 5) + lowestBit(rest);
        members[count4++] = row;
        starts[row] = starts[row] + last - first;
      }
    }
    ends[audience] = count4;
    if (count4 > begun) for (let i = first; i < last; i++) setBit(touched, 0, links[i]);
  }
  const next = workspace.next.take(rows2);
  const wanted = workspace.wanted.take(placed(starts, next, rows2));
  for (let w = 0; w < wordsFor(audienceAt.length); w++) {
    for (let rest = touched[w]; rest !== 0; rest &= rest - 1) {
      const link = (w << 5) + lowestBit(rest);
      const audience = audienceAt[link];
      const end = ends[audience];
      for (let m = audience === 0 ? 0 : ends[audience - 1]; m < end; m++) {
        const row = members[m];
        const at3 = next[row];
        wanted[at3] = link;
        next[row] = at3 + 1;
      }
    }
  }
  return { starts, links: wanted };
}
function placed(starts, next, rows2) {
  let total = 0;
  for (let row = 0; row < rows2; row++) {
    const links = starts[row];
    starts[row] = total;
    next[row] = total;
    total += links;
  }
  starts[rows2] = total;
  return total;
}

// src/reconcile/batch.ts
var Batch = class {
  constructor(matcher, view, states) {
    this.states = states;
    this.#evaluation = evaluate(
      view.slice,
      states.map(({ learner }) => learner)
    );
    const { words: words2, invalid } = this.#evaluation;
    this.#present = matcher.workspace.present.clear(words2);
    this.#inactive = matcher.workspace.inactive.clear(words2);
    for (let row = 0; row < states.length; row++) {
      if (invalid.size === 0 || !invalid.has(row)) this.#classify(states[row].learner, row, matcher.inactive);
    }
    this.wanted = wantedOf(view, this.#evaluation, this.#present, states.length, matcher.workspace);
  }
  states;
  wanted;
  #evaluation;
  /** Rows to which rules apply: a learner is known, and not outside every audience. */
  #present;
  /** Of those the inactive ones that are frozen. */
  #inactive;
  #classify(learner, row, inactive) {
    if (!learner) return;
    if (learner.active !== false) setBit(this.#present, 0, row);
    else if (inactive === "freeze") {
      setBit(this.#present, 0, row);
      setBit(this.#inactive, 0, row);
    }
  }
  /** Why the row's learner cannot be judged, if so. */
  invalid(row) {
    const { invalid } = this.#evaluation;
    const reason = invalid.size === 0 ? void 0 : invalid.get(row);
    if (reason === void 0) return void 0;
    return { kind: "invalid-learner", id: this.states[row].learnerId, reason };
  }
  /** Why what would change for the row's learner is withheld, if so. */
  withheld(row) {
    if (!hasBit(this.#inactive, 0, row)) return void 0;
    const reason = "The learner is inactive, so what would change was withheld.";
    return { kind: "inactive-learner", id: this.states[row].learnerId, reason };
  }
};

// src/reconcile/gathered.ts
var NONE = Object.freeze([]);
var Diff = function(learnerId, assigned, released, enrolled, unenrolled, kept) {
  this.learnerId = learnerId;
  this.assigned = assigned;
  this.released = released;
  this.enrolled = enrolled;
  this.unenrolled = unenrolled;
  this.kept = kept;
};
Diff.prototype = Object.prototype;
var Gathered = class {
  assigned = new List();
  released = new List();
  enrolled = new List();
  unenrolled = new List();
  kept = new List();
  take(learnerId) {
    const { assigned, released, enrolled, unenrolled, kept } = this;
    return new Diff(learnerId, assigned.take(), released.take(), enrolled.take(), unenrolled.take(), kept.take());
  }
};
function starting(learnerId, assigned, enrolled) {
  return new Diff(learnerId, assigned, NONE, enrolled, NONE, NONE);
}
var List = class {
  items = [];
  count = 0;
  add(item) {
    this.items[this.count++] = item;
  }
  take() {
    if (this.count === 0) return NONE;
    const taken = this.items.slice(0, this.count);
    this.count = 0;
    return taken;
  }
};

// src/reconcile/learner-diff.ts
var END = 2147483647;
function learnerDiff(row, state, gathered) {
  const { individual, training } = state;
  const isNew = row.held.to + row.gone.length + individual.length + training.length === 0;
  if (isNew) return firstDiff(row, state);
  gatherByCourse(row, state, gathered);
  return gathered.take(state.learnerId);
}
function firstDiff({ matcher, settled }, { learnerId }) {
  const { pairs, courseAt, courseEnds } = matcher;
  const { list: list2, from, to } = settled;
  const assigned = new Array(to - from);
  let courses = 0;
  let end = 0;
  for (let i = from; i < to; i++) {
    const link = list2[i];
    assigned[i - from] = pairs[link];
    if (link < end) continue;
    end = courseEnds[link];
    courses++;
  }
  const enrolled = new Array(courses);
  end = courses = 0;
  for (let i = from; i < to; i++) {
    const link = list2[i];
    if (link < end) continue;
    end = courseEnds[link];
    enrolled[courses++] = courseAt[link].start;
  }
  return starting(learnerId, assigned, enrolled);
}
function gatherByCourse({ matcher, held, settled, gone }, state, gathered) {
  const { pairs, courseAt } = matcher;
  const { assigned, released, enrolled, unenrolled, kept } = gathered;
  const individual = new Set(state.individual);
  const records = new Map(state.training.map((record) => [record.courseId, record.status]));
  let h = held.from;
  let s = settled.from;
  let g = 0;
  let before = at(held, h);
  let after = at(settled, s);
  while (before !== END || after !== END || g < gone.length) {
    const next = before < after ? before : after;
    let course = next === END ? void 0 : courseAt[next];
    if (g < gone.length && course && compareIds(gone[g].courseId, course.courseId) < 0) course = void 0;
    const courseId = course ? course.courseId : gone[g].courseId;
    const end = course ? course.to : 0;
    const first = { held: h, settled: s, gone: g, released: released.count };
    let cause;
    while (before < end || after < end) {
      if (before < after) {
        cause = "left-segment";
        released.add({ courseId, linkId: pairs[before].linkId, cause });
      } else if (after < before) assigned.add(pairs[after]);
      const link = before < after ? before : after;
      if (before === link) before = at(held, ++h);
      if (after === link) after = at(settled, ++s);
    }
    for (; g < gone.length && gone[g].courseId === courseId; g++) {
      cause = "unlinked";
      released.add({ courseId, linkId: gone[g].linkId, cause });
    }
    if (g > first.gone && released.count > first.released + 1) sortFrom(released, first.released);
    const individually = individual.has(courseId);
    const isEnrolled = individually || s > first.settled;
    const wasEnrolled = individually || h > first.held || g > first.gone;
    if (isEnrolled && !wasEnrolled) enrolled.add(records.has(courseId) ? course.resume : course.start);
    else if (wasEnrolled && !isEnrolled) unenrolled.add(ending(courseId, cause, records.get(courseId)));
    else if (cause) kept.add({ courseId, by: holding(matcher, settled, first.settled, s), individual: individually });
  }
}
function at({ list: list2, to }, place2) {
  return place2 < to ? list2[place2] : END;
}
function holding({ pairs }, { list: list2 }, from, to) {
  return Array.from(list2.subarray(from, to), (link) => pairs[link].linkId);
}
function ending(courseId, cause, status) {
  return { courseId, training: cause === "unlinked" && status === "completed" ? "archive" : "keep", cause };
}
function sortFrom({ items, count: count4 }, from) {
  const sorted = items.slice(from, count4).sort((a, b) => compareIds(a.linkId, b.linkId));
  items.splice(from, sorted.length, ...sorted);
}

// src/reconcile/row.ts
var NONE2 = [];
var NOTHING = { list: new Int32Array(0), from: 0, to: 0 };
var Row = class {
  /** `courses`: those looked at, or undefined for all. */
  constructor(matcher, courses) {
    this.matcher = matcher;
    this.courses = courses;
  }
  matcher;
  courses;
  /** What the learner holds. */
  held = NOTHING;
  /** What the learner holds once settled: what is wanted, and what is held by frozen links. */
  settled = NOTHING;
  /** What the learner holds by links that are gone: assignments whose (link, course) is not in the catalog, in order (semantics §7.8). */
  gone = [];
  /** Turns to the learner of a row and says whether anything changes for them. */
  differs({ assignments }, { starts, links }, row) {
    const wanted = { list: links, from: starts[row], to: starts[row + 1] };
    if (this.#isHeld(assignments, wanted)) return false;
    if (assignments.length > 0) this.#read(assignments, wanted);
    else {
      this.held = NOTHING;
      this.gone = NONE2;
    }
    this.settled = this.matcher.blocked.length === 0 ? wanted : this.#withFrozen(wanted);
    return this.gone.length > 0 || !isSame(this.held, this.settled);
  }
  #isHeld(assignments, { list: list2, from, to }) {
    const count4 = assignments.length;
    if (count4 !== to - from) return false;
    const { pairs } = this.matcher;
    for (let i = 0; i < count4; i++) if (!isPair(pairs[list2[from + i]], assignments[i])) return false;
    return true;
  }
  #read(assignments, { list: list2, from, to }) {
    const { pairs, linkIndex, courseAt, workspace } = this.matcher;
    const held = workspace.held.take(assignments.length);
    const gone = [];
    let count4 = 0;
    let sorted = true;
    let next = from;
    for (let i = 0; i < assignments.length; i++) {
      const assignment = assignments[i];
      const { courseId, linkId } = assignment;
      if (this.courses && !this.courses.has(courseId)) continue;
      const guess = next < to ? list2[next] : -1;
      const link = guess >= 0 && isPair(pairs[guess], assignment) ? guess : linkIndex.get(linkId);
      if (link === void 0 || courseAt[link].courseId !== courseId) gone.push(assignment);
      else {
        if (count4 > 0 && held[count4 - 1] >= link) sorted = false;
        held[count4++] = link;
        while (next < to && list2[next] <= link) next++;
      }
    }
    this.held = { list: held, from: 0, to: sorted ? count4 : sortedOnce(held, count4) };
    this.gone = gone.length < 2 ? gone : gone.sort(compareAssignments).filter((one, i) => i === 0 || !isPair(one, gone[i - 1]));
  }
  /** Merges what is wanted with what is held by frozen links. */
  #withFrozen({ list: list2, from, to }) {
    const { links, workspace } = this.matcher;
    const { held } = this;
    const merged = workspace.settled.take(to - from + held.to);
    let count4 = 0;
    let next = from;
    for (let i = held.from; i < held.to; i++) {
      const link = held.list[i];
      if (!links[link].frozen) continue;
      while (next < to && list2[next] < link) merged[count4++] = list2[next++];
      merged[count4++] = link;
    }
    while (next < to) merged[count4++] = list2[next++];
    return { list: merged, from: 0, to: count4 };
  }
};
function isPair(a, b) {
  return a.linkId === b.linkId && a.courseId === b.courseId;
}
function isSame(a, b) {
  if (a.to - a.from !== b.to - b.from) return false;
  for (let i = a.from, j = b.from; i < a.to; i++, j++) if (a.list[i] !== b.list[j]) return false;
  return true;
}
function sortedOnce(list2, count4) {
  list2.subarray(0, count4).sort();
  let kept = 0;
  for (let i = 0; i < count4; i++) if (list2[i] !== list2[kept - 1]) list2[kept++] = list2[i];
  return kept;
}

// src/reconcile/diff.ts
var BATCH = 1024;
function diff(matcher, states, scope) {
  const view = scope ? matcher.views.of(scope.courses) : matcher.views.whole;
  const row = new Row(matcher, view.courses);
  const gathered = new Gathered();
  matcher.workspace.alive ??= [row, gathered, new Batch(matcher, view, []), starting("", [], [])];
  const diffs = [];
  const learners = [];
  for (let from = 0; from < states.length; from += BATCH) {
    collect(new Batch(matcher, view, states.slice(from, from + BATCH)), row, gathered, diffs, learners);
  }
  if (!isSorted(diffs, byLearner)) diffs.sort(byLearner);
  learners.sort((a, b) => compareIds(a.id, b.id));
  return { diffs, blocked: [...blockedLinks(matcher, view.courses), ...learners] };
}
function byLearner(a, b) {
  return compareIds(a.learnerId, b.learnerId);
}
function collect(batch, row, gathered, diffs, blocked) {
  const { states, wanted } = batch;
  for (let i = 0; i < states.length; i++) {
    const state = states[i];
    const invalid = batch.invalid(i);
    if (invalid) blocked.push(invalid);
    else if (row.differs(state, wanted, i)) {
      const withheld = batch.withheld(i);
      if (withheld) blocked.push(withheld);
      else diffs.push(learnerDiff(row, state, gathered));
    }
  }
}
function blockedLinks(matcher, courses) {
  const inScope2 = courses ? matcher.blocked.filter(({ courseId }) => courses.has(courseId)) : matcher.blocked;
  return inScope2.map(({ blocked }) => blocked);
}

// src/reconcile/failing.ts
function failing(trace) {
  const parts = /* @__PURE__ */ new Set();
  collect2(trace, parts, /* @__PURE__ */ new Set(), /* @__PURE__ */ new Map());
  return [...parts];
}
function hasAnother(trace, visited = /* @__PURE__ */ new Set()) {
  if (trace.holds || visited.has(trace)) return false;
  visited.add(trace);
  if ("any" in trace) {
    const ways = trace.any.filter((inner) => !isHopeless(inner));
    return ways.length > 1 || ways.some((inner) => hasAnother(inner, visited));
  }
  if ("all" in trace) return trace.all.some((inner) => hasAnother(inner, visited));
  return "rule" in trace && trace.rule !== void 0 && hasAnother(trace.rule, visited);
}
function isHopeless(trace) {
  if ("any" in trace) return trace.any.every(isHopeless);
  return "all" in trace && trace.all.some(isHopeless);
}
function collect2(trace, parts, visited, counts) {
  if (trace.holds || visited.has(trace)) return;
  visited.add(trace);
  if ("all" in trace) for (const inner of trace.all) collect2(inner, parts, visited, counts);
  else if ("any" in trace && trace.any.length > 0) {
    const least = trace.any.reduce((best, inner) => count(inner, counts) < count(best, counts) ? inner : best);
    collect2(least, parts, visited, counts);
  } else if ("rule" in trace && trace.rule) collect2(trace.rule, parts, visited, counts);
  else parts.add(trace);
}
function count(trace, counts) {
  if (trace.holds) return 0;
  let parts = counts.get(trace);
  if (parts === void 0) {
    if ("all" in trace) parts = trace.all.reduce((sum2, inner) => sum2 + count(inner, counts), 0);
    else if ("any" in trace && trace.any.length > 0)
      parts = Math.min(...trace.any.map((inner) => count(inner, counts)));
    else parts = "rule" in trace && trace.rule ? count(trace.rule, counts) : 1;
    counts.set(trace, parts);
  }
  return parts;
}

// src/reconcile/explanation-text.ts
var LONGEST = 300;
function explanationText(matcher, state, explained2) {
  const { learnerId, courseId, holds, misses, individual, blocked } = explained2;
  const course = matcher.catalog.courses.find(({ id: id2 }) => id2 === courseId);
  const standing = standingOf(matcher, state, explained2);
  const sentences = [
    `Learner ${quote(learnerId)} ${explained2.enrolled ? "is" : "is not"} enrolled on course ${quote(course?.title ?? courseId)}.`,
    ...SENTENCES[standing]
  ];
  if (individual) sentences.push("An individual enrolment holds them on it, which smart enrolment never touches.");
  const frozen3 = new Set(blocked.map(({ id: id2 }) => id2));
  for (const hold of holds) sentences.push(holdText(hold, standing === "frozen" || frozen3.has(hold.linkId), standing));
  for (const miss of misses) sentences.push(missText(miss, standing));
  if (!explained2.enrolled && !misses.length && !blocked.length)
    sentences.push("No link to the course could enrol them.");
  for (const { reason, id: id2, kind } of blocked) {
    if (kind.endsWith("-link")) sentences.push(`Link ${quote(id2)} is frozen: ${reason}`);
    else if (kind === "invalid-learner")
      sentences.push(`The learner's row is malformed, so nothing changes for them: ${reason}`);
  }
  if (holds.length > 0) sentences.push(remedyText(explained2, standing));
  return sentences.join(" ");
}
var SENTENCES = {
  ordinary: [],
  vanished: ["The host has no learner of this id, who is outside every audience."],
  frozen: ["The learner is frozen, keeps what they hold and gains nothing."],
  outside: ["The learner is inactive, and so outside every audience."]
};
function standingOf(matcher, { learner }, { blocked }) {
  if (!learner) return "vanished";
  if (blocked.some(({ kind }) => kind === "invalid-learner")) return "frozen";
  if (learner.active !== false) return "ordinary";
  return matcher.inactive === "freeze" ? "frozen" : "outside";
}
function holdText({ linkId, link, segment, trace }, frozen3, standing) {
  const ends = frozen3 ? "it stays while this is frozen" : "the next look at the learner releases them";
  if (!link) return `Link ${quote(linkId)} still holds them on it although the link is gone: ${ends}.`;
  const by = `Link ${quote(linkId)} holds them on it, for segment ${quote(segment?.title ?? link.segmentId)}`;
  if (standing === "vanished" || standing === "outside") return `${by}: ${ends}.`;
  if (!trace) return `${by}.`;
  if (!trace.holds) return `${by}, although the learner is not in its audience: ${ends}.`;
  return `${by}: ${because(trace)}.`;
}
function remedyText({ holds, individual, unenrol: { remedies } }, standing) {
  const canLeave = (id2) => remedies.some((remedy) => remedy.type === "leave-segment" && remedy.segmentId === id2);
  const ways = holds.flatMap(({ link, segment }) => {
    if (!link) return [];
    const unlink = `remove link ${quote(link.id)}, which unenrols its whole segment`;
    if (!canLeave(link.segmentId)) return unlink;
    return `take the learner out of segment ${quote(segment?.title ?? link.segmentId)}, or ${unlink}`;
  });
  const rule = "Nobody can be unenrolled one by one from a smart enrolment";
  const also = individual ? "; the individual enrolment would still hold them" : "";
  const first = standing === "frozen" ? "first to thaw the learner, by mending their row or activating them" : void 0;
  if (ways.length === 0) return first ? `${rule}; what ends it is ${first}${also}.` : `${rule}.`;
  const all2 = ways.length === 1 ? `to ${ways[0]}` : `to let go of all that holds it: ${ways.join("; and ")}`;
  return `${rule}; what ends it is ${first ? `${first}, and then ` : ""}${all2}${also}.`;
}
function because(trace) {
  if ("all" in trace) return trace.all.map(because).join(", and ");
  if ("placed" in trace) {
    if (trace.placed || !trace.rule) return "the learner was placed in it by hand";
    return `the profile satisfies ${conditions(trace.rule)}`;
  }
  return `the profile satisfies ${conditions(trace)}`;
}
function missText({ link, segment, trace, failing: failing2 }, standing) {
  const by = `Link ${quote(link.id)}, for segment ${quote(segment.title)}, does not hold them on it`;
  if (failing2.length > 0) {
    const other = hasAnother(trace) ? ", or to satisfy its rules in another way" : "";
    return `${by}: the learner would need ${limited(failing2.map(need).join(" and "), "to satisfy its rules")}${other}.`;
  }
  const when = standing === "ordinary" ? "the next look at the learner enrols them" : "it would if they were active";
  return `${by}, although its rules are satisfied: ${when}.`;
}
function need(trace) {
  if ("placed" in trace) return `to be placed in ${quote(trace.segment)}`;
  return limited(words(trace), "to satisfy a long condition");
}
function conditions(trace) {
  return limited(words(trace), "its rule");
}
function limited(text2, otherwise) {
  return text2.length > LONGEST ? otherwise : text2;
}
function words(trace) {
  if ("all" in trace) return joined(trace.all, " and ");
  if ("any" in trace) return trace.any.length ? joined(trace.any, " or ") : "a rule that matches nobody";
  if ("not" in trace) return `not (${words(trace.not)})`;
  if ("everyone" in trace) return "the rule for everyone";
  if ("segment" in trace) return `membership of ${quote(trace.segment)}`;
  if (trace.op === "blank") return `${quote(trace.field)} being blank`;
  return `${quote(trace.field)} ${VERBS[trace.op]} ${JSON.stringify(trace.value)}`;
}
var VERBS = {
  equals: "equals",
  contains: "contains",
  startsWith: "starts with",
  endsWith: "ends with",
  in: "in",
  lt: "below",
  lte: "at most",
  gt: "above",
  gte: "at least"
};
function joined(traces, word) {
  let text2 = "";
  for (const inner of traces) {
    if (text2.length > LONGEST) break;
    const part = words(inner);
    text2 += (text2 && word) + ("all" in inner || "any" in inner ? `(${part})` : part);
  }
  return text2;
}
function quote(id2) {
  return JSON.stringify(id2);
}

// src/reconcile/explain.ts
function explain(matcher, state, courseId) {
  const { learnerId } = state;
  const segments = new Map(matcher.catalog.segments.map((segment) => [segment.id, segment]));
  const { blocked } = diff(matcher, [state], { courses: [courseId] });
  const tracer = traceable(state, blocked) && new Tracer(state.learner, matcher.program.types, segments);
  const holds = holdsOf(matcher, state, courseId, segments, tracer || void 0);
  const individual = state.individual.includes(courseId);
  const explained2 = {
    learnerId,
    courseId,
    enrolled: individual || holds.length > 0,
    individual,
    holds,
    misses: tracer ? missesOf(matcher, holds, courseId, segments, tracer) : [],
    blocked,
    unenrol: { allowed: individual && holds.length === 0, remedies: remediesOf(matcher, state, holds, individual) }
  };
  return { ...explained2, text: explanationText(matcher, state, explained2) };
}
function traceable(state, blocked) {
  return state.learner !== void 0 && !blocked.some(({ kind }) => kind === "invalid-learner");
}
function holdsOf(matcher, state, courseId, segments, tracer) {
  const held = state.assignments.filter((assignment) => assignment.courseId === courseId);
  return held.map(({ linkId }) => {
    const matched = matcher.links[matcher.linkIndex.get(linkId) ?? -1];
    if (matched?.link.courseId !== courseId) return { linkId };
    const segment = segments.get(matched.link.segmentId);
    const trace = tracer && matched.audience !== void 0 ? traceOf(matched, tracer) : void 0;
    return { linkId, link: matched.link, ...segment && { segment }, ...trace && { trace: writtenOut(trace) } };
  }).sort((a, b) => compareIds(a.linkId, b.linkId));
}
function missesOf(matcher, holds, courseId, segments, tracer) {
  const { from, to } = matcher.courses.get(courseId) ?? { from: 0, to: 0 };
  const holding3 = new Set(holds.map(({ linkId }) => linkId));
  return matcher.links.slice(from, to).filter(({ link, frozen: frozen3 }) => !frozen3 && !holding3.has(link.id)).map((matched) => {
    const trace = traceOf(matched, tracer);
    return {
      link: matched.link,
      segment: segments.get(matched.link.segmentId),
      trace: writtenOut(trace),
      failing: failing(trace).map((part) => writtenOut(part))
    };
  });
}
function traceOf({ link }, tracer) {
  const segment = tracer.segment(link.segmentId);
  if (!link.profile) return segment;
  const profile = tracer.trace(link.profile);
  return { holds: segment.holds && profile.holds, all: [segment, profile] };
}
function remediesOf(matcher, state, holds, individual) {
  const isOutside = () => state.learner?.active === false && matcher.inactive === "unenrol";
  const leave = /* @__PURE__ */ new Set();
  const unlink = [];
  for (const { link, trace } of holds) {
    if (!link) continue;
    const { frozen: frozen3 } = matcher.links[matcher.linkIndex.get(link.id)];
    if (!frozen3 && trace?.holds && !isOutside()) leave.add(link.segmentId);
    unlink.push({ type: "unlink", linkId: link.id });
  }
  return [
    ...[...leave].map((segmentId) => ({ type: "leave-segment", segmentId })),
    ...unlink,
    ...individual ? [{ type: "individual" }] : []
  ];
}

// src/model/cause-text.ts
var LONGEST_CAUSE = 500;
function causeText(cause) {
  let message;
  try {
    message = cause?.message ?? cause;
  } catch {
  }
  if (typeof message !== "string" || message.trim() === "") return ".";
  const letters = Array.from(message.slice(0, 2 * LONGEST_CAUSE + 1));
  const text2 = letters.length > LONGEST_CAUSE ? `${letters.slice(0, LONGEST_CAUSE).join("")}\u2026` : message;
  return `: ${text2}${/[.!?…]$/u.test(text2) ? "" : "."}`;
}

// src/model/shown.ts
var SHOWN = 10;
function list(ids) {
  const shown = ids.slice(0, SHOWN).map((id2) => JSON.stringify(shorten(id2)));
  return ids.length > SHOWN ? `${shown.join(", ")} and ${ids.length - SHOWN} more` : shown.join(", ");
}
function shorten(text2) {
  return text2.length > 80 ? `${text2.slice(0, 80)}\u2026` : text2;
}

// src/errors.ts
var mark = /* @__PURE__ */ Symbol.for("smart-enrolments.error");
var SmartEnrolmentsError = class extends Error {
  /** Always `SmartEnrolmentsError`. */
  name = "SmartEnrolmentsError";
  /** What went wrong. */
  code;
  /** With which ids: the shape is that of the code. */
  details;
  /** Makes one, with the message of its code. A host does so for `catalog_conflict` alone. */
  constructor(code, details, options) {
    super(messages[code](details, options?.cause), options);
    this.code = code;
    this.details = details;
    Object.defineProperty(this, mark, { value: true });
  }
};
function isSmartEnrolmentsError(error, code) {
  if (typeof error !== "object" || error === null || !(mark in error)) return false;
  return code === void 0 || error.code === code;
}
var WRITES = ["transaction", "catalog.commit", "catalog.settled", "enrolments.write"];
function location(path) {
  const steps = path.map((step2, i) => typeof step2 === "number" ? `[${step2}]` : `${i ? "." : ""}${shorten(step2)}`);
  return steps.join("") || "the argument";
}
function excess({ limit, found, allowed }) {
  return `${found} ${found === 1 ? limit.slice(0, -1) : limit} where ${allowed} ${allowed === 1 ? "is" : "are"} allowed`;
}
var messages = {
  invalid_input: ({ issues }) => {
    const shown = issues.slice(0, SHOWN).map((issue) => `
- ${location(issue.path)}: ${issue.message}`);
    const more = issues.length > SHOWN ? `
- and ${issues.length - SHOWN} more in details.issues` : "";
    return `Nothing was done, because the input is not valid:${shown.join("")}${more}`;
  },
  unknown_segment: ({ segmentIds }) => `No segment has the id ${list(segmentIds)}. One that is referred to is saved first, or in the same list of edits; one that is gone needs no deleting.`,
  unknown_course: ({ courseIds }) => `No course has the id ${list(courseIds)}. Only courses that catalog.load() answers can be linked.`,
  unknown_link: ({ linkIds }) => `No link has the id ${list(linkIds)}. It may have been removed already; load the catalog again.`,
  course_not_by_assignment: ({ courses }) => `Only courses whose enrolment method is "by-assignment-only" can be linked; change the method of ${list(courses.map((c) => c.courseId))} first.`,
  duplicate_link: ({ links }) => {
    const taken = links.filter(({ linkId, existing }) => linkId === existing).map(({ linkId }) => linkId);
    const repeated = links.filter(({ linkId, existing }) => linkId !== existing);
    const pairs = repeated.slice(0, SHOWN).map(({ linkId, existing }) => `${list([linkId])} repeats ${list([existing])}`);
    const more = repeated.length > SHOWN ? ` and ${repeated.length - SHOWN} more` : "";
    const parts = [
      taken.length > 0 && `The id ${list(taken)} names a link of another segment or course; use another id.`,
      repeated.length > 0 && `A segment, course and profile rule are linked once: ${pairs.join(", ")}${more}. Leave the new one out, or unlink the old one.`
    ];
    return parts.filter(Boolean).join(" ");
  },
  segment_in_use: ({ segments }) => {
    const uses = segments.slice(0, SHOWN).map(({ segmentId, links, segments: users }) => {
      const by = [links.length ? `links ${list(links)}` : "", users.length ? `the rules of ${list(users)}` : ""];
      return `${list([segmentId])} (by ${by.filter(Boolean).join(" and ")})`;
    });
    return `A segment that is referred to cannot be deleted: ${uses.join("; ")}. Unlink the links and edit the rules first, or in the same list of edits.`;
  },
  rule_cycle: ({ segmentIds }) => `The rules of these segments refer to each other in a circle: ${list([...segmentIds, ...segmentIds.slice(0, 1)])}. Remove one of the references.`,
  catalog_conflict: ({ expected, found }) => `The catalog was at revision ${found} where ${expected} was expected: somebody else committed meanwhile. Try again on what stands now.`,
  plan_stale: ({ changed }) => changed === "catalog" ? "The catalog has changed since this plan was previewed. Nothing of it was done; preview the edits again." : "What it would do is no longer what was previewed: the learners, the courses or the plan itself have changed. Nothing of it was done; preview the edits again.",
  removal_limit: ({ operation, exceeded, fingerprint, confirmed }) => {
    const over = exceeded.map(excess).join(" and ");
    if (fingerprint !== void 0) {
      const other = confirmed === void 0 ? "" : `What was confirmed, ${list([confirmed])}, is not what it would do now. `;
      return `${operation} would mean ${over}. ${other}Nothing was done; if this is intended, call ${operation} with confirm: ${JSON.stringify(fingerprint)}.`;
    }
    return `${operation} stopped before a batch that would have meant ${over}: more than when it was checked. What was done stands; ${operation === "apply" || operation === "settle" ? "settle() goes on with the rest" : "run it again for the rest"}.`;
  },
  repository_failed: ({ method }, cause) => `${method} failed${causeText(cause)} What was not committed is not changed; mend it and try again, or call settle() after an edit.`,
  contract_broken: ({ method, promise }) => {
    const state = WRITES.includes(method) ? "What it was to write may be stored or not; mend the adapter, then call settle() and reconcile()." : "Nothing of this batch was changed; mend the adapter, then run the operation again, or settle() after an edit.";
    return `${method} broke a promise of its interface: ${promise} ${state}`;
  }
};

// src/validate/place.ts
function at2(parent, step2) {
  return { parent, step: step2 };
}
function pathOf(place2) {
  const path = [];
  for (let here = place2; here; here = here.parent) path.push(here.step);
  return path.reverse();
}

// src/validate/limits.ts
var ID_LENGTH = 1e3;
var TEXT_LENGTH = 1e4;
var PROFILE_TEXT_LENGTH = 1e5;
var LIST_LENGTH = 1e5;
var RULE_DEPTH = 50;
var RULE_CONDITIONS = 1e4;
var ISSUES = 1e3;
var BATCH_SIZE = 1e4;
var CONCURRENCY = 100;

// src/validate/id.ts
function isId(value, place2, issues) {
  if (typeof value !== "string") {
    issues.wrongType("an id (text)", value, place2);
    return false;
  }
  return isShort(value, ID_LENGTH, place2, issues);
}
function isShort(text2, length, place2, issues) {
  if (text2.length <= length) return true;
  issues.add("too_long", place2, tooLong(length, text2.length, "characters"));
  return false;
}
function tooLong(allowed, found, what) {
  return `at most ${allowed.toLocaleString("en-GB")} ${what} are allowed, not ${found.toLocaleString("en-GB")}`;
}

// src/validate/condition.ts
var NAMES = { string: "text", number: "a finite number", boolean: "a boolean" };
var ASKED = {
  equals: ["string", "number", "boolean"],
  contains: ["string"],
  startsWith: ["string"],
  endsWith: ["string"],
  in: ["string", "number"],
  lt: ["number", "string"],
  lte: ["number", "string"],
  gt: ["number", "string"],
  gte: ["number", "string"],
  blank: []
};
function readCondition(node, place2, issues, spend2) {
  const { field: field2, op, value } = node;
  const fieldFits = isId(field2, at2(place2, "field"), issues);
  if (typeof op !== "string" || !Object.hasOwn(ASKED, op)) {
    issues.add("wrong_type", at2(place2, "op"), `expected an operator: one of ${Object.keys(ASKED).join(", ")}`);
    return void 0;
  }
  const condition = readValue(op, value, at2(place2, "value"), issues, spend2);
  return fieldFits && condition ? Object.freeze({ field: field2, ...condition }) : void 0;
}
function readValue(op, value, place2, issues, spend2) {
  if (op === "blank") {
    if (value === void 0) return { op };
    issues.add("unknown_key", place2, 'the operator "blank" takes no value');
    return void 0;
  }
  if (op === "in") {
    const values = readValues(value, place2, issues, spend2);
    return values && { op, value: values };
  }
  return isAsked(value, ASKED[op], place2, issues) ? { op, value } : void 0;
}
function readValues(value, place2, issues, spend2) {
  if (!Array.isArray(value)) {
    issues.wrongType("a list, all text or all numbers", value, place2);
    return void 0;
  }
  const { length } = value;
  if (length > 1 && !spend2(length - 1)) return void 0;
  const values = [];
  for (let i = 0; i < length && !issues.full(); i++) {
    const entry2 = value[i];
    const types = values.length === 0 ? ASKED.in : [typeof values[0]];
    if (isAsked(entry2, types, at2(place2, i), issues)) values.push(entry2);
  }
  return values.length === length ? Object.freeze(values) : void 0;
}
function isAsked(value, types, place2, issues) {
  const fits = types.includes(typeof value) && (typeof value !== "number" || Number.isFinite(value));
  if (fits) return typeof value !== "string" || isShort(value, TEXT_LENGTH, place2, issues);
  issues.wrongType(types.map((type) => NAMES[type]).join(" or "), value, place2);
  return false;
}

// src/validate/rule.ts
var SHAPES = /* @__PURE__ */ new Set(["all", "any", "not", "everyone", "segment", "field"]);
var CONDITION_KEYS = /* @__PURE__ */ new Set(["op", "value"]);
function readingOf(issues, strict) {
  return { issues, strict, copies: /* @__PURE__ */ new Map() };
}
function readRule(value, place2, reading) {
  const known = reading.copies.get(value);
  if (known) return known;
  const found = reading.issues.list.length;
  const budget = { conditions: RULE_CONDITIONS, stopped: false };
  const rule = readNode(value, place2, 1, budget, reading);
  if (budget.conditions < 0) {
    const limit = RULE_CONDITIONS.toLocaleString("en-GB");
    reading.issues.add("too_wide", place2, `a rule has at most ${limit} conditions, each value of "in" counting as one`);
  }
  if (!rule || reading.issues.list.length > found) return void 0;
  reading.copies.set(value, rule);
  return rule;
}
function readNode(node, place2, depth, budget, reading) {
  const { issues } = reading;
  if (depth > RULE_DEPTH) {
    budget.stopped = true;
    issues.add("too_deep", place2, `rules nest at most ${RULE_DEPTH} deep; does this one refer to itself?`);
    return void 0;
  }
  if (typeof node !== "object" || node === null || Array.isArray(node)) {
    spend(budget, 1);
    issues.wrongType("a rule", node, place2);
    return void 0;
  }
  const shape = shapeOf(node, place2, reading);
  if (shape !== "all" && shape !== "any" && shape !== "not") spend(budget, 1);
  if (budget.stopped || shape === void 0) return void 0;
  const value = node[shape];
  switch (shape) {
    case "all":
    case "any": {
      const rules = readList(value, at2(place2, shape), depth, budget, reading);
      return rules && Object.freeze(shape === "all" ? { all: rules } : { any: rules });
    }
    case "not": {
      const rule = readNode(value, at2(place2, "not"), depth + 1, budget, reading);
      return rule && Object.freeze({ not: rule });
    }
    case "everyone":
      if (value === true) return Object.freeze({ everyone: true });
      issues.add("wrong_type", at2(place2, "everyone"), "expected true");
      return void 0;
    case "segment":
      return isId(value, at2(place2, "segment"), issues) ? Object.freeze({ segment: value }) : void 0;
    default:
      return readCondition(node, place2, issues, (values) => spend(budget, values));
  }
}
function shapeOf(node, place2, { issues, strict }) {
  const keys = Object.keys(node);
  let shapes = keys.filter((key) => SHAPES.has(key));
  if (shapes.length === 0 && keys.includes("op")) shapes = ["field"];
  if (shapes.length !== 1) {
    const message = shapes.length ? `a rule says one thing, but this one has ${shapes.join(" and ")}` : `expected a rule: an object with one of ${[...SHAPES].join(", ")}`;
    issues.add("wrong_type", place2, message);
    return void 0;
  }
  const shape = shapes[0];
  if (strict) {
    for (const key of keys) {
      if (issues.full()) break;
      if (key === shape || shape === "field" && CONDITION_KEYS.has(key)) continue;
      issues.add("unknown_key", at2(place2, key), `a rule with "${shape}" has no such key`);
    }
  }
  return shape;
}
function readList(value, place2, depth, budget, reading) {
  if (!Array.isArray(value)) {
    spend(budget, 1);
    reading.issues.wrongType("a list of rules", value, place2);
    return void 0;
  }
  if (value.length === 0) spend(budget, 1);
  const rules = [];
  for (let i = 0; i < value.length && !budget.stopped && !reading.issues.full(); i++) {
    const rule = readNode(value[i], at2(place2, i), depth + 1, budget, reading);
    if (rule) rules.push(rule);
  }
  return rules.length === value.length ? Object.freeze(rules) : void 0;
}
function spend(budget, conditions2) {
  budget.conditions -= conditions2;
  if (budget.conditions < 0) budget.stopped = true;
  return !budget.stopped;
}

// src/validate/catalog.ts
var FIELD_TYPES = { text: true, number: true, boolean: true, date: true };
function isCatalog(value, issues, wellFormed) {
  const found = issues.list.length;
  const catalog = rowOf(value, "a catalog", void 0, issues);
  if (!catalog) return false;
  if (wellFormed.has(catalog)) return true;
  const reading = readingOf(issues, false);
  isRevision(catalog, void 0, issues);
  if (catalog.fields !== void 0) isList(catalog, "fields", "id", isField, reading, wellFormed);
  isList(catalog, "courses", "id", isCourse, reading, wellFormed);
  isList(catalog, "segments", "id", isSegment, reading, wellFormed);
  isList(catalog, "links", "id", isLink, reading, wellFormed);
  isList(catalog, "unsettled", "revision", isUnsettled, reading, wellFormed);
  if (issues.list.length > found) return false;
  wellFormed.add(catalog);
  return true;
}
function isList(catalog, name, key, check3, reading, wellFormed) {
  const { issues } = reading;
  const start = at2(void 0, name);
  const list2 = catalog[name];
  if (!Array.isArray(list2)) {
    issues.wrongType("a list", list2, start);
    return;
  }
  if (wellFormed.has(list2)) return;
  const listStart = issues.list.length;
  const keys = /* @__PURE__ */ new Set();
  for (let i = 0; i < list2.length && !issues.full(); i++) {
    const place2 = at2(start, i);
    const row = rowOf(list2[i], "an object", place2, issues);
    if (!row) continue;
    if (!wellFormed.has(row)) {
      const rowStart = issues.list.length;
      check3(row, place2, reading);
      if (issues.list.length === rowStart) wellFormed.add(row);
    }
    if (keys.has(row[key])) issues.add("duplicate", at2(place2, key), `another of the ${name} has the same ${key}`);
    keys.add(row[key]);
  }
  if (issues.list.length === listStart) wellFormed.add(list2);
}
var isField = (row, place2, { issues }) => {
  isText(row, "id", place2, issues);
  isTitle(row, place2, issues);
  if (typeof row.type === "string" && Object.hasOwn(FIELD_TYPES, row.type)) return;
  issues.add("wrong_type", at2(place2, "type"), `expected one of ${Object.keys(FIELD_TYPES).join(", ")}`);
};
var isCourse = (row, place2, { issues }) => {
  isText(row, "id", place2, issues);
  isTitle(row, place2, issues);
  isText(row, "enrolmentMethod", place2, issues);
};
var isSegment = (row, place2, reading) => {
  isText(row, "id", place2, reading.issues);
  isText(row, "title", place2, reading.issues);
  if (row.rule !== void 0) readRule(row.rule, at2(place2, "rule"), reading);
};
var isLink = (row, place2, reading) => {
  isText(row, "id", place2, reading.issues);
  isText(row, "segmentId", place2, reading.issues);
  isText(row, "courseId", place2, reading.issues);
  if (row.profile !== void 0) readRule(row.profile, at2(place2, "profile"), reading);
};
var isUnsettled = (row, place2, { issues }) => {
  isRevision(row, place2, issues);
  isTexts(row, "links", place2, issues);
  isTexts(row, "courses", place2, issues);
  if (row.after !== void 0) isText(row, "after", place2, issues);
  if (row.pass === "holders" || row.pass === "audience") return;
  issues.add("wrong_type", at2(place2, "pass"), 'expected "holders" or "audience"');
};
function rowOf(value, expected, place2, issues) {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  issues.wrongType(expected, value, place2);
  return void 0;
}
function isRevision(row, place2, issues) {
  if (Number.isSafeInteger(row.revision) && row.revision >= 0) return;
  issues.add("wrong_type", at2(place2, "revision"), "expected a count of commits (0, 1, 2, \u2026)");
}
function isTitle(row, place2, issues) {
  if (row.title !== void 0) isText(row, "title", place2, issues);
}
function isText(row, key, place2, issues) {
  if (typeof row[key] !== "string") issues.wrongType("text", row[key], at2(place2, key));
}
function isTexts(row, key, place2, issues) {
  const list2 = row[key];
  if (!Array.isArray(list2)) issues.wrongType("a list of ids", list2, at2(place2, key));
  else if (!list2.every((id2) => typeof id2 === "string"))
    issues.add("wrong_type", at2(place2, key), "expected only text in it");
}

// src/validate/edit.ts
import * as z2 from "zod";

// src/validate/exact.ts
function exact() {
  return (schema) => schema;
}

// src/validate/schema.ts
import * as z from "zod";
var anyId = z.string("an id (text)").max(ID_LENGTH);
function id() {
  return anyId;
}
var text = z.string("text").max(TEXT_LENGTH);
var count2 = z.int("a count (0, 1, 2, \u2026)").min(0);
function frozen(schema) {
  return schema.transform((value) => Object.freeze(value));
}
function listOf(entry2) {
  const bounded = z.custom(
    (value) => Array.isArray(value) && value.length <= LIST_LENGTH,
    "a list"
  );
  return frozen(bounded.pipe(z.array(entry2)));
}
function later(expected) {
  return z.custom((value) => value !== void 0, expected);
}
function callback() {
  return z.custom((value) => typeof value === "function", "a function");
}
function check(schema, value, place2, issues) {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  for (const issue of result.error.issues) translate(issue, place2, issues);
  return void 0;
}
function translate(issue, start, issues) {
  let place2 = start;
  for (const step2 of issue.path) place2 = at2(place2, typeof step2 === "number" ? step2 : String(step2));
  switch (issue.code) {
    case "unrecognized_keys":
      for (const key of issue.keys) issues.add("unknown_key", at2(place2, key), "there is no such key here");
      return;
    case "too_big":
      if (typeof issue.input !== "string") break;
      issues.add("too_long", place2, tooLong(Number(issue.maximum), issue.input.length, "characters"));
      return;
    case "custom":
      if (!Array.isArray(issue.input)) break;
      issues.add("too_long", place2, tooLong(LIST_LENGTH, issue.input.length, "entries"));
      return;
  }
  const found = issue.code === "invalid_union" ? issue.input.type : issue.input;
  issues.wrongType(issue.message, found, place2);
}

// src/validate/edit.ts
var segmentSchema = exact()(
  frozen(z2.strictObject({ id: id(), title: text, rule: later("a rule").optional() }, "a segment"))
);
var linkSchema = exact()(
  frozen(
    z2.strictObject(
      {
        id: id(),
        segmentId: id(),
        courseId: id(),
        profile: later("a rule").optional()
      },
      "a link"
    )
  )
);
var editSchema = exact()(
  frozen(
    z2.discriminatedUnion(
      "type",
      [
        z2.strictObject({ type: z2.literal("saveSegment"), segment: segmentSchema }),
        z2.strictObject({ type: z2.literal("deleteSegment"), segmentId: id() }),
        z2.strictObject({ type: z2.literal("link"), link: linkSchema }),
        z2.strictObject({ type: z2.literal("unlink"), linkId: id() })
      ],
      'an edit, whose type is "saveSegment", "deleteSegment", "link" or "unlink"'
    )
  )
);
function readEdits(value, place2, reading) {
  const { issues } = reading;
  if (!Array.isArray(value)) {
    issues.wrongType("a list of edits", value, place2);
    return void 0;
  }
  const { length } = value;
  if (length > LIST_LENGTH) {
    issues.add("too_long", place2, `${tooLong(LIST_LENGTH, length, "edits")}: give them in several lists`);
    return void 0;
  }
  const edits = [];
  for (let i = 0; i < length && !issues.full(); i++) {
    const edit = readEdit(value[i], at2(place2, i), reading);
    if (edit) edits.push(edit);
  }
  return edits.length === length ? Object.freeze(edits) : void 0;
}
function readEdit(value, place2, reading) {
  const edit = check(editSchema, value, place2, reading.issues);
  if (!edit) {
    const { segment, link } = Object(value);
    readOptional(segment?.rule, at2(at2(place2, "segment"), "rule"), reading);
    readOptional(link?.profile, at2(at2(place2, "link"), "profile"), reading);
    return void 0;
  }
  switch (edit.type) {
    case "saveSegment": {
      const { id: id2, title, rule: written } = edit.segment;
      const rule = readOptional(written, at2(at2(place2, "segment"), "rule"), reading);
      const segment = rule ? { id: id2, title, rule } : { id: id2, title };
      return Object.freeze({ type: edit.type, segment: Object.freeze(segment) });
    }
    case "link": {
      const { id: id2, segmentId, courseId, profile: written } = edit.link;
      const profile = readOptional(written, at2(at2(place2, "link"), "profile"), reading);
      const link = profile ? { id: id2, segmentId, courseId, profile } : { id: id2, segmentId, courseId };
      return Object.freeze({ type: edit.type, link: Object.freeze(link) });
    }
    case "deleteSegment":
    case "unlink":
      return edit;
    default:
      return edit;
  }
}
function readOptional(rule, place2, reading) {
  return rule === void 0 ? void 0 : readRule(rule, place2, reading);
}

// src/validate/ids.ts
function readIds(value, place2, issues) {
  if (!Array.isArray(value)) {
    issues.wrongType("a list of ids", value, place2);
    return void 0;
  }
  const ids = [];
  for (let i = 0; i < value.length && !issues.full(); i++) {
    const id2 = value[i];
    if (isId(id2, at2(place2, i), issues)) ids.push(id2);
  }
  return ids;
}

// src/validate/issues.ts
function createIssues() {
  const list2 = [];
  const add = (code, place2, message) => {
    if (list2.length < ISSUES) list2.push({ code, path: pathOf(place2), message });
  };
  return {
    list: list2,
    add,
    wrongType: (expected, found, place2) => add("wrong_type", place2, `expected ${expected}, not ${Number.isFinite(found) ? found : describe(found)}`),
    full: () => list2.length >= ISSUES
  };
}
function parse(read) {
  const issues = createIssues();
  let value;
  let options;
  try {
    value = read(issues);
  } catch (cause) {
    issues.add("wrong_type", void 0, "a property threw an error when it was read: give plain data");
    options = { cause };
  }
  if (issues.list.length > 0) throw new SmartEnrolmentsError("invalid_input", { issues: issues.list }, options);
  return value;
}

// src/validate/learner.ts
import * as z3 from "zod";
var learnerSchema = exact()(
  frozen(
    z3.strictObject(
      {
        id: id(),
        profile: later("a profile (a plain object)"),
        segments: listOf(id()).optional(),
        active: z3.boolean("true or false").optional()
      },
      "a learner"
    )
  )
);
function readLearners(value, place2, issues) {
  if (!Array.isArray(value)) {
    issues.wrongType("a list of learners", value, place2);
    return void 0;
  }
  const ids = /* @__PURE__ */ new Set();
  const learners = [];
  for (let i = 0; i < value.length && !issues.full(); i++) {
    const here = at2(place2, i);
    const learner = readLearner(value[i], here, issues);
    if (!learner) continue;
    if (ids.has(learner.id)) issues.add("duplicate", at2(here, "id"), "this learner is in the list already");
    ids.add(learner.id);
    learners.push(learner);
  }
  return Object.freeze(learners);
}
function readLearner(value, place2, issues) {
  const shape = check(learnerSchema, value, place2, issues);
  const given2 = shape ? shape.profile : Object(value).profile;
  if (given2 === void 0) return void 0;
  const profile = readProfile(given2, at2(place2, "profile"), issues);
  if (!shape || !profile) return void 0;
  const learner = { id: shape.id, profile };
  if (shape.segments !== void 0) learner.segments = shape.segments;
  if (shape.active !== void 0) learner.active = shape.active;
  return Object.freeze(learner);
}
function readProfile(value, place2, issues) {
  if (!isPlain(value)) {
    issues.wrongType("a profile (a plain object)", value, place2);
    return void 0;
  }
  const profile = /* @__PURE__ */ Object.create(null);
  for (const field2 of Object.keys(value)) {
    if (issues.full()) break;
    const here = at2(place2, field2);
    if (!isId(field2, here, issues)) continue;
    const entry2 = value[field2];
    profile[field2] = Array.isArray(entry2) ? readList2(entry2, here, issues) : readScalar(entry2, here, issues);
  }
  return Object.freeze(profile);
}
function readList2(list2, place2, issues) {
  const { length } = list2;
  const values = [];
  if (length > LIST_LENGTH) issues.add("too_long", place2, tooLong(LIST_LENGTH, length, "values"));
  else for (let i = 0; i < length && !issues.full(); i++) values.push(readScalar(list2[i], at2(place2, i), issues));
  return Object.freeze(values);
}
function readScalar(value, place2, issues) {
  if (value === void 0 || value === null || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value !== "string") issues.wrongType("text, a finite number, a boolean or null", value, place2);
  else if (isShort(value, PROFILE_TEXT_LENGTH, place2, issues)) return value;
  return void 0;
}
function isPlain(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

// src/validate/options.ts
import * as z4 from "zod";
var A_LIMIT = "a limit: a count, or { fraction: 0 to 1, atLeast?: a count }";
var fraction = z4.number("a fraction from 0 to 1").min(0).max(1);
var fractionSchema = frozen(z4.strictObject({ fraction, atLeast: count2.optional() }, A_LIMIT));
var limitSchema = exact()(
  z4.unknown().transform((value, context) => {
    const result = (typeof value === "number" ? count2 : fractionSchema).safeParse(value, { reportInput: true });
    if (result.success) return result.data;
    for (const issue of result.error.issues)
      context.issues.push({ ...issue, input: issue.input });
    return z4.NEVER;
  })
);
var limitsSchema = frozen(
  z4.strictObject({ unenrolments: limitSchema.optional(), archives: limitSchema.optional() }, "limits (an object)")
);
var A_BATCH = `a whole number from 1 to ${BATCH_SIZE.toLocaleString("en-GB")}`;
var optionsSchema = exact()(
  frozen(
    z4.strictObject(
      {
        inactive: z4.enum(["freeze", "unenrol"], '"freeze" or "unenrol"').optional(),
        limits: limitsSchema.optional(),
        batchSize: z4.int(A_BATCH).min(1).max(BATCH_SIZE).optional()
      },
      "options (an object)"
    )
  )
);
var signal = z4.custom((value) => {
  const { aborted, throwIfAborted } = Object(value);
  return typeof aborted === "boolean" && typeof throwIfAborted === "function";
}, "an AbortSignal");
var run2 = {
  signal: signal.optional(),
  onProgress: callback().optional(),
  onDiff: callback().optional(),
  confirm: id().optional()
};
var runSchema = exact()(
  frozen(z4.strictObject(run2, "options (an object)"))
);
var reconcileSchema = exact()(
  frozen(
    z4.strictObject(
      {
        ...run2,
        after: id().optional(),
        upTo: id().optional(),
        courses: listOf(id()).optional()
      },
      "options (an object)"
    )
  )
);

// src/validate/plan.ts
import * as z5 from "zod";
function own() {
  return z5.string("text");
}
var blockedSchema = exact()(
  frozen(
    z5.strictObject(
      {
        kind: z5.enum(["inert-link", "broken-link", "invalid-learner", "inactive-learner"], "a kind of what is blocked"),
        id: own(),
        reason: own()
      },
      "what is blocked"
    )
  )
);
var courseSchema = exact()(
  frozen(
    z5.strictObject(
      { courseId: own(), enrolled: count2, resumed: count2, unenrolled: count2, archived: count2 },
      "a course's counts"
    )
  )
);
var summarySchema = exact()(
  frozen(
    z5.strictObject(
      {
        learners: count2,
        assigned: count2,
        released: count2,
        enrolled: count2,
        resumed: count2,
        unenrolled: count2,
        archived: count2,
        kept: count2,
        courses: listOf(courseSchema),
        blocked: listOf(blockedSchema),
        blockedTotal: count2
      },
      "a summary"
    )
  )
);
var planSchema = exact()(
  frozen(
    z5.strictObject(
      {
        edits: later("a list of edits"),
        revision: count2,
        fingerprint: id(),
        summary: summarySchema
      },
      "a plan"
    )
  )
);
function readPlan(value, reading) {
  const plan = check(planSchema, value, void 0, reading.issues);
  const given2 = plan ? plan.edits : value.edits;
  const edits = given2 === void 0 ? void 0 : readEdits(given2, at2(void 0, "edits"), reading);
  return plan && edits && Object.freeze({ ...plan, edits });
}

// src/validate/repositories.ts
var METHODS = {
  catalog: ["load", "commit", "settled"],
  learners: ["get", "page"],
  enrolments: ["read", "holders", "write"]
};
function areRepositories(value, issues) {
  if (typeof value !== "object" || value === null) {
    issues.wrongType("repositories: { catalog, learners, enrolments, transaction }", value, void 0);
    return false;
  }
  const found = issues.list.length;
  const given2 = value;
  for (const [name, methods] of Object.entries(METHODS)) {
    const place2 = at2(void 0, name);
    const repository = given2[name];
    const usable = typeof repository === "object" && repository !== null || typeof repository === "function";
    for (const method of methods) {
      const member = usable ? repository[method] : void 0;
      if (typeof member !== "function") issues.wrongType("a method", member, at2(place2, method));
    }
  }
  if (typeof given2.transaction !== "function")
    issues.wrongType("a method", given2.transaction, at2(void 0, "transaction"));
  const { concurrency = 1 } = given2;
  if (!(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= CONCURRENCY))
    issues.wrongType(`a whole number from 1 to ${CONCURRENCY}`, concurrency, at2(void 0, "concurrency"));
  return issues.list.length === found;
}

// src/validate/parse.ts
function parseEdits(change) {
  return parse((issues) => editsOf(change, issues));
}
function parseChange(change) {
  return parse(
    (issues) => has(change, "edits") ? readPlan(change, readingOf(issues, true)) : editsOf(change, issues)
  );
}
function parseLearners(whatIf) {
  return parse((issues) => {
    if (!has(whatIf, "learners")) return readLearners(whatIf, void 0, issues);
    for (const key of Object.keys(whatIf)) {
      if (key !== "learners") issues.add("unknown_key", at2(void 0, key), 'there is no such key beside "learners"');
    }
    return readLearners(whatIf.learners, at2(void 0, "learners"), issues);
  });
}
function parseIds(ids) {
  return parse((issues) => readIds(ids, void 0, issues));
}
function parseRule(rule) {
  return parse((issues) => readRule(rule, void 0, readingOf(issues, true)));
}
function parseRunOptions(options = {}) {
  return parse((issues) => bound(options, check(runSchema, options, void 0, issues)));
}
function parseReconcileOptions(options = {}) {
  return parse((issues) => bound(options, check(reconcileSchema, options, void 0, issues)));
}
function parseOptions(options = {}) {
  return parse((issues) => check(optionsSchema, options, void 0, issues));
}
function parseId(id2, name) {
  return parse((issues) => isId(id2, at2(void 0, name), issues) ? id2 : void 0);
}
function parseExplainArguments(learnerId, courseId) {
  return parse((issues) => {
    const learnerFits = isId(learnerId, at2(void 0, "learnerId"), issues);
    const courseFits = isId(courseId, at2(void 0, "courseId"), issues);
    return learnerFits && courseFits ? { learnerId, courseId } : void 0;
  });
}
function parseRepositories(repositories) {
  return parse((issues) => areRepositories(repositories, issues) ? repositories : void 0);
}
function parseCatalog(catalog, wellFormed = /* @__PURE__ */ new WeakSet()) {
  return parse((issues) => isCatalog(catalog, issues, wellFormed) ? catalog : void 0);
}
function parseTogether(...parsers) {
  const issues = [];
  const values = parsers.map((parser) => {
    try {
      return parser();
    } catch (error) {
      if (!isSmartEnrolmentsError(error, "invalid_input")) throw error;
      issues.push(...error.details.issues);
      return void 0;
    }
  });
  if (issues.length > 0) throw new SmartEnrolmentsError("invalid_input", { issues: issues.slice(0, ISSUES) });
  return values;
}
function editsOf(change, issues) {
  const reading = readingOf(issues, true);
  if (Array.isArray(change)) return readEdits(change, void 0, reading);
  if (typeof change !== "object" || change === null) {
    issues.wrongType("an edit or a list of edits", change, void 0);
    return void 0;
  }
  const edit = readEdit(change, void 0, reading);
  return edit && Object.freeze([edit]);
}
function has(value, key) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && key in value;
}
function bound(given2, options) {
  if (!options) return void 0;
  const { onProgress, onDiff } = options;
  return Object.freeze({
    ...options,
    ...onProgress && { onProgress: onProgress.bind(given2) },
    ...onDiff && { onDiff: onDiff.bind(given2) }
  });
}

// src/rules/references.ts
function references(rule) {
  const found = /* @__PURE__ */ new Set();
  const visit = (rule2) => {
    if ("segment" in rule2) found.add(rule2.segment);
    else if ("not" in rule2) visit(rule2.not);
    else if ("all" in rule2) rule2.all.forEach(visit);
    else if ("any" in rule2) rule2.any.forEach(visit);
  };
  if (rule) visit(rule);
  return found;
}

// src/rules/key.ts
function ruleKey(rule) {
  if ("all" in rule) return `{"all":[${rule.all.map(ruleKey).join()}]}`;
  if ("any" in rule) return `{"any":[${rule.any.map(ruleKey).join()}]}`;
  if ("not" in rule) return `{"not":${ruleKey(rule.not)}}`;
  if ("everyone" in rule) return '{"everyone":true}';
  if ("segment" in rule) return `{"segment":${JSON.stringify(rule.segment)}}`;
  const value = rule.op === "blank" ? "" : `,"value":${JSON.stringify(rule.value)}`;
  return `{"field":${JSON.stringify(rule.field)},"op":"${rule.op}"${value}}`;
}
function sameRule(a, b) {
  if (a === b) return true;
  return a !== void 0 && b !== void 0 && ruleKey(a) === ruleKey(b);
}

// src/catalog/change.ts
function sameSegment(a, b) {
  return a === b || a.id === b.id && a.title === b.title && sameRule(a.rule, b.rule);
}
function sameLink(a, b) {
  return a === b || a.id === b.id && a.segmentId === b.segmentId && a.courseId === b.courseId && sameRule(a.profile, b.profile);
}
function changeOf(before, after) {
  const segments = compare(before.segments, after.segments, sameSegment);
  const links = compare(before.links, after.links, sameLink);
  return {
    saveSegments: segments.saved,
    deleteSegments: segments.deleted,
    saveLinks: links.saved,
    deleteLinks: links.deleted
  };
}
function changedRules(before, { saveSegments }) {
  const standing = new Map(before.segments.map((segment) => [segment.id, segment.rule]));
  return saveSegments.filter(({ id: id2, rule }) => !standing.has(id2) || !sameRule(standing.get(id2), rule));
}
function isEmptyChange(change) {
  return Object.values(change).every((list2) => list2.length === 0);
}
function compare(before, after, same) {
  if (before === after) return { saved: [], deleted: [] };
  const old = new Map(before.map((item) => [item.id, item]));
  const kept = /* @__PURE__ */ new Set();
  const saved = [];
  for (const item of after) {
    const previous = old.get(item.id);
    kept.add(item.id);
    if (!previous || !same(previous, item)) saved.push(item);
  }
  return { saved, deleted: before.map((item) => item.id).filter((id2) => !kept.has(id2)) };
}

// src/catalog/graph.ts
function orderSegments(segments) {
  const byId3 = new Map(segments.map((segment) => [segment.id, segment]));
  const users = usersOf([...byId3.values()]);
  const waiting = /* @__PURE__ */ new Map();
  for (const { id: id2, rule } of byId3.values())
    waiting.set(id2, [...references(rule)].filter((used) => byId3.has(used)).length);
  const ordered = [...byId3.values()].filter((segment) => waiting.get(segment.id) === 0);
  const depths = new Map(ordered.map(({ id: id2 }) => [id2, 1]));
  for (const segment of ordered) {
    const depth = depths.get(segment.id) + 1;
    for (const user of users.get(segment.id) ?? []) {
      depths.set(user.id, Math.max(depth, depths.get(user.id) ?? 0));
      const left = waiting.get(user.id) - 1;
      waiting.set(user.id, left);
      if (left === 0) ordered.push(user);
    }
  }
  return { ordered, depths, circular: [...byId3.values()].filter((segment) => waiting.get(segment.id) > 0) };
}
function findCircle(circular, start) {
  const byId3 = new Map(circular.map((segment) => [segment.id, segment]));
  const path = [];
  const position2 = /* @__PURE__ */ new Map();
  let at3 = start;
  while (!position2.has(at3.id)) {
    position2.set(at3.id, path.length);
    path.push(at3.id);
    const next = [...references(at3.rule)].find((id2) => byId3.has(id2));
    at3 = byId3.get(next);
  }
  return path.slice(position2.get(at3.id));
}
function withDependents(ids, segments) {
  const users = usersOf(segments);
  const reached = new Set(ids);
  for (const id2 of reached) for (const user of users.get(id2) ?? []) reached.add(user.id);
  return reached;
}
function usersOf(segments) {
  const users = /* @__PURE__ */ new Map();
  for (const segment of segments) {
    for (const id2 of references(segment.rule)) entry(users, id2, () => []).push(segment);
  }
  return users;
}

// src/catalog/affected.ts
function affected(before, after) {
  const change = changeOf(before, after);
  const segments = /* @__PURE__ */ new Set([...changedRules(before, change).map(({ id: id2 }) => id2), ...change.deleteSegments]);
  const reached = withDependents(withDependents(segments, before.segments), after.segments);
  const named2 = /* @__PURE__ */ new Set([...change.deleteLinks, ...change.saveLinks.map((link) => link.id)]);
  const links = /* @__PURE__ */ new Set();
  const courses = /* @__PURE__ */ new Set();
  const visit = (link) => {
    if (!named2.has(link.id) && !dependsOn(link, reached)) return;
    links.add(link.id);
    courses.add(link.courseId);
  };
  before.links.forEach(visit);
  after.links.forEach(visit);
  return { links: [...links].sort(compareIds), courses: [...courses].sort(compareIds) };
}
function dependsOn(link, segments) {
  if (segments.size === 0) return false;
  return segments.has(link.segmentId) || [...references(link.profile)].some((id2) => segments.has(id2));
}

// src/catalog/evolve.ts
import { enableMapSet, Immer } from "immer";

// src/model/catalog.ts
var BY_ASSIGNMENT_ONLY = "by-assignment-only";

// src/rules/check.ts
function checkRule(rule, types, path = []) {
  const issues = [];
  const visit = (rule2, path2) => {
    if ("all" in rule2) {
      if (rule2.all.length === 0) issues.push(emptyAll(path2));
      rule2.all.forEach((inner, i) => {
        visit(inner, [...path2, "all", i]);
      });
    } else if ("any" in rule2) {
      rule2.any.forEach((inner, i) => {
        visit(inner, [...path2, "any", i]);
      });
    } else if ("not" in rule2) visit(rule2.not, [...path2, "not"]);
    else if ("field" in rule2) {
      const issue = checkCondition(rule2, types, path2);
      if (issue) issues.push(issue);
    }
  };
  visit(rule, path);
  return issues;
}
function emptyAll(path) {
  return {
    code: "empty_all",
    path: [...path, "all"],
    message: 'an empty "all" is ambiguous: say { everyone: true }, or give a rule'
  };
}
function checkCondition(condition, types, path) {
  const { field: field2, op } = condition;
  const declared = types?.get(field2);
  if (types && !declared) {
    return {
      code: "unknown_field",
      path: [...path, "field"],
      message: `no profile field ${JSON.stringify(field2)} is declared`
    };
  }
  if (declared && !OPERATORS[declared].includes(op)) {
    const message = `${JSON.stringify(field2)} is a ${declared} field, which has ${OPERATORS[declared].join(", ")}, but not ${op}`;
    return { code: "operator_misfit", path: [...path, "op"], message };
  }
  if (condition.op === "blank") return void 0;
  const at3 = [...path, "value"];
  const values = condition.op === "in" ? condition.value : [condition.value];
  if (values.length === 0 || values.some(isBlank)) {
    return { code: "blank_value", path: at3, message: `a blank value can be asked for only with the operator "blank"` };
  }
  const type = typeOf(condition, types);
  const misfit = values.find((value) => comparable(type, value) === void 0);
  if (misfit === void 0) return void 0;
  const wanted = type === "date" ? "an ISO 8601 date or instant with its offset" : type;
  return {
    code: "value_misfit",
    path: at3,
    message: `${JSON.stringify(field2)} ${op} takes ${wanted}, not ${describe(misfit)}`
  };
}

// src/catalog/check-outcome.ts
function checkOutcome(before, after, change, edits) {
  const reruled = changedRules(before, change);
  checkRules(after, reruled, change, edits);
  checkReferences(after, reruled, change);
  checkCourses(before, change.saveLinks);
  checkDuplicates(after.links, change.saveLinks);
  checkDeleted(after, change.deleteSegments);
  const { circular, depths } = orderSegments(after.segments);
  const saved = new Set(reruled.map(({ id: id2 }) => id2));
  const start = circular.find(({ id: id2 }) => saved.has(id2));
  if (start) throw new SmartEnrolmentsError("rule_cycle", { segmentIds: findCircle(circular, start) });
  checkDepths(before, depths);
}
function checkRules(after, reruled, change, edits) {
  const types = fieldTypes(after.fields);
  const segments = new Map(reruled.map((segment) => [segment.id, segment.rule]));
  const links = new Map(change.saveLinks.map((link) => [link.id, link.profile]));
  const issues = [];
  const check3 = (rule, path) => {
    if (rule) issues.push(...checkRule(rule, types, path));
  };
  for (let i = edits.length - 1; i >= 0; i--) {
    const edit = edits[i];
    if (edit.type === "saveSegment") {
      check3(segments.get(edit.segment.id), [i, "segment", "rule"]);
      segments.delete(edit.segment.id);
    } else if (edit.type === "link") {
      check3(links.get(edit.link.id), [i, "link", "profile"]);
      links.delete(edit.link.id);
    }
  }
  if (issues.length > 0) {
    issues.sort((a, b) => Number(a.path[0]) - Number(b.path[0]));
    throw new SmartEnrolmentsError("invalid_input", { issues });
  }
}
function checkReferences(after, reruled, change) {
  const known = /* @__PURE__ */ new Set([...after.segments.map((segment) => segment.id), ...change.deleteSegments]);
  const missing = /* @__PURE__ */ new Set();
  const need2 = (id2) => {
    if (!known.has(id2)) missing.add(id2);
  };
  for (const segment of reruled) references(segment.rule).forEach(need2);
  for (const link of change.saveLinks) {
    need2(link.segmentId);
    references(link.profile).forEach(need2);
  }
  if (missing.size > 0) throw new SmartEnrolmentsError("unknown_segment", { segmentIds: [...missing] });
}
function checkCourses(before, saved) {
  const standing = new Set(before.links.map((link) => link.id));
  const methods = new Map(before.courses.map((course) => [course.id, course.enrolmentMethod]));
  const courseIds = [...new Set(saved.filter((link) => !standing.has(link.id)).map((link) => link.courseId))];
  const unknown2 = courseIds.filter((id2) => !methods.has(id2));
  if (unknown2.length > 0) throw new SmartEnrolmentsError("unknown_course", { courseIds: unknown2 });
  const courses = courseIds.map((courseId) => ({ courseId, enrolmentMethod: methods.get(courseId) })).filter(({ enrolmentMethod }) => enrolmentMethod !== BY_ASSIGNMENT_ONLY);
  if (courses.length > 0) throw new SmartEnrolmentsError("course_not_by_assignment", { courses });
}
var DEEPEST = 50;
function checkDepths(before, depths) {
  const tooDeep = [...depths].filter(([, depth]) => depth > DEEPEST);
  if (tooDeep.length === 0) return;
  const standing = orderSegments(before.segments).depths;
  const issues = tooDeep.filter(([id2, depth]) => depth > (standing.get(id2) ?? 0)).map(([id2, depth]) => {
    const message = `segment ${JSON.stringify(id2)} would refer to others ${depth} deep; ${DEEPEST} is the most`;
    return { code: "too_deep", path: [], message };
  });
  if (issues.length > 0) throw new SmartEnrolmentsError("invalid_input", { issues });
}
function checkDuplicates(links, saved) {
  if (saved.length === 0) return;
  const changed = new Set(saved.map((link) => link.id));
  const said = /* @__PURE__ */ new Map();
  const duplicates = [];
  for (const link of [...links.filter(({ id: id2 }) => !changed.has(id2)), ...saved]) {
    const key = JSON.stringify([link.segmentId, link.courseId, link.profile && ruleKey(link.profile)]);
    const existing = said.get(key);
    if (existing === void 0) said.set(key, link.id);
    else if (changed.has(link.id)) duplicates.push({ linkId: link.id, existing });
  }
  if (duplicates.length > 0) throw new SmartEnrolmentsError("duplicate_link", { links: duplicates });
}
function checkDeleted(after, deleted) {
  if (deleted.length === 0) return;
  const uses = new Map(deleted.map((id2) => [id2, { links: [], segments: [] }]));
  for (const { id: id2, segmentId, profile } of after.links) {
    for (const used of /* @__PURE__ */ new Set([segmentId, ...references(profile)])) uses.get(used)?.links.push(id2);
  }
  for (const { id: id2, rule } of after.segments) for (const used of references(rule)) uses.get(used)?.segments.push(id2);
  const segments = [...uses].filter(([, { links, segments: segments2 }]) => links.length + segments2.length > 0).map(([segmentId, { links, segments: segments2 }]) => ({ segmentId, links, segments: segments2 }));
  if (segments.length > 0) throw new SmartEnrolmentsError("segment_in_use", { segments });
}

// src/catalog/evolve.ts
enableMapSet();
var immer = new Immer({ autoFreeze: false });
function evolve(catalog, edits) {
  const before = { segments: byId(catalog.segments), links: byId(catalog.links) };
  const missing = { segmentIds: [], linkIds: [] };
  const edited = immer.produce(before, (draft) => {
    for (const edit of edits) step(draft, edit, before, missing);
  });
  const { linkIds, segmentIds } = missing;
  if (linkIds.length > 0) throw new SmartEnrolmentsError("unknown_link", { linkIds });
  if (segmentIds.length > 0) throw new SmartEnrolmentsError("unknown_segment", { segmentIds });
  const after = {
    ...catalog,
    segments: edited.segments === before.segments ? catalog.segments : [...edited.segments.values()],
    links: edited.links === before.links ? catalog.links : [...edited.links.values()]
  };
  const change = changeOf(catalog, after);
  if (isEmptyChange(change)) return catalog;
  checkOutcome(catalog, after, change, edits);
  return after;
}
function step(draft, edit, before, missing) {
  switch (edit.type) {
    case "saveSegment":
      draft.segments.set(edit.segment.id, edit.segment);
      return;
    case "deleteSegment":
      if (!draft.segments.delete(edit.segmentId)) missing.segmentIds.push(edit.segmentId);
      return;
    case "link":
      checkIdentity(edit.link, draft.links);
      checkIdentity(edit.link, before.links);
      draft.links.set(edit.link.id, edit.link);
      return;
    case "unlink":
      if (!draft.links.delete(edit.linkId)) missing.linkIds.push(edit.linkId);
      return;
    default:
      edit;
  }
}
function checkIdentity(link, links) {
  const existing = links.get(link.id);
  if (!existing || existing.segmentId === link.segmentId && existing.courseId === link.courseId) return;
  throw new SmartEnrolmentsError("duplicate_link", { links: [{ linkId: link.id, existing: link.id }] });
}
function byId(items) {
  return new Map(items.map((item) => [item.id, item]));
}

// src/engine/each-group.ts
function beginning(group, work) {
  const ended2 = work.then(
    (found) => ({ found }),
    (error) => ({ error })
  );
  const begun = { group, ended: ended2, isDone: false };
  void ended2.then(() => {
    begun.isDone = true;
  });
  return begun;
}
async function eachGroup(groups, most, { work, note, reached }) {
  const begun = [];
  const isEmpty = ({ ids }) => ids.length === 0;
  const count4 = () => begun.filter(({ group }) => !isEmpty(group)).length;
  const firstEnded = async () => {
    const end = await begun[0].ended;
    if ("error" in end) throw end.error;
    return end.found;
  };
  const finishFirst = async () => {
    const found = await firstEnded();
    const { group } = begun.shift();
    await note(found);
    await reached(group);
  };
  const canFinish = (first) => first !== void 0 && (most === 1 || first.isDone || isEmpty(first.group));
  try {
    for await (const group of groups) {
      if (count4() >= most) await firstEnded();
      begun.push(beginning(group, work(group)));
      while (canFinish(begun[0])) await finishFirst();
    }
    while (begun.length > 0) await finishFirst();
  } catch (error) {
    for (const { ended: ended2 } of begun) {
      const end = await ended2;
      if ("found" in end) await note(end.found).catch(() => void 0);
    }
    throw error;
  }
}

// src/engine/fingerprint.ts
import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils";
var MODULUS = 1n << 256n;
function hashOf(value) {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(value))));
}
var Fingerprinter = class {
  constructor(subject) {
    this.subject = subject;
  }
  subject;
  #sum = 0n;
  add(diffs) {
    for (const diff2 of diffs) this.#sum = (this.#sum + BigInt(`0x${hashOf(diff2)}`)) % MODULUS;
  }
  /** The fingerprint of everything added so far. */
  finish() {
    return `${hashOf([...this.subject, this.#sum.toString(16)])}`;
  }
};

// src/model/aligned.ts
function aligned(ids, rows2, idOf) {
  const found = [];
  let next = 0;
  for (let i = 0; i < ids.length; i++) {
    const row = next < rows2.length ? rows2[next] : void 0;
    if (row !== void 0 && idOf(row) === ids[i]) {
      found.push(row);
      next++;
    } else found.push(void 0);
  }
  if (next === rows2.length) return found;
  const byId3 = new Map(rows2.map((row) => [idOf(row), row]));
  return ids.map((id2) => byId3.get(id2));
}

// src/engine/look.ts
var NOTHING2 = { assignments: [], individual: [], training: [] };
async function readStates({ learners, enrolments }, group, courses) {
  const { ids } = group;
  if (ids.length === 0) return [];
  const people = aligned(ids, group.learners ?? await learners.get(ids), ({ id: id2 }) => id2);
  const holdings = aligned(ids, await enrolments.read(ids, courses && { courses }), ({ learnerId }) => learnerId);
  return ids.map((learnerId, i) => {
    const { assignments, individual, training } = holdings[i] ?? NOTHING2;
    return { learnerId, learner: people[i], assignments, individual, training };
  });
}
function look(matcher, states, { courses }) {
  return { states, ...diff(matcher, states, courses && { courses }) };
}
async function loadCatalog({ catalog }, { revision = 0 }) {
  const loaded = await catalog.load();
  if (loaded.revision >= revision) return loaded;
  const promise = `It answers what was committed: revision ${revision}, not ${loaded.revision}.`;
  throw new SmartEnrolmentsError("contract_broken", { method: "catalog.load", promise });
}
function metIn(pass, states, { links }) {
  if (!pass || !links) return states;
  const concerned2 = new Set(links);
  return states.filter(
    ({ assignments }) => assignments.some(({ linkId }) => concerned2.has(linkId)) === (pass === "holders")
  );
}

// src/engine/check.ts
async function check2(engine, run6, matcher, groups, scope, subject) {
  const fingerprinter = new Fingerprinter(subject);
  run6.tally.block(look(matcher, [], scope).blocked);
  let held = 0;
  run6.checkpoint();
  await eachGroup(groups, engine.concurrency, {
    work: async (group) => metIn(group.pass, await readStates(engine.repositories, group, scope.courses), scope),
    async note(states) {
      const found = look(matcher, states, scope);
      held += heldIn(states);
      fingerprinter.add(found.diffs);
      run6.tally.block(found.blocked);
      await run6.looked(states.length, found.diffs);
    },
    async reached() {
      await run6.progressed();
      run6.checkpoint();
    }
  });
  return { summary: run6.tally.summary(), fingerprint: fingerprinter.finish(), held };
}
function heldIn(states) {
  return states.reduce((held, { assignments }) => held + new Set(assignments.map(({ courseId }) => courseId)).size, 0);
}

// src/engine/limits.ts
var UNLIMITED = { unenrolments: Number.POSITIVE_INFINITY, archives: Number.POSITIVE_INFINITY };
function areLimiting(limits, operation) {
  const limiting = (limit) => typeof limit === "number" || limit !== void 0 && operation !== "learnersChanged";
  return limiting(limits?.unenrolments) || limiting(limits?.archives);
}
function ceilingsFor(limits, operation, found, confirm) {
  const allowed = (limit) => {
    if (limit === void 0) return Number.POSITIVE_INFINITY;
    if (typeof limit === "number") return limit;
    if (operation === "learnersChanged") return Number.POSITIVE_INFINITY;
    return Math.max(limit.atLeast ?? 0, partOf(found.held, limit.fraction));
  };
  const ceilings2 = { unenrolments: allowed(limits?.unenrolments), archives: allowed(limits?.archives) };
  const removed = { unenrolments: found.summary.unenrolled, archives: found.summary.archived };
  const exceeded = exceededBy(removed, ceilings2);
  if (exceeded.length === 0) return ceilings2;
  if (confirm !== found.fingerprint) {
    const confirmed = confirm !== void 0 && { confirmed: confirm };
    throw new SmartEnrolmentsError("removal_limit", {
      operation,
      exceeded,
      fingerprint: found.fingerprint,
      ...confirmed
    });
  }
  return {
    unenrolments: Math.max(ceilings2.unenrolments, removed.unenrolments),
    archives: Math.max(ceilings2.archives, removed.archives)
  };
}
function partOf(whole, fraction2) {
  const part = Math.floor(whole * fraction2);
  return (part + 1) / whole <= fraction2 ? part + 1 : part;
}
var Meter = class {
  constructor(operation, ceilings2) {
    this.operation = operation;
    this.ceilings = ceilings2;
  }
  operation;
  ceilings;
  #written = { unenrolments: 0, archives: 0 };
  #open = /* @__PURE__ */ new Map();
  /** Refuses a batch that would exceed the ceilings, before it is written. A batch that is tried again counts once. */
  admit(batch, diffs) {
    this.#open.set(batch, removalsIn(diffs));
    const exceeded = exceededBy([...this.#open.values()].reduce(sum, this.#written), this.ceilings);
    if (exceeded.length > 0) throw new SmartEnrolmentsError("removal_limit", { operation: this.operation, exceeded });
  }
  /** Takes note that a batch was written; nothing is kept of it but what it removed. */
  wrote(batch) {
    this.#written = sum(this.#written, this.#open.get(batch));
    this.#open.delete(batch);
  }
};
function sum(a, b) {
  return { unenrolments: a.unenrolments + b.unenrolments, archives: a.archives + b.archives };
}
function removalsIn(diffs) {
  let unenrolments = 0;
  let archives = 0;
  for (const { unenrolled } of diffs) {
    unenrolments += unenrolled.length;
    for (const { training } of unenrolled) if (training === "archive") archives++;
  }
  return { unenrolments, archives };
}
function exceededBy(removed, ceilings2) {
  return ["unenrolments", "archives"].filter((limit) => removed[limit] > ceilings2[limit]).map((limit) => ({ limit, allowed: ceilings2[limit], found: removed[limit] }));
}

// src/reconcile/summary.ts
var SHOWN2 = 100;
var KEPT2 = 200;
var Tally = class {
  #learners = 0;
  #assigned = 0;
  #released = 0;
  #kept = 0;
  #courses = /* @__PURE__ */ new Map();
  #links = /* @__PURE__ */ new Map();
  #blockedLearners = [];
  #blockedLearnersTotal = 0;
  /** Counts the diffs of a batch. */
  add(diffs) {
    this.#learners += diffs.length;
    for (const diff2 of diffs) {
      this.#assigned += diff2.assigned.length;
      this.#released += diff2.released.length;
      this.#kept += diff2.kept.length;
      for (const { courseId, training } of diff2.enrolled) {
        const course = this.#course(courseId);
        course.enrolled++;
        if (training === "resume") course.resumed++;
      }
      for (const { courseId, training } of diff2.unenrolled) {
        const course = this.#course(courseId);
        course.unenrolled++;
        if (training === "archive") course.archived++;
      }
    }
  }
  /** Counts blocked items: a link once however often it is named, a learner each time. */
  block(blocked) {
    for (const item of blocked) {
      if (item.kind === "inert-link" || item.kind === "broken-link")
        this.#links.set(JSON.stringify([item.kind, item.id]), item);
      else {
        this.#blockedLearnersTotal++;
        this.#blockedLearners.push(item);
      }
    }
    if (this.#blockedLearners.length > KEPT2) this.#firstBlockedLearners();
  }
  /** What was counted so far. */
  summary() {
    const courses = [...this.#courses.values()].sort((a, b) => compareIds(a.courseId, b.courseId)).map((course) => ({ ...course }));
    const sum2 = (key) => courses.reduce((total, course) => total + course[key], 0);
    return {
      learners: this.#learners,
      assigned: this.#assigned,
      released: this.#released,
      enrolled: sum2("enrolled"),
      resumed: sum2("resumed"),
      unenrolled: sum2("unenrolled"),
      archived: sum2("archived"),
      kept: this.#kept,
      courses,
      blocked: [...[...this.#links.values()].sort(byId2), ...this.#firstBlockedLearners()].slice(0, SHOWN2),
      blockedTotal: this.#links.size + this.#blockedLearnersTotal
    };
  }
  #course(courseId) {
    let course = this.#courses.get(courseId);
    if (!course) {
      course = { courseId, enrolled: 0, resumed: 0, unenrolled: 0, archived: 0 };
      this.#courses.set(courseId, course);
    }
    return course;
  }
  #firstBlockedLearners() {
    this.#blockedLearners.sort(byId2).splice(SHOWN2);
    return this.#blockedLearners;
  }
};
function byId2(a, b) {
  return compareIds(a.id, b.id) || compareIds(a.kind, b.kind);
}

// src/engine/run.ts
var Run = class _Run {
  constructor(phase, options) {
    this.phase = phase;
    this.options = options;
  }
  phase;
  options;
  tally = new Tally();
  /** Of the catalog that decided about the last learners looked at. */
  revision;
  #looked = 0;
  #changed = 0;
  #after;
  /** A dry run before the real one: its diffs are told only once they are written. */
  static checking({ signal: signal2, onProgress }) {
    return new _Run("check", { signal: signal2, onProgress });
  }
  /** Stops here if the host has asked for it. */
  checkpoint() {
    this.options.signal?.throwIfAborted();
  }
  /** Counts a batch that was looked at, and tells its diffs. */
  async looked(learners, diffs) {
    this.#looked += learners;
    this.#changed += diffs.length;
    this.tally.add(diffs);
    const { onDiff } = this.options;
    if (diffs.length > 0 && onDiff) await calling("onDiff", async () => onDiff(diffs));
  }
  /** Tells how far the run has come; `after`: everyone up to this id is done. */
  async progressed(after) {
    if (after !== void 0) this.#after = after;
    const { onProgress } = this.options;
    if (!onProgress) return;
    const progress = {
      phase: this.phase,
      looked: this.#looked,
      changed: this.#changed,
      ...this.#after !== void 0 && { after: this.#after }
    };
    await calling("onProgress", async () => onProgress(progress));
  }
};
async function calling(method, callback2) {
  try {
    await callback2();
  } catch (cause) {
    throw new SmartEnrolmentsError("repository_failed", { method }, { cause });
  }
}

// src/rules/slice.ts
var FLIPS = { and: [0, 0], or: [-1, -1], not: [-1, 0] };
function slice(program, wanted, others) {
  const needed = new Set(wanted);
  const backwards = program.steps.toReversed().filter(({ inputs, out }) => {
    if (needed.has(out)) for (const input of inputs) needed.add(input);
    return needed.has(out);
  });
  const fields = [...program.fields.values()];
  const asked = new Set(fields.filter(({ slots }) => [...slots].some((slot) => needed.has(slot))));
  return {
    program,
    fields: [...asked],
    judged: others === "all" ? fields.filter((column) => !asked.has(column)) : [],
    code: encode(backwards.reverse())
  };
}
function encode(steps) {
  const code = [];
  for (const { op, out, inputs } of steps) {
    const [flipIn, flipOut] = FLIPS[op];
    for (let i = 1; i < Math.max(2, inputs.length); i++) {
      const other = op === "not" ? inputs[0] : inputs[i];
      code.push(out, i === 1 ? inputs[0] : out, other, flipIn, flipOut);
    }
  }
  return Int32Array.from(code);
}

// src/reconcile/audience.ts
function audienceOf(matcher, links) {
  const slots = [...new Set(openLinks(matcher, links).map(({ audience }) => audience))];
  const needed = slice(matcher.program, slots, "none");
  const isOutside = ({ active }) => active === false && matcher.inactive === "unenrol";
  return (learners) => {
    const evaluation = evaluate(needed, learners);
    return mayHoldAt(evaluation, slots, learners.length).filter((row) => !isOutside(learners[row]) || evaluation.invalid.has(row)).map((row) => learners[row].id);
  };
}
function openLinks(matcher, links) {
  return links.flatMap((id2) => {
    const link = matcher.links[matcher.linkIndex.get(id2) ?? -1];
    return link && !link.frozen ? link : [];
  });
}

// src/reconcile/hint.ts
var LARGEST_HINT = 1e3;
function matchingOf(matcher, links) {
  const open = openLinks(matcher, links);
  if (open.length === 0) return void 0;
  const hint = new Hint(matcher);
  const rules = /* @__PURE__ */ new Map();
  for (const { link } of open) {
    const segment = { segment: link.segmentId };
    const key = JSON.stringify([link.segmentId, link.profile ?? null]);
    if (!rules.has(key)) rules.set(key, hint.above(link.profile ? { all: [segment, link.profile] } : segment));
  }
  const rule = rules.size === 1 ? [...rules.values()][0] : { any: [...rules.values()] };
  return { rule: hint.size > LARGEST_HINT ? { everyone: true } : rule, placedIn: [...hint.placedIn] };
}
var NOBODY2 = { any: [] };
var Hint = class {
  placedIn = /* @__PURE__ */ new Set();
  #rules;
  size = 0;
  constructor(matcher) {
    this.#rules = new Map(matcher.catalog.segments.map(({ id: id2, rule }) => [id2, rule]));
  }
  /** A rule that, with those placed, matches at least whom this one does. */
  above(rule) {
    if (++this.size > LARGEST_HINT) return rule;
    if ("all" in rule) return { all: rule.all.map((inner) => this.above(inner)) };
    if ("any" in rule) return { any: rule.any.map((inner) => this.above(inner)) };
    if ("not" in rule) return { not: this.below(rule.not) };
    if (!("segment" in rule)) return rule;
    this.placedIn.add(rule.segment);
    const own2 = this.#rules.get(rule.segment);
    return own2 ? this.above(own2) : NOBODY2;
  }
  /** A rule that matches at most whom this one does. */
  below(rule) {
    if (++this.size > LARGEST_HINT) return rule;
    if ("all" in rule) return { all: rule.all.map((inner) => this.below(inner)) };
    if ("any" in rule) return { any: rule.any.map((inner) => this.below(inner)) };
    if ("not" in rule) return references(rule).size === 0 ? rule : NOBODY2;
    if (!("segment" in rule)) return rule;
    const own2 = this.#rules.get(rule.segment);
    return own2 ? this.below(own2) : NOBODY2;
  }
};

// src/engine/walk.ts
async function* concerned({ learners, enrolments }, matcher, { links, pass, after }, limit) {
  if (links.length === 0) return;
  if (pass === "holders") {
    for (let cursor = after; ; ) {
      const ids = await enrolments.holders({ links, after: cursor, limit });
      if (ids.length === 0) break;
      cursor = ids.at(-1);
      yield { ids, after: cursor, pass };
    }
  }
  const matching = matchingOf(matcher, links);
  if (!matching) return;
  const within2 = audienceOf(matcher, links);
  for (let cursor = pass === "audience" ? after : void 0; ; ) {
    const page = await learners.page({ matching, after: cursor, limit, idsOnly: true });
    if (page.length === 0) return;
    cursor = page.at(-1).id;
    const judged = page.filter((learner) => !isBare(learner));
    const outside = new Set(judged.map(({ id: id2 }) => id2));
    for (const id2 of within2(judged)) outside.delete(id2);
    const ids = page.flatMap(({ id: id2 }) => outside.has(id2) ? [] : id2);
    yield { ids, after: cursor, pass: "audience" };
  }
}
function isBare(learner) {
  const profile = Object.getOwnPropertyDescriptor(learner, "profile")?.value;
  if (typeof profile !== "object" || profile === null || "segments" in learner) return false;
  return Object.keys(profile).length === 0;
}
async function* everyone({ learners, enrolments }, range, limit, found) {
  let { after } = range;
  for (; ; ) {
    const page = await learners.page({ after, upTo: range.upTo, limit, ...found === "ids" && { idsOnly: true } });
    const ids = page.map(({ id: id2 }) => id2);
    const last = ids.at(-1);
    if (last !== void 0) yield { ids, ...found === "learners" && { learners: page } };
    const there = new Set(ids);
    for (let cursor = after; ; ) {
      const holders2 = await enrolments.holders({ after: cursor, upTo: last ?? range.upTo, limit });
      if (holders2.length === 0) break;
      cursor = holders2.at(-1);
      yield { ids: holders2.filter((id2) => !there.has(id2)), after: last === void 0 ? cursor : void 0 };
      if (cursor === last) break;
    }
    if (last === void 0) return;
    after = last;
    yield { ids: [], after };
  }
}
async function* named(ids, limit) {
  const unique = [...new Set(ids)];
  for (let from = 0; from < unique.length; from += limit) yield { ids: unique.slice(from, from + limit) };
}

// src/engine/settle.ts
function settleGroups(engine, run6, meter, groups, scope, reached) {
  return eachGroup(groups, engine.concurrency, {
    work: async (group) => ({ group, settled: await settleGroup(engine, meter, group, scope) }),
    async note({ group, settled }) {
      if (!settled) return;
      const { revision, found } = settled;
      run6.revision = revision;
      const met = metIn(group.pass, found.states, scope);
      run6.tally.block(blockedAmong(met, found));
      await run6.looked(met.length, found.diffs);
    },
    async reached(group) {
      await reached(group);
      run6.checkpoint();
    }
  });
}
async function settleGroup(engine, meter, group, scope) {
  const { ids } = group;
  if (ids.length === 0) return;
  const settled = await engine.repositories.transaction(ids, async (inside) => {
    const catalog = await loadCatalog(inside, scope);
    const found = look(engine.matcher(catalog), await readStates(inside, { ids }, scope.courses), scope);
    meter.admit(group, found.diffs);
    if (found.diffs.length > 0) await inside.enrolments.write(found.diffs);
    return { revision: catalog.revision, found };
  });
  meter.wrote(group);
  return settled;
}
function blockedAmong(met, { states, blocked }) {
  if (met.length === states.length) return blocked;
  const ids = new Set(met.map(({ learnerId }) => learnerId));
  return blocked.filter(({ kind, id: id2 }) => kind.endsWith("-link") || ids.has(id2));
}
async function settleWork(engine, run6, meter, work) {
  const { catalog } = engine.repositories;
  const { revision, courses, links } = work;
  const scope = { courses, links, revision };
  const matcher = engine.matcher(await loadCatalog(engine.repositories, scope));
  run6.tally.block(look(matcher, [], scope).blocked);
  run6.checkpoint();
  const groups = concerned(engine.repositories, matcher, work, engine.batchSize);
  await settleGroups(engine, run6, meter, groups, scope, async ({ pass = work.pass, after }) => {
    await catalog.settled({ revision, pass, after, done: false });
    await run6.progressed();
  });
  await catalog.settled({ revision, pass: "audience", done: true });
}

// src/engine/outstanding.ts
async function settleOutstanding(engine, run6, catalog, confirm) {
  if (catalog.unsettled.length === 0) return;
  const meter = new Meter("settle", await ceilings(engine, run6.options, catalog, confirm));
  for (const work of catalog.unsettled) await settleWork(engine, run6, meter, work);
}
async function ceilings(engine, options, catalog, confirm) {
  if (!areLimiting(engine.limits, "settle")) return UNLIMITED;
  const matcher = engine.matcher(catalog);
  const work = together(catalog.unsettled);
  const groups = concerned(engine.repositories, matcher, work, engine.batchSize);
  const found = await check2(engine, Run.checking(options), matcher, groups, work, ["settle", work.links, work.courses]);
  return ceilingsFor(engine.limits, "settle", found, confirm);
}
function together(pieces) {
  return {
    links: [...new Set(pieces.flatMap(({ links }) => links))].sort(compareIds),
    courses: [...new Set(pieces.flatMap(({ courses }) => courses))].sort(compareIds),
    pass: "holders"
  };
}

// src/engine/apply.ts
var ATTEMPTS = 5;
async function preview(engine, run6, edits) {
  const catalog = await engine.repositories.catalog.load();
  const { summary, fingerprint } = await dryRun(engine, run6, catalog, evolve(catalog, edits), edits);
  return { edits, revision: catalog.revision, fingerprint, summary };
}
async function apply(engine, change, options) {
  const run6 = new Run("write", options);
  for (let attempt = 1; ; attempt++) {
    run6.checkpoint();
    const before = await nothingOutstanding(engine, options);
    try {
      const { work, meter } = await commit(engine, before, change, options);
      if (!work) return { revision: before.revision, summary: run6.tally.summary() };
      await settleWork(engine, run6, meter, work);
      return { revision: work.revision, summary: run6.tally.summary() };
    } catch (error) {
      if (!isSmartEnrolmentsError(error, "catalog_conflict") || attempt === ATTEMPTS) throw error;
    }
  }
}
async function nothingOutstanding(engine, options) {
  const done = /* @__PURE__ */ new Set();
  for (; ; ) {
    const catalog = await engine.repositories.catalog.load();
    if (catalog.unsettled.length === 0) return catalog;
    if (catalog.unsettled.some(({ revision }) => done.has(revision))) {
      const promise = "What is done is no longer outstanding.";
      throw new SmartEnrolmentsError("contract_broken", { method: "catalog.settled", promise });
    }
    await settleOutstanding(engine, new Run("write", options), catalog, void 0);
    for (const { revision } of catalog.unsettled) done.add(revision);
  }
}
async function commit(engine, before, change, options) {
  const edits = isPlan(change) ? change.edits : change;
  if (isPlan(change) && change.revision !== before.revision) {
    throw new SmartEnrolmentsError("plan_stale", { changed: "catalog", planned: change.fingerprint });
  }
  const after = evolve(before, edits);
  let ceilings2 = UNLIMITED;
  if (isPlan(change) || areLimiting(engine.limits, "apply")) {
    const found = await dryRun(engine, Run.checking(options), before, after, edits);
    if (isPlan(change)) checkFresh(change, found);
    ceilings2 = ceilingsFor(engine.limits, "apply", found, options.confirm);
  }
  const meter = new Meter("apply", ceilings2);
  if (after === before) return { meter };
  const unsettled = { ...affected(before, after), pass: "holders" };
  const expected = before.revision;
  const revision = await engine.repositories.catalog.commit(changeOf(before, after), { expected, unsettled });
  return { work: { ...unsettled, revision }, meter };
}
function dryRun(engine, run6, before, after, edits) {
  const matcher = engine.matcher(after);
  const scope = affected(before, after);
  const groups = concerned(engine.repositories, matcher, { ...scope, pass: "holders" }, engine.batchSize);
  return check2(engine, run6, matcher, groups, scope, ["apply", ...edits]);
}
function checkFresh({ fingerprint: planned }, { fingerprint: found }) {
  if (planned !== found) throw new SmartEnrolmentsError("plan_stale", { changed: "diff", planned, found });
}
function isPlan(change) {
  return "edits" in change;
}

// src/catalog/compile-segments.ts
function compileSegments(program, segments, known) {
  const of = new Map(segments.map((segment) => [segment.id, segment]));
  const slots = /* @__PURE__ */ new Map();
  const faults = /* @__PURE__ */ new Map();
  const { ordered, circular } = orderSegments(segments);
  for (const { id: id2 } of circular)
    faults.set(id2, `The rule of segment ${JSON.stringify(id2)} is on, or refers to, a circle of segments.`);
  const unchanged = (id2) => known?.slots.get(id2) === slots.get(id2) && known?.faults.get(id2) === faults.get(id2);
  for (const segment of ordered) {
    const slot = known?.of.get(segment.id) === segment ? known.slots.get(segment.id) : void 0;
    if (slot !== void 0 && [...references(segment.rule)].every(unchanged)) {
      slots.set(segment.id, slot);
      continue;
    }
    const fault = segment.rule && ruleFault(segment.rule, program, { of, slots, faults }, ruleOf(segment));
    if (fault) faults.set(segment.id, fault);
    else slots.set(segment.id, compileSegment(program, segment, slots));
  }
  return { of, slots, faults };
}
function compileSegment(program, { id: id2, rule }, slots) {
  const byRule = rule ? program.compile(rule, (inner) => slots.get(inner)) : NOBODY;
  return program.or([byRule, program.placed(id2)]);
}
function ruleFault(rule, program, segments, what) {
  const [issue] = checkRule(rule, program.types);
  if (issue) return `${what} cannot be evaluated: ${issue.message}.`;
  for (const id2 of references(rule)) {
    if (segments.slots.has(id2)) continue;
    return segments.faults.get(id2) ?? `${what} refers to segment ${JSON.stringify(id2)}, which does not exist.`;
  }
  return void 0;
}
function ruleOf(segment) {
  return `The rule of segment ${JSON.stringify(segment.id)}`;
}

// src/catalog/view.ts
function viewOf(program, links, matched, courses) {
  const ranges = courses ? [...courses].flatMap((courseId) => matched.get(courseId) ?? []).sort((a, b) => a.from - b.from) : [{ from: 0, to: links.length }];
  const byAudience = /* @__PURE__ */ new Map();
  for (const { from, to } of ranges) {
    for (let link = from; link < to; link++) {
      const { frozen: frozen3, audience } = links[link];
      if (!frozen3) entry(byAudience, audience, () => []).push(link);
    }
  }
  const lists = [...byAudience.values()];
  const audienceAt = new Int32Array(links.length);
  for (const [audience, list2] of lists.entries()) for (const link of list2) audienceAt[link] = audience;
  return {
    courses,
    slice: slice(program, byAudience.keys(), "all"),
    audiences: Int32Array.from(byAudience.keys()),
    links: Int32Array.from(lists.flat()),
    firsts: startsOf(lists),
    audienceAt
  };
}
function startsOf(lists) {
  const starts = new Int32Array(lists.length + 1);
  for (const [i, { length }] of lists.entries()) starts[i + 1] = starts[i] + length;
  return starts;
}
var Views = class {
  whole;
  #make;
  #last;
  constructor(program, links, matched) {
    this.whole = viewOf(program, links, matched, void 0);
    this.#make = (courses) => viewOf(program, links, matched, courses);
  }
  /** The view of these courses. */
  of(courses) {
    const last = this.#last;
    if (last && last.courses.length === courses.length && last.courses.every((id2, i) => id2 === courses[i])) {
      return last.view;
    }
    const view = this.#make(new Set(courses));
    this.#last = { courses: [...courses], view };
    return view;
  }
};

// src/catalog/workspace.ts
var Workspace = class {
  /** By row: whether rules apply to it, and whether it is frozen. */
  present = new Scratch();
  inactive = new Scratch();
  /** The members of each audience, and where each ends. */
  members = new Scratch();
  ends = new Scratch();
  /** The links that anybody is to hold. */
  touched = new Scratch();
  /** What each row is to hold, where it begins, and where the next link of each goes. */
  wanted = new Scratch();
  starts = new Scratch();
  next = new Scratch();
  /** What one row holds, and what it does once settled. */
  held = new Scratch();
  settled = new Scratch();
  /**
   * One of each kind of object that diffs work with. When V8 collects garbage it forgets the shape of objects of which none is alive, and
   * with it all code that was optimised for them: without these every diff would begin slowly.
   */
  alive;
};

// src/catalog/compile.ts
function compile(catalog, options = {}) {
  const previous = options.previous && leadsTo(options.previous, catalog) ? options.previous : void 0;
  const program = new Program(fieldTypes(catalog.fields), previous?.program);
  const segments = compileSegments(program, catalog.segments, previous?.segments);
  const courses = new Map(catalog.courses.map((course) => [course.id, course]));
  const blocked = [];
  const sorted = [...catalog.links].sort((a, b) => compareIds(a.courseId, b.courseId) || compareIds(a.id, b.id));
  const links = sorted.map((link) => {
    const faults = [brokenLink(link, program, segments), inertLink(link, courses.get(link.courseId))].filter(
      (fault) => !!fault
    );
    blocked.push(...faults.map((fault) => ({ courseId: link.courseId, blocked: fault })));
    return {
      link,
      audience: faults.some(({ kind }) => kind === "broken-link") ? void 0 : audienceOf2(link, program, segments),
      frozen: faults.length > 0
    };
  });
  const matched = coursesOf(links);
  return {
    catalog,
    inactive: options.inactive ?? "freeze",
    program,
    views: new Views(program, links, matched),
    workspace: new Workspace(),
    links,
    pairs: links.map(({ link }) => Object.freeze({ courseId: link.courseId, linkId: link.id })),
    linkIndex: new Map(links.map(({ link }, index) => [link.id, index])),
    courses: matched,
    courseAt: links.map(({ link }) => matched.get(link.courseId)),
    courseEnds: Int32Array.from(links, ({ link }) => matched.get(link.courseId).to),
    segments,
    firstSize: previous?.firstSize ?? program.size,
    blocked: blocked.sort(
      (a, b) => compareIds(a.blocked.id, b.blocked.id) || compareIds(a.blocked.kind, b.blocked.kind)
    )
  };
}
function leadsTo({ catalog: { fields }, program, firstSize }, catalog) {
  return fields !== void 0 && fields === catalog.fields && program.size <= 2 * firstSize;
}
function audienceOf2(link, program, { slots }) {
  const segment = slots.get(link.segmentId);
  return link.profile ? program.and([segment, program.compile(link.profile, (id2) => slots.get(id2))]) : segment;
}
function brokenLink(link, program, segments) {
  const { id: id2, segmentId, profile } = link;
  const reason = ruleFault({ segment: segmentId }, program, segments, "The link") ?? (profile && ruleFault(profile, program, segments, "The link's profile rule"));
  return reason === void 0 ? void 0 : { kind: "broken-link", id: id2, reason };
}
function inertLink({ id: id2, courseId }, course) {
  if (course?.enrolmentMethod === BY_ASSIGNMENT_ONLY) return void 0;
  const named2 = `Course ${JSON.stringify(courseId)}`;
  const reason = course ? `${named2} has the enrolment method ${JSON.stringify(course.enrolmentMethod)} and is no longer by assignment only.` : `${named2} no longer exists.`;
  return { kind: "inert-link", id: id2, reason };
}
function coursesOf(links) {
  const courses = /* @__PURE__ */ new Map();
  for (let from = 0; from < links.length; ) {
    const { courseId } = links[from].link;
    let to = from + 1;
    while (to < links.length && links[to].link.courseId === courseId) to++;
    const start = Object.freeze({ courseId, training: "start" });
    const resume = Object.freeze({ courseId, training: "resume" });
    courses.set(courseId, { courseId, from, to, start, resume });
    from = to;
  }
  return courses;
}

// src/engine/engine.ts
var KEPT3 = 2;
var Engine = class {
  constructor(repositories, { inactive = "freeze", limits, batchSize = 1e3 }) {
    this.repositories = repositories;
    this.#inactive = inactive;
    this.limits = limits;
    this.batchSize = batchSize;
    this.concurrency = repositories.concurrency ?? 1;
  }
  repositories;
  limits;
  batchSize;
  /** On how many batches work goes on at once. */
  concurrency;
  #inactive;
  #compiled = [];
  /** Compiles a catalog, once for as long as its fields, courses, segments and links are the same objects. */
  matcher(catalog) {
    const known = this.#compiled.find((matcher2) => isSame2(matcher2.catalog, catalog));
    if (known) return known;
    const matcher = compile(catalog, { inactive: this.#inactive, previous: this.#compiled[0] });
    this.#compiled = [matcher, ...this.#compiled].slice(0, KEPT3);
    return matcher;
  }
};
function isSame2(a, b) {
  return a.fields === b.fields && a.courses === b.courses && a.segments === b.segments && a.links === b.links;
}

// src/engine/guard-failure.ts
var wrapped = (method, cause) => new SmartEnrolmentsError("repository_failed", { method }, { cause });
async function call(failure, method, run6, check3) {
  let answer;
  try {
    answer = await run6();
  } catch (error) {
    if (method === "catalog.commit" && isSmartEnrolmentsError(error, "catalog_conflict")) throw error;
    throw failure(method, error);
  }
  try {
    check3?.(answer);
  } catch (error) {
    throw isSmartEnrolmentsError(error, "contract_broken") ? error : failure(method, error);
  }
  return answer;
}
function broken(method, promise, cause) {
  return new SmartEnrolmentsError("contract_broken", { method, promise }, cause === void 0 ? void 0 : { cause });
}

// src/engine/guard-learners.ts
function checkLearners(ids, answer) {
  if (isAmong(idsOf("learners.get", answer), ids)) return;
  throw broken("learners.get", "It answers only learners that were asked for, each once.");
}
function isAmong(ids, asked) {
  let next = 0;
  for (const id2 of ids) {
    while (next < asked.length && asked[next] !== id2) next++;
    if (next++ < asked.length) continue;
    const left = new Set(asked);
    return ids.every((id3) => left.delete(id3));
  }
  return true;
}
function checkPage(query, answer) {
  checkWalk("learners.page", query, idsOf("learners.page", answer));
}
function checkHolders(query, answer) {
  const method = "enrolments.holders";
  const ids = Array.isArray(answer) ? Array.from(answer) : [void 0];
  if (!ids.every((id2) => typeof id2 === "string")) throw broken(method, "It answers an array of learner ids.");
  checkWalk(method, query, ids);
}
function idsOf(method, answer) {
  if (!Array.isArray(answer)) throw broken(method, "It answers an array of learners.");
  return Array.from(answer, (row) => {
    const id2 = row?.id;
    if (typeof id2 !== "string") throw broken(method, "It answers learners whose id is text.");
    return id2;
  });
}
function checkWalk(method, query, ids) {
  if (ids.length > query.limit) throw broken(method, "It answers no more learners than the limit.");
  if (isAscending(query.after, ids)) return;
  const found = new Set(ids);
  if (found.size < ids.length) throw broken(method, "It answers each learner once.");
  if (query.after !== void 0 && found.has(query.after)) {
    throw broken(method, 'It answers only learners that follow the one given as "after".');
  }
}
function isAscending(after, ids) {
  let before = after;
  for (const id2 of ids) {
    if (before !== void 0 && before >= id2) return false;
    before = id2;
  }
  return true;
}

// src/engine/guard-holdings.ts
var METHOD = "enrolments.read";
function checkHoldings(ids, courses, answer) {
  if (!Array.isArray(answer)) throw broken(METHOD, "It answers an array of what learners hold.");
  const found = Array.from(answer, (row) => {
    if (typeof row?.learnerId !== "string") throw broken(METHOD, "It answers rows whose learnerId is text.");
    return row.learnerId;
  });
  if (!isAmong(found, ids)) throw broken(METHOD, "It answers only learners that were asked for, each once.");
  const scope = courses && new Set(courses);
  for (const row of answer) {
    const { assignments, individual, training } = row;
    if (!Array.isArray(assignments) || !Array.isArray(individual) || !Array.isArray(training)) {
      throw broken(METHOD, "It answers rows with arrays of assignments, individual enrolments and training records.");
    }
    checkAssignments(assignments, scope);
    for (const courseId of individual) checkCourse(courseId, scope);
    checkTraining(training, scope);
  }
}
function checkCourse(courseId, scope) {
  if (typeof courseId !== "string") throw broken(METHOD, "It answers course ids that are text.");
  if (scope && !scope.has(courseId)) throw broken(METHOD, "It answers only the courses that were asked for.");
}
function checkAssignments(assignments, scope) {
  let sorted = true;
  let before;
  for (const assignment of assignments) {
    if (!assignment) throw broken(METHOD, "It answers assignments that are objects.");
    checkCourse(assignment.courseId, scope);
    if (typeof assignment.linkId !== "string") throw broken(METHOD, "It answers link ids that are text.");
    sorted &&= !before || follows(before, assignment);
    before = assignment;
  }
  if (!sorted && repeatsAssignment(assignments)) throw broken(METHOD, "It answers no assignment twice.");
}
function follows(before, after) {
  if (before.courseId === after.courseId) return before.linkId < after.linkId;
  return before.courseId < after.courseId;
}
function repeatsAssignment(assignments) {
  const seen = /* @__PURE__ */ new Set();
  for (const { linkId } of assignments) seen.add(linkId);
  if (seen.size === assignments.length) return false;
  const courses = /* @__PURE__ */ new Map();
  for (const { courseId, linkId } of assignments) {
    const links = courses.get(courseId);
    if (!links) courses.set(courseId, /* @__PURE__ */ new Set([linkId]));
    else if (links.has(linkId)) return true;
    else links.add(linkId);
  }
  return false;
}
function checkTraining(training, scope) {
  let sorted = true;
  let before;
  for (const record of training) {
    if (!record) throw broken(METHOD, "It answers training records that are objects.");
    const { courseId, status } = record;
    checkCourse(courseId, scope);
    if (status !== "in-progress" && status !== "completed") {
      throw broken(METHOD, 'It answers training records that are "in-progress" or "completed".');
    }
    sorted &&= before === void 0 || before < courseId;
    before = courseId;
  }
  if (sorted) return;
  if (new Set(training.map((record) => record.courseId)).size < training.length) {
    throw broken(METHOD, "It answers at most one training record of a course, archived ones left out.");
  }
}

// src/engine/guard-transaction.ts
var METHOD2 = "transaction";
async function runTransaction(repositories, learnerIds, work, failure, guardInside) {
  let last;
  const runWork = async (inside) => {
    const run6 = {};
    last = run6;
    const raw2 = (method, error) => {
      run6.failed = { method, error };
      return error;
    };
    try {
      const answer2 = await work(guardInside(inside, raw2));
      run6.ended = { answer: answer2 };
      return answer2;
    } catch (error) {
      run6.ended = { error };
      throw error;
    }
  };
  let answer;
  try {
    answer = await repositories.transaction(learnerIds, runWork);
  } catch (error) {
    throw whatFailed(last, error, failure);
  }
  const ended2 = endOf(last);
  if (!ended2) throw broken(METHOD2, "It runs its work, and resolves only after the work has ended.");
  if ("error" in ended2) throw broken(METHOD2, "It rejects when its work rejects.", ended2.error);
  if (!Object.is(answer, ended2.answer)) throw broken(METHOD2, "It answers what its work answered.");
  return answer;
}
function whatFailed(last, rejection, failure) {
  const ended2 = endOf(last);
  if (!ended2 || "answer" in ended2) return failure(METHOD2, rejection);
  const failed = last?.failed;
  return failed && Object.is(failed.error, ended2.error) ? failure(failed.method, failed.error) : ended2.error;
}
function endOf(run6) {
  return run6?.ended;
}

// src/engine/guard.ts
function guard(repositories) {
  return watch(repositories, wrapped, /* @__PURE__ */ new WeakSet());
}
function watch(host, failure, wellFormed) {
  return {
    ...host.concurrency !== void 0 && { concurrency: host.concurrency },
    catalog: {
      load: () => call(
        failure,
        "catalog.load",
        () => host.catalog.load(),
        (catalog) => checkCatalog(catalog, wellFormed)
      ),
      commit: (change, options) => call(
        failure,
        "catalog.commit",
        () => host.catalog.commit(change, options),
        (revision) => {
          if (Number.isSafeInteger(revision) && revision > options.expected) return;
          throw broken("catalog.commit", "It answers the new revision, a whole number above the expected one.");
        }
      ),
      settled: (work) => call(failure, "catalog.settled", () => host.catalog.settled(work))
    },
    learners: {
      get: (ids) => call(
        failure,
        "learners.get",
        () => host.learners.get(ids),
        (answer) => checkLearners(ids, answer)
      ),
      page: (query) => call(
        failure,
        "learners.page",
        () => host.learners.page(query),
        (answer) => checkPage(query, answer)
      )
    },
    enrolments: {
      read: (ids, options) => call(
        failure,
        "enrolments.read",
        () => host.enrolments.read(ids, options),
        (answer) => checkHoldings(ids, options?.courses, answer)
      ),
      holders: (query) => call(
        failure,
        "enrolments.holders",
        () => host.enrolments.holders(query),
        (answer) => checkHolders(query, answer)
      ),
      write: (diffs) => call(failure, "enrolments.write", () => host.enrolments.write(diffs))
    },
    transaction(learnerIds, work) {
      return runTransaction(host, learnerIds, work, failure, (inside, raw2) => watch(inside, raw2, wellFormed));
    }
  };
}
function checkCatalog(catalog, wellFormed) {
  try {
    parseCatalog(catalog, wellFormed);
  } catch (cause) {
    throw broken("catalog.load", "It answers a well-formed catalog whose ids are unique, as the cause details.", cause);
  }
}

// src/engine/survey.ts
async function learnersChanged(engine, ids, options) {
  const run6 = new Run("write", options);
  const groups = () => named(ids, engine.batchSize);
  const meter = await metered(engine, "learnersChanged", groups, options, void 0, inOrder(ids));
  run6.checkpoint();
  await settleGroups(engine, run6, meter, groups(), {}, () => run6.progressed());
  return outcome(engine, run6);
}
async function reconcile(engine, options) {
  const { after, upTo, courses } = options;
  const run6 = new Run("write", options);
  const groups = (found) => courses?.length === 0 ? named([], 1) : everyone(engine.repositories, { after, upTo }, engine.batchSize, found);
  const meter = await metered(engine, "reconcile", () => groups("learners"), options, courses, [
    after ?? null,
    upTo ?? null,
    courses ? inOrder(courses) : null
  ]);
  run6.checkpoint();
  await settleGroups(engine, run6, meter, groups("ids"), { courses }, ({ after: done }) => run6.progressed(done));
  return outcome(engine, run6, courses);
}
async function previewLearners(engine, run6, learners) {
  const matcher = engine.matcher(await engine.repositories.catalog.load());
  async function* groups() {
    for (let from = 0; from < learners.length; from += engine.batchSize) {
      const some = learners.slice(from, from + engine.batchSize);
      yield { ids: some.map(({ id: id2 }) => id2), learners: some };
    }
  }
  const { summary } = await check2(engine, run6, matcher, groups(), {}, []);
  return { summary };
}
async function metered(engine, operation, groups, options, courses, subject) {
  let ceilings2 = UNLIMITED;
  if (areLimiting(engine.limits, operation)) {
    const matcher = engine.matcher(await engine.repositories.catalog.load());
    const found = await check2(engine, Run.checking(options), matcher, groups(), { courses }, [operation, ...subject]);
    ceilings2 = ceilingsFor(engine.limits, operation, found, options.confirm);
  }
  return new Meter(operation, ceilings2);
}
function inOrder(ids) {
  return [...new Set(ids)].sort(compareIds);
}
async function outcome(engine, run6, courses) {
  if (run6.revision === void 0) {
    const catalog = await engine.repositories.catalog.load();
    run6.revision = catalog.revision;
    run6.tally.block(look(engine.matcher(catalog), [], { courses }).blocked);
  }
  return { revision: run6.revision, summary: run6.tally.summary() };
}

// src/engine/where-given.ts
async function whereGiven(change, work) {
  try {
    return await work();
  } catch (error) {
    if (!isSmartEnrolmentsError(error, "invalid_input") || Array.isArray(change)) throw error;
    const issues = error.details.issues.map((issue) => {
      const path = Object.hasOwn(change, "edits") ? ["edits", ...issue.path] : issue.path.slice(1);
      return { ...issue, path };
    });
    throw new SmartEnrolmentsError("invalid_input", { issues });
  }
}

// src/engine/create.ts
function createSmartEnrolments(repositories, options) {
  const [host, parsed2] = parseTogether(
    () => parseRepositories(repositories),
    () => parseOptions(options)
  );
  const engine = new Engine(guard(host), parsed2);
  return {
    preview: (async (change, o) => {
      if (isWhatIf(change)) {
        const [learners, run7] = parseTogether(
          () => parseLearners(change),
          () => parseRunOptions(o)
        );
        return previewLearners(engine, new Run("check", run7), learners);
      }
      const [edits, run6] = parseTogether(
        () => parseEdits(change),
        () => parseRunOptions(o)
      );
      return whereGiven(change, () => preview(engine, new Run("check", run6), edits));
    }),
    async apply(change, o) {
      const [parsedChange, run6] = parseTogether(
        () => parseChange(change),
        () => parseRunOptions(o)
      );
      return whereGiven(change, () => apply(engine, parsedChange, run6));
    },
    async learnersChanged(ids, o) {
      const [learnerIds, run6] = parseTogether(
        () => parseIds(ids),
        () => parseRunOptions(o)
      );
      return learnersChanged(engine, learnerIds, run6);
    },
    async reconcile(o) {
      return reconcile(engine, parseReconcileOptions(o));
    },
    async settle(o) {
      const run6 = parseRunOptions(o);
      const writing = new Run("write", run6);
      writing.checkpoint();
      const catalog = await engine.repositories.catalog.load();
      await settleOutstanding(engine, writing, catalog, run6.confirm);
      return { revision: catalog.revision, summary: writing.tally.summary() };
    },
    async explain(learnerId, courseId, o) {
      const [asked, run6] = parseTogether(
        () => parseExplainArguments(learnerId, courseId),
        () => parseRunOptions(o)
      );
      run6.signal?.throwIfAborted();
      const matcher = engine.matcher(await engine.repositories.catalog.load());
      const [state] = await readStates(engine.repositories, { ids: [asked.learnerId] }, [asked.courseId]);
      return explain(matcher, state, asked.courseId);
    }
  };
}
function isWhatIf(change) {
  return Object.hasOwn(Object(change), "learners");
}

// src/engine/link-courses.ts
var READABLE = 200;
function linkCourses(segmentId, courseIds, profile) {
  const [segment, courses, rule] = parseTogether(
    () => parseId(segmentId, "segmentId"),
    () => parseIds(courseIds),
    () => profile === void 0 ? void 0 : parseRule(profile)
  );
  const narrowed2 = rule ? [hashOf(ruleKey(rule)).slice(0, 16)] : [];
  return [...new Set(courses)].map((courseId) => ({
    type: "link",
    link: {
      id: derivedId([segment, courseId, ...narrowed2]),
      segmentId: segment,
      courseId,
      ...rule && { profile: rule }
    }
  }));
}
function derivedId(parts) {
  const readable = JSON.stringify(parts);
  return readable.length <= READABLE ? readable : hashOf(parts);
}

// src/rules/build.ts
function field(id2) {
  return {
    equals: (value) => ({ field: id2, op: "equals", value }),
    contains: (value) => ({ field: id2, op: "contains", value }),
    startsWith: (value) => ({ field: id2, op: "startsWith", value }),
    endsWith: (value) => ({ field: id2, op: "endsWith", value }),
    in: (value) => ({ field: id2, op: "in", value }),
    lt: (value) => ({ field: id2, op: "lt", value }),
    lte: (value) => ({ field: id2, op: "lte", value }),
    gt: (value) => ({ field: id2, op: "gt", value }),
    gte: (value) => ({ field: id2, op: "gte", value }),
    blank: () => ({ field: id2, op: "blank" })
  };
}
function all(...rules) {
  return { all: rules };
}
function any(...rules) {
  return { any: rules };
}
function not(rule) {
  return { not: rule };
}
function inSegment(segmentId) {
  return { segment: segmentId };
}
var everyone2 = Object.freeze({ everyone: true });
function ruleFromList(list2) {
  const groups = [[]];
  for (const item of list2) {
    if (item === "or") groups.push([]);
    else if (item !== "and") groups.at(-1).push(item);
  }
  const alternatives = groups.filter((group) => group.length > 0).map((group) => group.length === 1 ? group[0] : { all: group });
  return alternatives.length === 1 ? alternatives[0] : { any: alternatives };
}

// src/sql/catalog-cache.ts
var CatalogCache = class {
  #own;
  #courses;
  #found;
  #fields;
  #works = /* @__PURE__ */ new Map();
  #whole;
  own(key) {
    return this.#own?.key === key ? this.#own.value : void 0;
  }
  keepOwn(key, value) {
    this.#own = { key, value };
  }
  courses(found) {
    if (this.#courses && this.#found === found) return this.#courses.value;
    this.#found = found;
    const key = JSON.stringify(found);
    if (this.#courses?.key !== key) this.#courses = { key, value: frozen2(JSON.parse(key)) };
    return this.#courses.value;
  }
  fields(found) {
    const key = JSON.stringify(found) ?? "";
    if (this.#fields?.key !== key) this.#fields = { key, value: found && frozen2(JSON.parse(key)) };
    return this.#fields.value;
  }
  work(stamp) {
    return this.#works.get(stamp);
  }
  /** Keeps the works that there are, and forgets the others. */
  keepWorks(works) {
    this.#works = works;
  }
  /** The whole of these parts: the same object for the same parts. `progress` says how far the works are. */
  whole(catalog, progress) {
    const last = this.#whole;
    const isSame3 = last && last.key === progress && last.value.revision === catalog.revision && last.value.fields === catalog.fields && last.value.courses === catalog.courses && last.value.segments === catalog.segments && last.value.links === catalog.links;
    if (isSame3) return last.value;
    this.#whole = { key: progress, value: Object.freeze(catalog) };
    return catalog;
  }
};
function frozen2(value) {
  if (typeof value === "object" && value !== null)
    for (const inner of Object.values(Object.freeze(value))) frozen2(inner);
  return value;
}

// src/sql/retry.ts
var AGAIN = /* @__PURE__ */ new Set(["40001", "40P01", "ER_LOCK_DEADLOCK", "P2034"]);
var AGAIN_NUMBERS = /* @__PURE__ */ new Set([1213]);
var MOST = 10;
async function retrying(work) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= MOST || !mayHelp(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 ** attempt));
    }
  }
}
function mayHelp(error) {
  return causes(error).some(({ code, errno }) => AGAIN.has(String(code)) || AGAIN_NUMBERS.has(Number(errno)));
}
function causes(error) {
  const found = [];
  for (let next = error; typeof next === "object" && next !== null && found.length < 8; ) {
    found.push(next);
    const { meta, cause } = next;
    if (typeof meta === "object" && meta !== null) found.push(meta);
    next = cause;
  }
  return found;
}

// src/sql/explained.ts
var ADVICE = [
  [
    ["42P01", "3F000", 1146, "no such table"],
    "A table is missing: migrate(driver, { prefix }) makes those of the library, and the names of the others are as sqlHost was told."
  ],
  [
    ["42883"],
    "Two types do not fit together: what the ids of learners are, text, integer or uuid, sqlHost({ learners: { ids } }) says, and migrate(driver, { learnerIds }) the same."
  ],
  [["42703", 1054, "no such column"], "A column is missing: the names are as sqlHost was told."],
  [
    ["55P03", 1205],
    "A lock was waited for too long: another transaction has had it all the while. Nothing was changed; try again, or look for a transaction that was left open."
  ],
  [["57014", 1317, 3024, 1969], "A statement took too long, or was cancelled. Nothing was changed."],
  [
    ["25006", 1290, 1792, "readonly database"],
    "The database only answers questions: pass a driver of the one that is written to, not of a replica."
  ],
  [
    [
      "08000",
      "08003",
      "08006",
      "57P01",
      "57P02",
      "57P03",
      "ECONNRESET",
      "ECONNREFUSED",
      "EPIPE",
      "PROTOCOL_CONNECTION_LOST",
      // What clients say without a code: pg, and mysql2 of a connection that is closed.
      "Connection terminated",
      "Client has encountered a connection error",
      "Client was closed and is not queryable",
      "connection is in closed state"
    ],
    "The connection was lost, or could not be made. What was not committed was undone; do it again, and settle() finishes what an edit left."
  ],
  [
    ["timeout exceeded when trying to connect", "No connections available", "Queue limit reached"],
    "The pool had no connection to give in time: each transaction has one until it ends. Make the pool larger, or look for what keeps them; a host function that is given a transaction must not ask the pool."
  ],
  [["53300", 1040, 1203], "The database takes no more connections: make the pool smaller, or use the one there is."],
  [
    ["42501", 1142, 1044, "unrecognized configuration parameter"],
    "The database does not allow it: grant it, and under row-level security pass a driver whose transaction has the tenant set."
  ]
];
function explained(error) {
  const found = causes(error);
  const isOne = (code) => found.some(
    (one) => (typeof code === "number" ? one.errno === code : one.code === code) || typeof code === "string" && code.includes(" ") && String(one.message).includes(code)
  );
  const advice = ADVICE.find(([codes]) => codes.some(isOne))?.[1];
  if (advice === void 0 || found.some((one) => String(one.message).startsWith(advice))) return error;
  return new Error(`${advice} (${String(found[0]?.message)})`, { cause: error });
}

// src/sql/fragment.ts
var Fragment = class {
  constructor(texts, parameters) {
    this.texts = texts;
    this.parameters = parameters;
  }
  texts;
  parameters;
};
function sql(strings, ...values) {
  const texts = [strings[0]];
  const parameters = [];
  for (const [i, value] of values.entries()) {
    const after = strings[i + 1];
    if (value instanceof Fragment) {
      append(texts, value.texts[0]);
      for (let t = 1; t < value.texts.length; t++) texts.push(value.texts[t]);
      for (const parameter of value.parameters) parameters.push(parameter);
      append(texts, after);
    } else {
      parameters.push(value);
      texts.push(after);
    }
  }
  return new Fragment(texts, parameters);
}
function raw(text2) {
  return new Fragment([text2], []);
}
var NO_DISK = raw(`set_config('synchronous_commit', 'off', true)`);
function joined2(pieces, separator) {
  const between = raw(separator);
  return pieces.reduce((all2, piece, i) => i === 0 ? piece : sql`${all2}${between}${piece}`, raw(""));
}
async function run3(db, statement) {
  try {
    return await db.query(textOf(statement, db.dialect), statement.parameters);
  } catch (error) {
    throw explained(error);
  }
}
async function ask(db, statement) {
  const rows2 = await run3(db, statement);
  if (rows2.every(({ j }) => typeof j === "string")) {
    return JSON.parse(`[${rows2.map(({ j }) => j).join()}]`);
  }
  return rows2.map(({ j }) => typeof j === "string" ? JSON.parse(j) : j);
}
function textOf({ texts }, dialect) {
  if (dialect !== "postgres") return texts.join("?");
  return texts.map((text2, i) => i === 0 ? text2 : `$${i}${text2}`).join("");
}
function append(texts, text2) {
  texts[texts.length - 1] += text2;
}

// src/sql/id-kind.ts
var ID_KINDS = ["text", "integer", "uuid"];
var SHAPES2 = {
  integer: /^(?:0|-?[1-9]\d{0,17})$/u,
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u
};
function isOfKind(kind, id2) {
  return kind === "text" || SHAPES2[kind].test(id2);
}
function typeOfKind(dialect, kind) {
  if (kind === "integer") return raw("BIGINT");
  if (kind === "uuid") return raw({ postgres: "uuid", mysql: "CHAR(36) CHARACTER SET ascii", sqlite: "TEXT" }[dialect]);
  return raw({ postgres: "text", mysql: "VARBINARY(1024)", sqlite: "TEXT" }[dialect]);
}
function ofKind(dialect, kind, text2) {
  if (kind === "integer") return sql`CAST(${text2} AS ${raw(dialect === "mysql" ? "SIGNED" : "BIGINT")})`;
  if (dialect === "mysql") return kind === "uuid" ? sql`CONVERT(${text2} USING ascii)` : sql`CAST(${text2} AS BINARY)`;
  return dialect === "postgres" ? sql`CAST(${text2} AS ${raw(kind)})` : text2;
}
function asText(dialect, id2) {
  return dialect === "mysql" ? sql`CONVERT(${id2} USING utf8mb4)` : sql`CAST(${id2} AS TEXT)`;
}

// src/sql/identifier.ts
var LONGEST2 = 63;
function quoted(dialect, name, what) {
  const parts = String(name).split(".");
  const isName = (part) => part.length > 0 && part.length <= LONGEST2 && !part.includes("\0");
  if (typeof name !== "string" || !parts.every(isName)) {
    throw refused(
      what,
      `It is the name of a column, or of a table with its schema before a dot, of ${LONGEST2} characters each.`
    );
  }
  const mark2 = dialect === "mysql" ? "`" : '"';
  return raw(parts.map((part) => `${mark2}${part.replaceAll(mark2, mark2 + mark2)}${mark2}`).join("."));
}
function refused(what, message) {
  return new SmartEnrolmentsError("invalid_input", {
    issues: [{ code: "wrong_type", path: what.split("."), message }]
  });
}

// src/sql/json.ts
var UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/iu;
function jsonOf(value) {
  const json = JSON.stringify(value);
  const found = json.includes("\\u") && UNSTORABLE.exec(json);
  if (found) {
    const around = json.slice(Math.max(0, found.index - 40), found.index + found[0].length + 20);
    throw refused(
      "text",
      `No database stores text with NUL or half of a surrogate pair in it, as there is in ${around}.`
    );
  }
  return json;
}

// src/sql/dialect.ts
function isOneOf(dialect, column, kind, ids) {
  switch (dialect) {
    case "postgres": {
      const list2 = raw(`${kind === "integer" ? "bigint" : kind}[]`);
      return sql`${column} = ANY((SELECT CAST(${arrayOf(ids)}::text AS ${list2}))::${list2})`;
    }
    case "sqlite":
      return sql`${column} IN (SELECT ${ofKind(dialect, kind, raw("value"))} FROM json_each(${jsonOf(ids)}))`;
    case "mysql":
      return ids.length === 0 ? raw("FALSE") : sql`${column} IN (${listOf2(ids)})`;
    default:
      return dialect;
  }
}
function arrayOf(values) {
  const isPlain2 = !values.includes(null) && !/[\\"\0\ud800-\udfff]/u.test(values.join());
  if (isPlain2) return values.length === 0 ? "{}" : `{"${values.join('","')}"}`;
  jsonOf(values);
  const texts = values.map((value) => value === null ? "NULL" : `"${String(value).replace(/[\\"]/gu, "\\$&")}"`);
  return `{${texts.join()}}`;
}
function listOf2(ids) {
  jsonOf(ids);
  const padded = [...ids, ...new Array(2 ** Math.ceil(Math.log2(ids.length)) - ids.length).fill(ids.at(-1))];
  return new Fragment(["", ...padded.slice(1).map(() => ", "), ""], padded);
}
function given(dialect, columns, rows2) {
  const names = Object.entries(columns);
  switch (dialect) {
    case "postgres": {
      const lists = names.map(
        ([name, type]) => sql`CAST(${arrayOf(rows2.map((row) => row[name]))}::text AS ${raw(type === "text" ? "text[]" : "bigint[]")})`
      );
      return sql`unnest(${joined2(lists, ", ")}) AS given(${raw(Object.keys(columns).join(", "))})`;
    }
    case "sqlite":
      return sql`(SELECT ${raw(
        names.map(([name]) => `json_extract(value, '$.${name}') AS ${name}`).join(", ")
      )} FROM json_each(${jsonOf(rows2)})) AS given`;
    case "mysql":
      return sql`JSON_TABLE(${jsonOf(rows2)}, '$[*]' COLUMNS(${raw(
        names.map(
          ([name, type]) => `${name} ${type === "text" ? "LONGTEXT CHARACTER SET utf8mb4" : "BIGINT"} PATH '$.${name}'`
        ).join(", ")
      )})) AS given`;
    default:
      return dialect;
  }
}
function jsonArray(dialect, items) {
  const list2 = joined2(items, ", ");
  switch (dialect) {
    case "postgres":
      return sql`CAST(json_build_array(${list2}) AS text)`;
    case "sqlite":
      return sql`json_array(${list2})`;
    case "mysql":
      return sql`CAST(JSON_ARRAY(${list2}) AS CHAR)`;
    default:
      return dialect;
  }
}
function unlessThere(dialect, key, replace = []) {
  if (dialect === "mysql") {
    const columns2 = replace.length > 0 ? replace.map((name) => `${name} = VALUES(${name})`) : ["tenant = VALUES(tenant)"];
    return raw(`ON DUPLICATE KEY UPDATE ${columns2.join(", ")}`);
  }
  const columns = replace.map((name) => `${name} = excluded.${name}`);
  return raw(`ON CONFLICT (${key}) DO ${columns.length > 0 ? `UPDATE SET ${columns.join(", ")}` : "NOTHING"}`);
}

// src/sql/catalog-lock.ts
async function shareCatalog(session) {
  const { db, setting } = session;
  if (db.dialect === "postgres")
    await run3(db, sql`SELECT pg_advisory_xact_lock_shared(hashtextextended(${keyOf(session)}, 0))`);
  else if (db.dialect === "mysql") {
    const { tables, tenant } = setting;
    const found = await run3(
      db,
      sql`SELECT revision FROM ${tables.catalog} WHERE tenant = ${tenant} LOCK IN SHARE MODE`
    );
    if (found.length === 0) await claimCatalog(session);
  }
}
async function claimCatalog(session) {
  const { db, setting } = session;
  if (db.dialect === "postgres")
    await run3(db, sql`SELECT pg_advisory_xact_lock(hashtextextended(${keyOf(session)}, 0))`);
  else if (db.dialect === "mysql") {
    const { tables, tenant } = setting;
    await run3(
      db,
      sql`INSERT INTO ${tables.catalog} (tenant, revision, stamp) VALUES (${tenant}, 0, '') ${unlessThere("mysql", "tenant")}`
    );
    await run3(db, sql`SELECT revision FROM ${tables.catalog} WHERE tenant = ${tenant} FOR UPDATE`);
  }
}
function keyOf({ setting: { prefix = "", tenant } }) {
  return `smart-enrolments catalog ${prefix} ${tenant}`;
}

// src/sql/options.ts
var DIALECTS = ["postgres", "mysql", "sqlite"];
var HOST = ["fields", "courses", "learners", "page", "individual", "training"];
var LIMITS = ["lockTimeout", "statementTimeout", "mostLockedByHost"];
var KEYS = ["driver", "host", "prefix", "tenant", "concurrency", ...LIMITS];
var LONGEST_TENANT = 64;
function checkDriver(driver) {
  const isDriver = typeof driver?.query === "function" && typeof driver.transaction === "function";
  if (isDriver && DIALECTS.some((dialect) => dialect === driver.dialect)) return;
  throw refused("driver", "It is a SqlDriver: what fromPg, fromMysql2 and the others make of what the host has.");
}
function checkDialect(dialect, known = DIALECTS) {
  if (!known.includes(dialect)) throw refused("dialect", `It is one of ${known.join(", ")}.`);
}
function checkKeys(options, known) {
  const unknown2 = Object.keys(options).find((key) => !known.includes(key));
  if (unknown2 !== void 0) throw refused(unknown2, "There is no such option.");
}
function checkOptions(options) {
  const { driver, host, tenant } = options ?? {};
  checkDriver(driver);
  const missing = HOST.filter((name) => typeof host?.[name] !== "function");
  if (missing.length > 0) {
    throw refused(
      "host",
      `It is a SqlHost, which sqlHost makes of a description of tables; it lacks ${missing.join(", ")}.`
    );
  }
  checkKeys(options, KEYS);
  if (host?.tenant !== void 0 && tenant === void 0) {
    throw refused(
      "tenant",
      `The host's tables are read as tenant ${JSON.stringify(host.tenant)}: say whose the library's rows are too, so that they are kept apart; '' if its tables are this tenant's alone.`
    );
  }
  if (tenant !== void 0 && (typeof tenant !== "string" || new TextEncoder().encode(tenant).length > LONGEST_TENANT)) {
    throw refused("tenant", `It is text of up to ${LONGEST_TENANT} bytes.`);
  }
  const { concurrency = 1 } = options;
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > CONCURRENCY) {
    throw refused("concurrency", `It is a whole number from 1 to ${CONCURRENCY}.`);
  }
  for (const name of LIMITS) {
    const value = options[name];
    if (value === void 0 || Number.isSafeInteger(value) && value > 0) continue;
    throw refused(name, "It is a whole number above 0.");
  }
}

// src/sql/tables.ts
var NAMES2 = ["schema", "catalog", "segments", "links", "unsettled", "learners", "pairs"];
var PREFIX = "smart_enrolments_";
function tablesOf(dialect, prefix = PREFIX) {
  if (typeof prefix !== "string" || !/^(?:[A-Za-z_]\w{0,62}\.)?[A-Za-z_]\w{0,39}$/u.test(prefix)) {
    throw refused(
      "prefix",
      "It is up to 40 letters, digits and underscores, with the name of a schema before a dot or without."
    );
  }
  return Object.fromEntries(NAMES2.map((name) => [name, quoted(dialect, prefix + name, "prefix")]));
}

// src/sql/migrate.ts
var VERSION = 1;
async function migrate(driver, options = {}) {
  checkDriver(driver);
  checkSchemaOptions(options);
  const tables = tablesOf(driver.dialect, options.prefix);
  await driver.transaction(async (tx) => {
    for (const statement of opening(tx.dialect, options.prefix)) await run3(tx, statement);
    for (const statement of statements(tx.dialect, tables, options)) await run3(tx, statement);
  });
  await checkSchema(driver, tables, options);
}
function migrationSql(dialect, options = {}) {
  checkDialect(dialect);
  checkSchemaOptions(options);
  const tables = tablesOf(dialect, options.prefix);
  return statements(dialect, tables, options).map(({ texts }) => `${texts.join("")};
`).join("\n");
}
function checkSchemaOptions(options) {
  checkKeys(options, ["prefix", "learnerIds"]);
  const { learnerIds = "text" } = options;
  if (!ID_KINDS.includes(learnerIds)) throw refused("learnerIds", `It is one of ${ID_KINDS.join(", ")}.`);
}
async function checkSchemaOnce({ db, setting }) {
  if (setting.isChecked) return;
  await checkSchema(db, setting.tables, setting.host);
  setting.isChecked = true;
}
async function checkSchema(driver, tables, { learnerIds = "text" }) {
  const [found] = await ask(
    driver,
    sql`SELECT description AS j FROM ${tables.schema}`
  );
  if (found?.version !== VERSION) {
    const version = found?.version ?? "unknown";
    throw refused(
      "prefix",
      `The tables are of version ${version}, not ${VERSION}: run migrate(driver) of this version of the library.`
    );
  }
  if (found.learnerIds !== learnerIds) {
    throw refused(
      "learnerIds",
      `The tables were made for ids of learners that are ${found.learnerIds}, not ${learnerIds}: sqlHost({ learners: { ids } }) and migrate(driver, { learnerIds }) have to say the same. If these do and the tables hold nothing yet, drop them and migrate again: DROP TABLE ${Object.values(
        tables
      ).map(({ texts }) => texts.join("")).join(", ")}.`
    );
  }
}
function opening(dialect, prefix = "") {
  return dialect === "postgres" ? [sql`SELECT pg_advisory_xact_lock(hashtextextended(${`smart-enrolments migrate ${prefix}`}, 0))`] : [];
}
function statements(dialect, tables, { learnerIds = "text" }) {
  const { schema, catalog, segments, links, unsettled, learners, pairs } = tables;
  const id2 = typeOfKind(dialect, "text");
  const tenant = raw({ postgres: "text", mysql: "VARBINARY(64)", sqlite: "TEXT" }[dialect]);
  const long = raw(dialect === "mysql" ? "LONGTEXT CHARACTER SET utf8mb4" : "TEXT");
  const short = raw(dialect === "mysql" ? "VARCHAR(64) CHARACTER SET ascii" : "TEXT");
  const number2 = raw(
    {
      postgres: "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
      mysql: "BIGINT AUTO_INCREMENT PRIMARY KEY",
      sqlite: "INTEGER PRIMARY KEY AUTOINCREMENT"
    }[dialect]
  );
  const learner = typeOfKind(dialect, learnerIds);
  const roomy = raw(dialect === "postgres" ? " WITH (fillfactor = 70)" : "");
  const description = JSON.stringify({ version: VERSION, learnerIds });
  const pairKeys = dialect === "mysql" ? raw(`hash BINARY(32) AS (UNHEX(SHA2(CONCAT(LENGTH(course_id), ':', course_id, link_id), 256))) STORED,
  UNIQUE (tenant, hash),
  INDEX (tenant, link_id(255))`) : raw("UNIQUE (tenant, link_id, course_id)");
  return [
    sql`CREATE TABLE IF NOT EXISTS ${schema} (
  one INTEGER PRIMARY KEY,
  description ${long} NOT NULL
)`,
    sql`CREATE TABLE IF NOT EXISTS ${catalog} (
  tenant ${tenant} PRIMARY KEY,
  revision BIGINT NOT NULL,
  stamp ${short} NOT NULL
)`,
    sql`CREATE TABLE IF NOT EXISTS ${segments} (
  tenant ${tenant} NOT NULL,
  id ${id2} NOT NULL,
  title ${long} NOT NULL,
  rule ${long},
  PRIMARY KEY (tenant, id)
)`,
    sql`CREATE TABLE IF NOT EXISTS ${links} (
  tenant ${tenant} NOT NULL,
  id ${id2} NOT NULL,
  segment_id ${id2} NOT NULL,
  course_id ${id2} NOT NULL,
  profile ${long},
  PRIMARY KEY (tenant, id)
)`,
    sql`CREATE TABLE IF NOT EXISTS ${unsettled} (
  tenant ${tenant} NOT NULL,
  revision BIGINT NOT NULL,
  stamp ${short} NOT NULL,
  links ${long} NOT NULL,
  courses ${long} NOT NULL,
  pass ${short} NOT NULL,
  after_id ${long},
  PRIMARY KEY (tenant, revision)
)`,
    sql`CREATE TABLE IF NOT EXISTS ${learners} (
  tenant ${tenant} NOT NULL,
  learner_id ${learner} NOT NULL,
  held ${long} NOT NULL,
  PRIMARY KEY (tenant, learner_id)
)${roomy}`,
    sql`CREATE TABLE IF NOT EXISTS ${pairs} (
  no ${number2},
  tenant ${tenant} NOT NULL,
  course_id ${id2} NOT NULL,
  link_id ${id2} NOT NULL,
  ${pairKeys}
)`,
    dialect === "mysql" ? sql`INSERT INTO ${schema} (one, description) VALUES (1, ${raw(`'${description}'`)}) ON DUPLICATE KEY UPDATE one = 1` : sql`INSERT INTO ${schema} (one, description) VALUES (1, ${raw(`'${description}'`)}) ON CONFLICT (one) DO NOTHING`
  ];
}

// src/sql/held.ts
var COMMA = 44;
var ZERO = 48;
var NOTHING3 = /* @__PURE__ */ new Set();
var Reading = class {
  #held;
  /** The number come to, and where it begins and ends. */
  number = 0;
  start = 0;
  end = -1;
  constructor(held) {
    this.#held = held;
  }
  /** Comes to the next one; false where there is none. */
  next() {
    const held = this.#held;
    if (this.end + 1 >= held.length) return false;
    this.start = this.end + 1;
    let number2 = 0;
    let at3 = this.start;
    for (; at3 < held.length; at3++) {
      const code = held.charCodeAt(at3);
      if (code === COMMA) break;
      number2 = number2 * 10 + code - ZERO;
    }
    this.number = number2;
    this.end = at3;
    return true;
  }
};
function heldAfter(held, assigned, released, compare2) {
  const gone = released.length > 0 ? new Set(released) : NOTHING3;
  const added = gone.size === 0 ? assigned : assigned.filter((number2) => !gone.has(number2));
  let after = "";
  let [from, next] = [0, 0];
  for (const reading = new Reading(held); (next < added.length || gone.size > 0) && reading.next(); ) {
    const { number: number2, start, end } = reading;
    while (next < added.length && compare2(number2, added[next]) > 0) {
      after += `${held.slice(from, start)}${added[next++]},`;
      from = start;
    }
    if (added[next] === number2) next++;
    if (gone.has(number2)) {
      after += held.slice(from, start);
      from = end + 1;
    }
  }
  after += held.slice(from);
  for (; next < added.length; next++) after += `${after === "" || after.endsWith(",") ? "" : ","}${added[next]}`;
  return after.endsWith(",") ? after.slice(0, -1) : after;
}

// src/sql/select.ts
async function select(db, items, from) {
  if (db.dialect !== "postgres") return ask(db, sql`SELECT ${jsonArray(db.dialect, items)} AS j ${from}`);
  const [found] = await ask(db, byColumns(items, from));
  return rowsOf(found);
}
function byColumns(items, from) {
  const columns = items.map((item, i) => sql`${item} AS ${raw(`c${i}`)}`);
  const lists = items.map((_, i) => raw(`json_agg(c${i})`));
  const rows2 = sql`SELECT ${joined2(columns, ", ")} ${from}`;
  return sql`SELECT ${jsonArray("postgres", lists)} AS j FROM (${rows2}) AS selected`;
}
function rowsOf(columns) {
  const rows2 = [];
  const { length } = columns[0] ?? [];
  for (let at3 = 0; at3 < length; at3++) {
    const row = [];
    for (let column = 0; column < columns.length; column++) row.push(columns[column][at3]);
    rows2.push(row);
  }
  return rows2;
}

// src/sql/numbers.ts
var COLUMNS = { course: "text", link: "text" };
async function numbersOf(session, pairs) {
  const unknown2 = () => pairs.filter((pair) => session.pairs.number(pair) === void 0);
  await learnNumbers(session, unknown2());
  const without = unknown2();
  if (without.length === 0) return;
  const { db, setting } = session;
  const { tables, tenant } = setting;
  session.writes();
  await run3(
    db,
    sql`INSERT INTO ${tables.pairs} (tenant, course_id, link_id) SELECT ${tenant}, course, link FROM ${givenPairs(session, without)} WHERE TRUE
      ${unlessThere(db.dialect, "tenant, link_id, course_id")}`
  );
  await learnNumbers(session, without);
}
async function learnNumbers(session, pairs) {
  if (pairs.length === 0) return;
  const { dialect } = session.db;
  const [course, link] = [ofKind(dialect, "text", raw("given.course")), ofKind(dialect, "text", raw("given.link"))];
  await learn(session, givenPairs(session, pairs), sql`p.link_id = ${link} AND p.course_id = ${course}`);
}
function givenPairs({ db }, pairs) {
  const rows2 = pairs.toSorted(compareAssignments).map(({ courseId, linkId }) => ({ course: courseId, link: linkId }));
  return given(db.dialect, COLUMNS, rows2);
}
async function learnPairs(session, lists) {
  const unknown2 = /* @__PURE__ */ new Set();
  for (const held of lists) {
    for (const reading = new Reading(held); reading.next(); ) {
      if (!session.pairs.pair(reading.number)) unknown2.add(reading.number);
    }
  }
  if (unknown2.size === 0) return;
  const rows2 = [...unknown2].map((no) => ({ no }));
  await learn(session, given(session.db.dialect, { no: "integer" }, rows2), raw("p.no = given.no"));
  const lost = [...unknown2].filter((number2) => !session.pairs.pair(number2));
  if (lost.length === 0) return;
  throw new Error(
    `Learners hold assignments whose numbers are not in the table of pairs (${lost.slice(0, 5).join(", ")}): the library's tables are not of one backup. Restore them together.`
  );
}
async function learn(session, rows2, belongs) {
  const { db, setting } = session;
  const { dialect } = db;
  const found = await select(
    db,
    [raw("p.no"), asText(dialect, raw("p.course_id")), asText(dialect, raw("p.link_id"))],
    sql`FROM ${rows2} JOIN ${setting.tables.pairs} AS p ON p.tenant = ${setting.tenant} AND ${belongs}`
  );
  for (const [number2, courseId, linkId] of found) session.pairs.add(number2, { courseId, linkId });
}

// src/sql/catalog.ts
function catalogIn(session, within2) {
  return {
    async load() {
      session.check();
      await checkSchemaOnce(session);
      if (session.db.inTransaction && !session.still) {
        await shareCatalog(session);
        session.holdStill();
      }
      return load(session);
    },
    commit: (change, { expected, unsettled }) => within2(async (inside) => {
      await claimCatalog(inside);
      inside.holdStill();
      const { revision: found } = await position(inside);
      if (found !== expected) throw new SmartEnrolmentsError("catalog_conflict", { expected, found });
      await store(inside, change, unsettled, found + 1);
      return found + 1;
    }),
    async settled(work) {
      session.check();
      await settle(session, work);
    }
  };
}
async function position({ db, setting: { tables, tenant } }) {
  const { dialect } = db;
  const rows2 = await ask(
    db,
    sql`SELECT ${jsonArray(dialect, [raw("revision"), raw("stamp")])} AS j FROM ${tables.catalog} WHERE tenant = ${tenant}
      UNION ALL SELECT ${jsonArray(dialect, [raw("revision"), raw("stamp"), raw("pass"), raw("after_id")])} AS j
      FROM ${tables.unsettled} WHERE tenant = ${tenant}`
  );
  const [revision, stamp] = rows2.find((row) => row.length === 2) ?? [0, ""];
  const works = rows2.filter((row) => row.length === 4).sort(([a], [b]) => a - b);
  return { revision, stamp, works };
}
async function load(session) {
  const { db, setting } = session;
  const { catalog: cache, host } = setting;
  const { revision, stamp, works } = await position(session);
  const fields = cache.fields(await host.fields(db));
  const courses = cache.courses(await host.courses(db));
  const known = cache.own(stamp);
  const own2 = known ?? await readOwn(session);
  if (!known) {
    const { stamp: now } = await position(session);
    if (now !== stamp) return load(session);
    cache.keepOwn(stamp, own2);
  }
  const unsettled = await readWorks(session, works);
  if (!unsettled) return load(session);
  return cache.whole({ revision, ...fields && { fields }, courses, ...own2, unsettled }, JSON.stringify(works));
}
async function readOwn({ db, setting: { tables, tenant } }) {
  const { dialect } = db;
  const text2 = (name) => asText(dialect, raw(name));
  const segments = await select(
    db,
    [text2("id"), raw("title"), raw("rule")],
    sql`FROM ${tables.segments} WHERE tenant = ${tenant} ORDER BY id`
  );
  const links = await select(
    db,
    [text2("id"), text2("segment_id"), text2("course_id"), raw("profile")],
    sql`FROM ${tables.links} WHERE tenant = ${tenant} ORDER BY id`
  );
  return frozen2({
    segments: segments.map(
      ([id2, title, rule]) => ({ id: id2, title, ...rule !== null && { rule: JSON.parse(rule) } })
    ),
    links: links.map(
      ([id2, segmentId, courseId, profile]) => ({
        id: id2,
        segmentId,
        courseId,
        ...profile !== null && { profile: JSON.parse(profile) }
      })
    )
  });
}
async function readWorks({ db, setting: { tables, tenant, catalog: cache } }, works) {
  const about = new Map(works.flatMap(([, stamp]) => [[stamp, cache.work(stamp)]]).filter(([, work]) => work));
  const unknown2 = works.filter(([, stamp]) => !about.has(stamp));
  if (unknown2.length > 0) {
    const rows2 = await select(
      db,
      [raw("stamp"), raw("links"), raw("courses")],
      sql`FROM ${tables.unsettled} WHERE tenant = ${tenant}`
    );
    for (const [stamp, links, courses] of rows2) {
      about.set(stamp, frozen2({ links: JSON.parse(links), courses: JSON.parse(courses) }));
    }
    if (unknown2.some(([, stamp]) => !about.has(stamp))) return void 0;
  }
  cache.keepWorks(new Map(works.map(([, stamp]) => [stamp, about.get(stamp)])));
  return Object.freeze(
    works.map(
      ([revision, stamp, pass, after]) => Object.freeze({ revision, ...about.get(stamp), pass, ...after !== null && { after } })
    )
  );
}
async function store(session, change, unsettled, revision) {
  const { db, setting } = session;
  const { tables, tenant } = setting;
  const { dialect } = db;
  const { saveSegments, deleteSegments, saveLinks, deleteLinks } = change;
  session.writes();
  await run3(
    db,
    sql`INSERT INTO ${tables.catalog} (tenant, revision, stamp) VALUES (${tenant}, ${revision}, ${stampOf()}) ${unlessThere(dialect, "tenant", ["revision", "stamp"])}`
  );
  if (deleteSegments.length > 0) {
    await run3(
      db,
      sql`DELETE FROM ${tables.segments} WHERE tenant = ${tenant} AND ${isOneOf(dialect, raw("id"), "text", deleteSegments)}`
    );
  }
  if (deleteLinks.length > 0) {
    await run3(
      db,
      sql`DELETE FROM ${tables.links} WHERE tenant = ${tenant} AND ${isOneOf(dialect, raw("id"), "text", deleteLinks)}`
    );
  }
  if (saveSegments.length > 0) {
    const rows2 = saveSegments.map(({ id: id2, title, rule }) => ({ id: id2, title, rule: rule ? JSON.stringify(rule) : null }));
    await run3(
      db,
      sql`INSERT INTO ${tables.segments} (tenant, id, title, rule) SELECT ${tenant}, id, title, rule
        FROM ${given(dialect, { id: "text", title: "text", rule: "text" }, rows2)} WHERE TRUE ${unlessThere(dialect, "tenant, id", ["title", "rule"])}`
    );
  }
  if (saveLinks.length > 0) {
    const rows2 = saveLinks.map(({ id: id2, segmentId, courseId, profile }) => ({
      ...{ id: id2, segment: segmentId, course: courseId },
      profile: profile ? JSON.stringify(profile) : null
    }));
    await run3(
      db,
      sql`INSERT INTO ${tables.links} (tenant, id, segment_id, course_id, profile) SELECT ${tenant}, id, segment, course, profile
        FROM ${given(dialect, { id: "text", segment: "text", course: "text", profile: "text" }, rows2)} WHERE TRUE
        ${unlessThere(dialect, "tenant, id", ["segment_id", "course_id", "profile"])}`
    );
    await numbersOf(
      session,
      saveLinks.map(({ id: linkId, courseId }) => ({ courseId, linkId }))
    );
  }
  await run3(
    db,
    sql`INSERT INTO ${tables.unsettled} (tenant, revision, stamp, links, courses, pass, after_id) VALUES (${tenant}, ${revision}, ${stampOf()},
      ${jsonOf(unsettled.links)}, ${jsonOf(unsettled.courses)}, ${unsettled.pass}, ${unsettled.after ?? null})`
  );
}
async function settle(session, work) {
  const { db, setting } = session;
  const { tables, tenant } = setting;
  const { revision, pass, after, done } = work;
  session.writes();
  const soon = db.dialect === "postgres" && !db.inTransaction ? sql`AND ${NO_DISK} IS NOT NULL` : raw("");
  const which = sql`WHERE tenant = ${tenant} AND revision = ${revision} ${soon}`;
  if (done) await run3(db, sql`DELETE FROM ${tables.unsettled} ${which}`);
  else await run3(db, sql`UPDATE ${tables.unsettled} SET pass = ${pass}, after_id = ${after ?? null} ${which}`);
}
function stampOf() {
  return globalThis.crypto.randomUUID();
}

// src/sql/range.ts
function inRange(dialect, kind, column, { after, upTo }) {
  const bounds = [];
  if (after !== void 0) bounds.push(sql`${column} > ${bound2(dialect, kind, after)}`);
  if (upTo !== void 0) bounds.push(sql`${column} <= ${bound2(dialect, kind, upTo)}`);
  return bounds.length > 0 ? joined2(bounds, " AND ") : raw("TRUE");
}
function bound2(dialect, kind, id2) {
  return ofKind(dialect, kind, dialect === "postgres" ? sql`${id2}::text` : sql`${id2}`);
}

// src/sql/holders.ts
var FEW = 50;
var WIDEST = 2e4;
async function holders(session, { links, after, upTo, limit }) {
  if (!links) return anyHolders(session, { after, upTo }, limit);
  const pairs = await numbersByLinks(session, links);
  if (pairs.size === 0) return [];
  const found = [];
  let width = limit;
  for (let cursor = after; ; width = Math.min(2 * width, Math.max(limit, WIDEST))) {
    const rows2 = await window(session, { after: cursor, upTo }, width, pairs);
    for (const [id2, held] of rows2) if (isHolder(held, pairs)) found.push(id2);
    const last = rows2.at(-1);
    if (found.length >= limit || last?.[2] !== width) return found.slice(0, limit);
    cursor = last[0];
  }
}
async function anyHolders(session, range, limit) {
  const { db, setting } = session;
  const id2 = raw("learner_id");
  const rows2 = await select(
    db,
    [asText(db.dialect, id2)],
    sql`FROM ${setting.tables.learners} WHERE ${holding2(session, range)} ORDER BY ${id2} LIMIT ${raw(String(limit))}`
  );
  return rows2.map(([found]) => found);
}
function holding2({ db, setting: { tenant, kind } }, range) {
  return sql`tenant = ${tenant} AND held <> '' AND ${inRange(db.dialect, kind, raw("learner_id"), range)}`;
}
function isHolder(held, pairs) {
  if (typeof held === "string") return held.split(",").some((pair) => pairs.has(Number(pair)));
  return held === true || held === 1;
}
async function window(session, range, width, pairs) {
  const { db, setting } = session;
  const { dialect } = db;
  const id2 = raw("learner_id");
  const rows2 = sql`SELECT ${id2}, held, ROW_NUMBER() OVER (ORDER BY ${id2}) AS place FROM ${setting.tables.learners} WHERE ${holding2(session, range)}
    ORDER BY ${id2} LIMIT ${raw(String(width))}`;
  const isFew = pairs.size <= FEW;
  const holds = isFew ? holdsOne(dialect, pairs) : raw("TRUE");
  const held = raw(isFew ? "holds" : "held");
  return select(
    db,
    [asText(dialect, id2), held, raw("place")],
    sql`FROM (SELECT ${id2}, held, place, ${holds} AS holds FROM (${rows2}) AS looked_at) AS judged
      WHERE holds OR place = ${raw(String(width))} ORDER BY place`
  );
}
function holdsOne(dialect, pairs) {
  const list2 = dialect === "mysql" ? raw(`CONCAT(',', held, ',')`) : raw(`(',' || held || ',')`);
  return sql`(${joined2(
    [...pairs].map((pair) => sql`${list2} LIKE ${`%,${pair},%`}`),
    " OR "
  )})`;
}
async function numbersByLinks({ db, setting: { tables, tenant } }, links) {
  const found = /* @__PURE__ */ new Set();
  const wanted = [...new Set(links)];
  for (let from = 0; from < wanted.length; from += 1e4) {
    const which = isOneOf(db.dialect, raw("link_id"), "text", wanted.slice(from, from + 1e4));
    const rows2 = await select(
      db,
      [raw("no")],
      sql`FROM ${tables.pairs} WHERE tenant = ${tenant} AND ${which}`
    );
    for (const [no] of rows2) found.add(no);
  }
  return found;
}

// src/sql/learner-rows.ts
async function lockRows(session, ids) {
  for (const [id2, held] of await rows(session, ids, true)) session.hold(id2, held);
  return ids.filter((id2) => session.held(id2) === void 0);
}
async function readRows(session, ids) {
  const others = ids.filter((id2) => session.held(id2) === void 0);
  const found = new Map(others.length > 0 ? await rows(session, others, false) : []);
  return (id2) => session.held(id2) ?? found.get(id2) ?? "";
}
async function addRows(session, ids) {
  session.writes();
  const records = [...ids].sort().map((id2) => ({ id: id2, held: "" }));
  await insertRows(session, records, []);
}
async function writeRows(session, changed) {
  const records = [...changed].map(([id2, held]) => ({ id: id2, held }));
  await insertRows(session, records, ["held"]);
  for (const [id2, held] of changed) session.hold(id2, held);
}
async function insertRows({ db, setting: { tables, tenant, kind } }, records, replace) {
  const { dialect } = db;
  await run3(
    db,
    sql`INSERT INTO ${tables.learners} (tenant, learner_id, held) SELECT ${tenant}, ${ofKind(dialect, kind, raw("id"))}, held
      FROM ${given(dialect, { id: "text", held: "text" }, records)} WHERE TRUE ${unlessThere(dialect, "tenant, learner_id", replace)}`
  );
}
function ofKindOnce({ setting: { kind } }, ids) {
  return [...new Set(ids)].filter((id2) => isOfKind(kind, id2));
}
function checkKind({ setting: { kind } }, ids) {
  const other = ids.find((id2) => !isOfKind(kind, id2));
  if (other === void 0) return;
  throw refused(
    "learnerId",
    `The learner id ${JSON.stringify(other.slice(0, 80))} is no ${kind} as this host's ids are, written as the database writes it${kind === "uuid" ? ": in lower case" : ""}.`
  );
}
async function rows(session, ids, lock) {
  const { db, setting } = session;
  const { tables, tenant, kind } = setting;
  const { dialect } = db;
  const found = [];
  for (const some of inChunks(ids)) {
    const which = sql`tenant = ${tenant} AND ${isOneOf(dialect, raw("learner_id"), kind, some)}`;
    const locking = raw(lock && dialect !== "sqlite" ? "ORDER BY learner_id FOR UPDATE" : "");
    const items = [asText(dialect, raw("learner_id")), raw("held")];
    for (const row of await select(db, items, sql`FROM ${tables.learners} WHERE ${which} ${locking}`)) {
      found.push(row);
    }
  }
  await learnPairs(
    session,
    found.map(([, held]) => held)
  );
  return found;
}
var CHUNK = 1e4;
function inChunks(ids) {
  const sorted = [...ids].sort();
  const chunks = [];
  for (let from = 0; from < sorted.length; from += CHUNK) chunks.push(sorted.slice(from, from + CHUNK));
  return chunks;
}

// src/sql/enrolments.ts
function enrolmentsIn(session, locking) {
  return {
    async read(ids, options) {
      session.check();
      await checkSchemaOnce(session);
      const { db, setting } = session;
      const wanted = ofKindOnce(session, ids);
      if (wanted.length === 0) return [];
      const courses = options?.courses && [...new Set(options.courses)];
      const held = await readRows(session, wanted);
      const { pairs } = session;
      const individual = grouped(await setting.host.individual(db, wanted, courses), ({ courseId }) => courseId);
      const training = grouped(
        await setting.host.training(db, wanted, courses),
        ({ courseId, status }) => ({ courseId, status })
      );
      const among = courses && pairs.numbersOn(courses);
      return wanted.map((learnerId) => {
        const assignments = [];
        for (const reading = new Reading(held(learnerId)); reading.next(); ) {
          if (!among || among.has(reading.number)) assignments.push(pairs.pair(reading.number));
        }
        return {
          learnerId,
          assignments,
          individual: individual.get(learnerId) ?? [],
          training: training.get(learnerId) ?? []
        };
      });
    },
    async holders(query) {
      session.check();
      await checkSchemaOnce(session);
      return holders(session, query);
    },
    async write(diffs) {
      const ids = [...new Set(diffs.map(({ learnerId }) => learnerId))];
      checkKind(session, ids);
      if (ids.length === 0) return;
      if (!session.locks(ids)) return locking(ids, (inside) => write(inside, diffs));
      session.check();
      await write(session, diffs).catch((error) => {
        session.spoil(error);
        throw error;
      });
    }
  };
}
function grouped(rows2, of) {
  const groups = /* @__PURE__ */ new Map();
  for (const row of rows2) entry(groups, row.learnerId, () => []).push(of(row));
  return groups;
}
async function write(session, diffs) {
  const { db, setting } = session;
  session.writes();
  await numbersOf(session, unnumbered(session.pairs, diffs));
  const { pairs } = session;
  const compare2 = (a, b) => compareAssignments(pairs.pair(a), pairs.pair(b));
  const numbers = (some) => some.map((pair) => pairs.number(pair));
  const changed = /* @__PURE__ */ new Map();
  for (const { learnerId: id2, assigned, released } of diffs) {
    const before = changed.get(id2) ?? session.held(id2);
    const after = heldAfter(before, numbers(inOrder2(assigned)), numbers(released), compare2);
    if (after !== before) changed.set(id2, after);
  }
  if (changed.size > 0) await writeRows(session, changed);
  await setting.host.onWrite?.(diffs, db);
}
function inOrder2(pairs) {
  const isSorted2 = pairs.every((pair, i) => i === 0 || compareAssignments(pairs[i - 1], pair) < 0);
  if (isSorted2) return pairs;
  const sorted = pairs.toSorted(compareAssignments);
  return sorted.filter((pair, i) => i === 0 || compareAssignments(sorted[i - 1], pair) < 0);
}
function unnumbered(pairs, diffs) {
  const courses = /* @__PURE__ */ new Map();
  const note = (pair) => {
    if (pairs.number(pair) === void 0) entry(courses, pair.courseId, () => /* @__PURE__ */ new Map()).set(pair.linkId, pair);
  };
  for (const { assigned, released } of diffs) {
    for (const pair of assigned) note(pair);
    for (const pair of released) note(pair);
  }
  return [...courses.values()].flatMap((links) => [...links.values()]);
}

// src/sql/pairs.ts
var Pairs = class {
  #below;
  /** By number: quicker than a map, for every number that anybody holds is looked up here. */
  #byNumber = [];
  #numbers = /* @__PURE__ */ new Map();
  constructor(below) {
    this.#below = below;
  }
  pair(number2) {
    return this.#byNumber[number2] ?? this.#below?.pair(number2);
  }
  number({ courseId, linkId }) {
    return this.#numbers.get(courseId)?.get(linkId) ?? this.#below?.number({ courseId, linkId });
  }
  /** The numbers of all pairs on these courses. */
  numbersOn(courses) {
    const numbers = this.#below?.numbersOn(courses) ?? /* @__PURE__ */ new Set();
    for (const course of courses) for (const number2 of this.#numbers.get(course)?.values() ?? []) numbers.add(number2);
    return numbers;
  }
  add(number2, { courseId, linkId }) {
    this.#byNumber[number2] = Object.freeze({ courseId, linkId });
    entry(this.#numbers, courseId, () => /* @__PURE__ */ new Map()).set(linkId, number2);
  }
  /** What a transaction came to know is known beneath it once it has ended well: of one that was undone the numbers are given again. */
  commit() {
    this.#byNumber.forEach((pair, number2) => {
      this.#below?.add(number2, pair);
    });
  }
};

// src/sql/session.ts
var Session = class {
  constructor(setting, db, outer) {
    this.setting = setting;
    this.db = db;
    this.outer = outer;
    this.pairs = new Pairs(outer?.pairs);
  }
  setting;
  db;
  outer;
  pairs;
  /** Whether this transaction, or one around it, holds the catalog still. */
  #still = false;
  /** What the learners hold who are locked here: as when they were locked, and as written since. */
  #held = /* @__PURE__ */ new Map();
  #ended = false;
  #wrote = false;
  #spoilt;
  /** How many learners were locked in a transaction of the host's, which keeps all locks until it ends. */
  #locked = 0;
  get still() {
    return this.#still || (this.outer?.still ?? false);
  }
  holdStill() {
    if (this.outer) this.#still = true;
  }
  /** Whether anything was written in this transaction, or within it. */
  get wrote() {
    return this.#wrote;
  }
  /** Takes note that something is about to be written. */
  writes() {
    this.#wrote = true;
    this.outer?.writes();
  }
  /** Whether all of these learners are locked in a transaction of the library's: then what is written about them needs none of its own. */
  locks(ids) {
    return this.outer !== void 0 && ids.every((id2) => this.held(id2) !== void 0);
  }
  /** Takes note that something was written in part, so that the transaction cannot end well any more. */
  spoil(by) {
    this.#spoilt ??= { by };
  }
  /** Throws what was not written whole, whatever the work made of it. */
  checkWhole() {
    if (this.#spoilt) throw this.#spoilt.by;
  }
  /** What a learner holds who is locked; undefined for all others. */
  held(id2) {
    return this.#held.get(id2) ?? this.outer?.held(id2);
  }
  hold(id2, held) {
    this.#held.set(id2, held);
  }
  /** Counts learners that are about to be locked; throws where a transaction of the host's would keep too many. */
  lock(learners) {
    if (this.outer) {
      this.outer.lock(learners);
      return;
    }
    if (!this.db.inTransaction) return;
    this.#locked += learners;
    const { mostLocked } = this.setting;
    if (this.#locked <= mostLocked) return;
    throw new Error(
      `This transaction of the host's would keep more than ${mostLocked} learners locked until it ends. Undo it, and do this outside of it, batch by batch; or commit the edit on its own and run settle() outside.`
    );
  }
  /** Throws once the transaction has ended. */
  check() {
    if (this.#ended) throw new Error("This transaction has ended: nothing can be read or written inside it any more.");
    this.outer?.check();
  }
  /** Ends it; if it ended well, what it came to know is known around it. */
  end(well) {
    this.#ended = true;
    const { outer } = this;
    if (!well || !outer) return;
    if (outer.outer || !outer.db.inTransaction) this.pairs.commit();
    if (outer.outer) for (const [id2, held] of this.#held) outer.hold(id2, held);
  }
};

// src/sql/open-transaction.ts
async function openTransaction(session, work) {
  if (session.db.inTransaction && !session.outer && !session.db.isReadCommitted) await checkIsolation(session);
  let inside;
  let well = false;
  let failed;
  try {
    const answer = await session.db.transaction(async (db) => {
      inside = new Session(session.setting, db, session);
      if (!session.db.inTransaction) await setTimeouts(inside);
      const answer2 = await work(inside).catch((error) => {
        failed = { error };
        throw error;
      });
      inside.checkWhole();
      if (!session.db.inTransaction && !inside.wrote) await needNoDisk(db);
      return answer2;
    });
    well = true;
    return answer;
  } catch (error) {
    throw failed && failed.error === error ? error : explained(error);
  } finally {
    inside?.end(well);
  }
}
async function setTimeouts({ db, setting: { lockTimeout, statementTimeout } }) {
  if (db.dialect !== "postgres") return;
  await run3(
    db,
    sql`SELECT set_config('lock_timeout', ${String(lockTimeout)}, true), set_config('statement_timeout', ${String(statementTimeout)}, true)`
  );
}
async function needNoDisk(db) {
  if (db.dialect === "postgres") await run3(db, sql`SELECT ${NO_DISK}`);
}
async function checkIsolation({ db }) {
  const found = await isolation(db);
  if (found === void 0 || /^read.committed$/iu.test(found)) return;
  throw new Error(
    `The host's transaction is ${found}, which does not see what others commit meanwhile, after its locks were granted: begin it READ COMMITTED${db.dialect === "mysql" ? ", and set that for the session (SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED)" : ""}.`
  );
}
async function isolation(db) {
  if (db.dialect === "postgres") {
    const [found] = await ask(
      db,
      sql`SELECT CAST(to_json(current_setting('transaction_isolation')) AS text) AS j`
    );
    return found;
  }
  if (db.dialect === "sqlite") return void 0;
  const rows2 = await run3(
    db,
    sql`SHOW VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')`
  );
  return rows2.map(({ Value, value }) => Value ?? value)[0];
}

// src/sql/create-sql-repositories.ts
function createSqlRepositories(options) {
  checkOptions(options);
  const { driver, host, prefix, tenant = "" } = options;
  const setting = {
    tables: tablesOf(driver.dialect, prefix),
    ...{ tenant, host, prefix, kind: host.learnerIds ?? "text" },
    catalog: new CatalogCache(),
    isChecked: false,
    lockTimeout: options.lockTimeout ?? 1e4,
    statementTimeout: options.statementTimeout ?? 6e4,
    mostLocked: options.mostLockedByHost ?? 1e4
  };
  const atOnce = driver.inTransaction || driver.dialect === "sqlite" ? 1 : options.concurrency ?? 2;
  return { ...repositoriesIn(new Session(setting, driver)), concurrency: atOnce };
}
function repositoriesIn(session) {
  const locking = (ids, work) => transaction(session, ids, work);
  return {
    catalog: catalogIn(session, (work) => locking([], work)),
    learners: learnersIn(session),
    enrolments: enrolmentsIn(session, locking),
    async transaction(learnerIds, work) {
      return locking(learnerIds, (inside) => work(repositoriesIn(inside)));
    }
  };
}
function learnersIn(session) {
  const { db, setting } = session;
  return {
    async get(ids) {
      session.check();
      await checkSchemaOnce(session);
      const wanted = ofKindOnce(session, ids);
      return wanted.length > 0 ? setting.host.learners(db, wanted) : [];
    },
    async page(query) {
      session.check();
      await checkSchemaOnce(session);
      return setting.host.page(db, query);
    }
  };
}
async function transaction(session, ids, work) {
  session.check();
  await checkSchemaOnce(session);
  checkKind(session, ids);
  const wanted = [...new Set(ids)];
  const open = () => openTransaction(session, async (inside) => {
    const others = wanted.filter((id2) => inside.held(id2) === void 0);
    inside.lock(others.length);
    const missing = others.length > 0 ? await lockRows(inside, others) : [];
    if (missing.length > 0) {
      if (!session.db.inTransaction && session.db.dialect !== "sqlite") throw new Missing(missing);
      await addRows(inside, missing);
      await lockRows(inside, missing);
    }
    return work(inside);
  });
  if (session.db.inTransaction) return open();
  return retrying(async () => {
    for (; ; ) {
      try {
        return await open();
      } catch (error) {
        if (!(error instanceof Missing)) throw error;
        await addRows(session, error.ids);
      }
    }
  });
}
var Missing = class extends Error {
  constructor(ids) {
    super("Some learners have no row to be locked.");
    this.ids = ids;
  }
  ids;
};

// src/sql/drivers/can-run.ts
function checkCanRun(given2, methods, advice) {
  const db = given2;
  const missing = methods.filter((name) => typeof db?.[name] !== "function");
  if (missing.length > 0) throw refused("db", `${advice} What was given has no ${missing.join(", ")}.`);
}

// src/sql/drivers/begin.ts
async function beginAndCommit(run6, begin3, body, unfit) {
  try {
    for (const statement of begin3) await run6(statement, []);
    await body();
    await run6("COMMIT", []);
  } catch (error) {
    await run6("ROLLBACK", []).catch(unfit);
    throw error;
  }
}

// src/sql/drivers/savepoint.ts
var tag = Math.random().toString(36).slice(2, 10);
var count3 = 0;
var NO_TRANSACTION = "25P01";
var NO_SAVEPOINT = 1305;
async function openSavepoint(place2, fate, body) {
  const name = `smart_enrolments_${tag}_${++count3}`;
  await begin(place2, fate, name);
  try {
    await body(place2);
    await place2.run(`RELEASE SAVEPOINT ${name}`, []);
  } catch (error) {
    if (!fate.undone) {
      try {
        await place2.run(`ROLLBACK TO SAVEPOINT ${name}`, []);
        await place2.run(`RELEASE SAVEPOINT ${name}`, []);
      } catch {
        fate.undone ??= { error };
      }
    }
    throw error;
  }
}
async function begin(place2, fate, name) {
  try {
    await place2.run(`SAVEPOINT ${name}`, []);
    if (fate.advice !== void 0 && place2.dialect === "mysql") await place2.run(`ROLLBACK TO SAVEPOINT ${name}`, []);
  } catch (error) {
    if (fate.advice === void 0 || !isMissing(error)) throw error;
    throw new Error(`No transaction is open on what was passed. ${fate.advice}`, { cause: error });
  }
  delete fate.advice;
}
function isMissing(error) {
  const { code, errno } = error ?? {};
  return code === NO_TRANSACTION || errno === NO_SAVEPOINT;
}

// src/sql/drivers/within.ts
async function within(open, enter, work) {
  let answer;
  let refused2;
  let tx;
  let done;
  try {
    await open(async (inside) => {
      tx = enter(inside);
      done = run6(tx);
      await done;
      if (refused2)
        throw refused2.error instanceof Error ? refused2.error : new Error("The work rejected.", { cause: refused2.error });
      await tx.confirm();
    });
  } catch (error) {
    void tx?.end();
    await done;
    throw refused2 ? refused2.error : error;
  }
  if (refused2) throw refused2.error;
  if (!answer) throw new Error("The client resolved its transaction without running what it was given.");
  return answer.value;
  async function run6(inside) {
    try {
      answer = { value: await work(inside) };
    } catch (error) {
      refused2 = { error };
    } finally {
      await inside.end();
    }
  }
}

// src/sql/drivers/inside.ts
var DEADLOCK = 1213;
var Inside = class _Inside {
  inTransaction = true;
  isReadCommitted;
  dialect;
  #place;
  #fate;
  #around;
  #ended = false;
  #failure;
  /** Savepoints of one level follow each other: crossed ones would undo each other. */
  #turn = Promise.resolve();
  constructor(place2, fate, around) {
    this.dialect = place2.dialect;
    this.isReadCommitted = around ? around.isReadCommitted : fate.advice === void 0;
    this.#place = place2;
    this.#fate = fate;
    this.#around = around;
  }
  async query(text2, parameters = []) {
    this.#check();
    try {
      return await this.#place.run(text2, parameters);
    } catch (error) {
      this.#failure ??= { error };
      if (this.#isGone(error)) this.#fate.undone ??= { error };
      throw error;
    }
  }
  transaction(work) {
    const done = this.#turn.then(() => this.#nested(work));
    this.#turn = done.catch(() => void 0);
    return done;
  }
  async #nested(work) {
    this.#check();
    const open = this.#place.open ?? ((body) => openSavepoint(this.#place, this.#fate, body));
    return within(open, (inside) => new _Inside(inside, this.#fate, this), work);
  }
  /** From here on nothing more is taken; resolves when the savepoints inside have ended. */
  async end() {
    this.#ended = true;
    await this.#turn;
  }
  /** Rejects if what was done here is gone, or would be on COMMIT, although its work resolved. */
  async confirm() {
    if (this.#fate.undone) throw this.#fate.undone.error;
    if (!this.#failure || this.dialect !== "postgres") return;
    const { error } = this.#failure;
    await this.#place.run("SELECT 1", []).catch(() => Promise.reject(error));
  }
  #isGone(error) {
    if (this.dialect === "mysql") return error?.errno === DEADLOCK;
    return this.#place.isGone?.() ?? false;
  }
  #check() {
    for (let each = this; each; each = each.#around) if (each.#ended) throw ended();
    const { undone } = this.#fate;
    if (undone)
      throw new Error("The database has undone this transaction; the cause says why.", { cause: undone.error });
  }
};
function ended() {
  return new Error("This transaction has ended: its driver is good until the work that it was given to has ended.");
}

// src/sql/drivers/outside.ts
function outsideDriver(place2) {
  return {
    dialect: place2.dialect,
    inTransaction: false,
    query: async (text2, parameters = []) => await place2.run(text2, parameters),
    transaction: (work) => within(place2.open, (inside) => new Inside(inside, {}), work)
  };
}
function hostDriver(place2, advice) {
  return new Inside(place2, { advice });
}

// src/sql/drivers/sqlite-busy.ts
var PAUSE = 5;
var CODES = [5, 261, "SQLITE_BUSY", "SQLITE_BUSY_RECOVERY"];
async function patiently(connection, timeout, attempt) {
  const until = Date.now() + timeout;
  for (; ; ) {
    try {
      return impatiently(connection, attempt);
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (Date.now() >= until) throw busy(timeout, error);
    }
    await pause();
  }
}
function impatiently(connection, attempt) {
  const [hosts] = connection.all("PRAGMA busy_timeout", []);
  const own2 = Number(hosts?.timeout ?? 0);
  if (own2 === 0) return attempt();
  connection.all("PRAGMA busy_timeout = 0", []);
  try {
    return attempt();
  } finally {
    connection.all(`PRAGMA busy_timeout = ${own2}`, []);
  }
}
function isBusy(error) {
  const { code, errcode } = error ?? {};
  return CODES.includes(code) || CODES.includes(errcode);
}
function busy(timeout, cause) {
  return new Error(`Another connection or process held this SQLite database for longer than ${timeout} ms.`, { cause });
}
function pause() {
  return new Promise((resolve) => setTimeout(resolve, PAUSE));
}

// src/sql/drivers/turns.ts
var Turns = class {
  #last = Promise.resolve();
  #waiting = 0;
  /** Whether somebody has the turn, or waits for it. */
  get taken() {
    return this.#waiting > 0;
  }
  take(job) {
    this.#waiting++;
    const done = this.#last.then(job).finally(() => this.#waiting--);
    this.#last = done.catch(() => void 0);
    return done;
  }
};

// src/sql/drivers/sqlite.ts
var turnsOf = /* @__PURE__ */ new WeakMap();
function sqliteDriver(connection, { busyTimeout = 1e4 } = {}) {
  const turns = turnsOf.get(connection.key) ?? new Turns();
  turnsOf.set(connection.key, turns);
  const run6 = (text2, parameters) => patiently(connection, busyTimeout, () => connection.all(text2, exact2(parameters)));
  const inside = { dialect: "sqlite", run: run6, isGone: () => !connection.isOpen() };
  if (!turns.taken && connection.isOpen()) return new Inside(inside, {});
  return outsideDriver({
    dialect: "sqlite",
    run: (text2, parameters) => turns.take(() => run6(text2, parameters)),
    open: (body) => turns.take(() => {
      if (connection.isOpen())
        throw new Error("The host has begun a transaction on this connection: make a driver of it inside that one.");
      return beginAndCommit(
        run6,
        ["BEGIN IMMEDIATE"],
        () => body(inside),
        () => void 0
      );
    })
  });
}
function exact2(parameters) {
  return parameters.map((each) => Number.isSafeInteger(each) ? BigInt(each) : each);
}

// src/sql/drivers/better-sqlite3.ts
function fromBetterSqlite3(db, options) {
  checkCanRun(db, ["prepare"], "Pass a Database of better-sqlite3 to fromBetterSqlite3.");
  const connection = {
    key: db,
    all(text2, parameters) {
      const statement = db.prepare(text2);
      if (statement.reader) return statement.all(...parameters);
      statement.run(...parameters);
      return [];
    },
    isOpen: () => db.inTransaction
  };
  return sqliteDriver(connection, options);
}

// src/sql/drivers/closed-scope.ts
function inScope(scope, start, body) {
  const unsettled = new Promise(() => void 0);
  return new Promise((resolve, reject) => {
    const work = async (inside) => {
      try {
        await body(inside);
      } catch (error) {
        if (!scope.lost) throw error;
        reject(error);
        return unsettled;
      }
      if (!scope.lost) return;
      reject(scope.lost.error);
      return unsettled;
    };
    start(work).then(
      () => resolve(),
      (error) => {
        reject(error);
      }
    );
  });
}
async function noting(scope, statement) {
  if (scope?.lost) throw scope.lost.error;
  try {
    return await statement();
  } catch (error) {
    if (scope && isLoss(error)) scope.lost ??= { error };
    throw error;
  }
}
function isLoss(error) {
  const { name, code, severity } = error ?? {};
  return String(code).startsWith("CONNECTION_") || name === "PostgresError" && /^(FATAL|PANIC)$/.test(String(severity));
}

// src/sql/drivers/placeholders.ts
var postgres = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$([a-z_]\w*)?\$[\s\S]*?\$\1\$|\$(\d+)/giu;
var mysql = /'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"\\]|""|\\[\s\S])*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\/|\?/gu;
var sqlite = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\/|\?/gu;
function cut(text2, given2, dialect) {
  const pieces = [];
  const parameters = [];
  let from = 0;
  for (const found of text2.matchAll({ postgres, mysql, sqlite }[dialect])) {
    const number2 = dialect === "postgres" ? found[2] : found[0] === "?" && String(parameters.length + 1);
    if (!number2) continue;
    const parameter = given2[Number(number2) - 1];
    if (parameter === void 0) throw new Error(`Parameter ${number2} of a statement is missing.`);
    pieces.push(text2.slice(from, found.index));
    parameters.push(parameter);
    from = found.index + found[0].length;
  }
  pieces.push(text2.slice(from));
  return { pieces, parameters };
}

// src/sql/drivers/rows.ts
function rowsOf2(answer, dialect) {
  const found = dialect === "mysql" && Array.isArray(answer) ? answer[0] : answer;
  if (Array.isArray(found)) return [...found];
  const { rows: rows2 } = found ?? {};
  return Array.isArray(rows2) ? rows2 : [];
}

// src/sql/drivers/drizzle.ts
var READ_COMMITTED = { isolationLevel: "read committed" };
var ADVICE2 = "Pass a database of Drizzle to fromDrizzle, or the tx that its transaction hands to its callback, and the sql of drizzle-orm.";
function fromDrizzle(db, sql2, { dialect = "postgres" } = {}) {
  checkCanRun(db, ["execute", "transaction"], ADVICE2);
  checkDialect(dialect, ["postgres", "mysql"]);
  checkCanRun(sql2, ["raw", "param", "join"], ADVICE2);
  const placeOf = (tx, scope) => ({
    dialect,
    run: (text2, parameters) => noting(scope, () => run4(tx, sql2, text2, parameters, dialect)),
    open: openOn(tx, scope)
  });
  const openOn = (tx, scope, options) => (body) => inScope(
    scope,
    (work) => unwrapped(tx.transaction(work, options)),
    (inside) => body(placeOf(inside, scope))
  );
  if ("rollback" in db) return hostDriver(placeOf(db, {}), ADVICE2);
  return outsideDriver({
    dialect,
    run: (text2, parameters) => run4(db, sql2, text2, parameters, dialect),
    open: (body) => openOn(db, {}, READ_COMMITTED)(body)
  });
}
async function run4(db, sql2, text2, given2, dialect) {
  const { pieces, parameters } = cut(text2, given2, dialect);
  const chunks = pieces.flatMap((piece, i) => [
    sql2.raw(piece),
    ...parameters.slice(i, i + 1).map((each) => sql2.param(each))
  ]);
  return rowsOf2(await unwrapped(db.execute(sql2.join(chunks))), dialect);
}
async function unwrapped(call2) {
  try {
    return await call2;
  } catch (error) {
    if (error instanceof Error && "query" in error && error.cause !== void 0) throw error.cause;
    throw error;
  }
}

// src/sql/drivers/sqlite-immediate.ts
async function immediately(place2, timeout = 1e4, body) {
  const [hosts] = await place2.run("PRAGMA busy_timeout", []);
  await place2.run("PRAGMA busy_timeout = 0", []);
  try {
    await begin2(place2, timeout);
    await body(place2);
  } finally {
    await place2.run(`PRAGMA busy_timeout = ${Number(hosts?.timeout ?? 0)}`, []);
  }
}
async function begin2(place2, timeout) {
  const until = Date.now() + timeout;
  await place2.run("COMMIT", []);
  for (; ; ) {
    try {
      await place2.run("BEGIN IMMEDIATE", []);
      return;
    } catch (error) {
      const last = isBusy(error) && Date.now() < until;
      if (!last) {
        await place2.run("BEGIN", []);
        throw isBusy(error) ? busy(timeout, error) : error;
      }
    }
    await pause();
  }
}

// src/sql/drivers/knex.ts
var ADVICE3 = "Pass a knex, or a transaction of it, to fromKnex.";
function fromKnex(db, { busyTimeout } = {}) {
  checkCanRun(db, ["raw", "transaction"], ADVICE3);
  const dialect = dialectOf(db);
  const run6 = runOn(db, dialect);
  if (db.isTransaction) return hostDriver({ dialect, run: run6 }, ADVICE3);
  return outsideDriver({
    dialect,
    run: run6,
    async open(body) {
      const config = dialect === "sqlite" ? {} : { isolationLevel: "read committed" };
      await db.transaction(async (trx) => {
        const inside = { dialect, run: runOn(trx, dialect) };
        await (dialect === "sqlite" ? immediately(inside, busyTimeout, body) : body(inside));
      }, config);
    }
  });
}
function dialectOf({ client }) {
  const name = client?.dialect ?? "";
  if (name === "postgresql") return "postgres";
  if (name === "mysql") return "mysql";
  if (name === "sqlite3") return "sqlite";
  throw new Error(`fromKnex takes a knex on pg, mysql2 or better-sqlite3; this one is on ${JSON.stringify(name)}.`);
}
function runOn(db, dialect) {
  return async (text2, given2) => {
    const { pieces, parameters } = cut(text2, given2, dialect);
    const bindings = db.client.driverName === "better-sqlite3" ? exact2(parameters) : parameters;
    return rowsOf2(await db.raw(pieces.map((piece) => escaped(piece, dialect)).join("?"), bindings), dialect);
  };
}
function escaped(piece, dialect) {
  if (!piece.includes("?")) return piece;
  if (dialect === "postgres") return piece.replaceAll("?", "\\?");
  throw new Error(
    "Through Knex a statement cannot have a ? of its own here, in a string or a comment: pass it as a parameter."
  );
}

// src/sql/drivers/kysely.ts
var ADVICE4 = "Pass a Kysely or a Transaction of it to fromKysely.";
function fromKysely(db, options) {
  checkCanRun(db, ["withoutPlugins", "executeQuery", "transaction"], ADVICE4);
  const { dialect, busyTimeout } = options ?? {};
  checkDialect(dialect);
  const run6 = runOn2(db, dialect);
  if (db.isTransaction) return hostDriver({ dialect, run: run6 }, ADVICE4);
  return outsideDriver({
    dialect,
    run: run6,
    async open(body) {
      const builder = dialect === "sqlite" ? db.transaction() : db.transaction().setIsolationLevel("read committed");
      await builder.execute(async (trx) => {
        const inside = { dialect, run: runOn2(trx, dialect) };
        await (dialect === "sqlite" ? immediately(inside, busyTimeout, body) : body(inside));
      });
    }
  });
}
function runOn2(db, dialect) {
  const plain = db.withoutPlugins();
  return async (sql2, parameters) => {
    const query = { kind: "RawNode", sqlFragments: [sql2], parameters: [] };
    const given2 = dialect === "sqlite" ? exact2(parameters) : [...parameters];
    return (await plain.executeQuery({ sql: sql2, parameters: given2, query, queryId: { queryId: "smart-enrolments" } })).rows;
  };
}

// src/sql/drivers/mysql2.ts
var ADVICE5 = "Pass a pool to fromMysql2, or a connection after its START TRANSACTION.";
var BEGIN = ["SET TRANSACTION ISOLATION LEVEL READ COMMITTED", "START TRANSACTION"];
function fromMysql2(db) {
  checkCanRun(db, ["query", "execute"], ADVICE5);
  if ("promise" in db && typeof db.promise === "function")
    throw new Error("fromMysql2 takes what mysql2/promise makes: pass .promise() of this pool or connection.");
  return "getConnection" in db ? ofPool(db) : hostDriver({ dialect: "mysql", run: runOn3(db) }, ADVICE5);
}
function runOn3(db) {
  return async (sql2, parameters) => {
    const options = { sql: sql2, rowsAsArray: false, nestTables: false, namedPlaceholders: false };
    const [rows2] = await (parameters.length === 0 ? db.query(options) : db.execute({ ...options, values: [...parameters] }));
    return Array.isArray(rows2) ? rows2 : [];
  };
}
function ofPool(pool) {
  return outsideDriver({
    dialect: "mysql",
    run: runOn3(pool),
    async open(body) {
      const connection = await pool.getConnection();
      const run6 = runOn3(connection);
      let lost = false;
      const unfit = () => {
        lost = true;
      };
      try {
        await beginAndCommit(run6, BEGIN, () => body({ dialect: "mysql", run: run6 }), unfit);
      } finally {
        if (lost) connection.destroy?.();
        else connection.release?.();
      }
    }
  });
}

// src/sql/drivers/node-sqlite.ts
function fromNodeSqlite(db, options) {
  checkCanRun(db, ["prepare"], "Pass a DatabaseSync to fromNodeSqlite.");
  const connection = {
    key: db,
    all: (text2, parameters) => db.prepare(text2).all(...parameters),
    isOpen: () => db.isTransaction ?? isOpen(db)
  };
  return sqliteDriver(connection, options);
}
function isOpen(db) {
  try {
    db.prepare("BEGIN").all();
  } catch {
    return true;
  }
  db.prepare("ROLLBACK").all();
  return false;
}

// src/sql/drivers/pg.ts
var ADVICE6 = "Pass a Pool to fromPg, or a client after its BEGIN.";
function fromPg(db) {
  checkCanRun(db, ["query"], ADVICE6);
  return isPool(db) ? ofPool2(db) : hostDriver({ dialect: "postgres", run: runOn4(db) }, ADVICE6);
}
function isPool(db) {
  return "totalCount" in db && "connect" in db;
}
function runOn4(db) {
  return async (text2, parameters) => (await db.query({ text: text2, values: [...parameters] })).rows;
}
function ofPool2(pool) {
  return outsideDriver({
    dialect: "postgres",
    run: runOn4(pool),
    async open(body) {
      const client = await pool.connect();
      let lost;
      const onError = (error) => {
        lost ??= error;
      };
      client.on?.("error", onError);
      const run6 = runOn4(client);
      try {
        await beginAndCommit(
          run6,
          ["BEGIN ISOLATION LEVEL READ COMMITTED"],
          () => body({ dialect: "postgres", run: run6 }),
          onError
        );
      } finally {
        client.removeListener?.("error", onError);
        client.release?.(lost);
      }
    }
  });
}

// src/sql/drivers/pglite.ts
var ADVICE7 = "Pass the PGlite itself to fromPglite, or what its transaction hands to its callback.";
function fromPglite(db) {
  checkCanRun(db, ["query"], ADVICE7);
  if (!isWhole(db)) return hostDriver({ dialect: "postgres", run: runOn5(db) }, ADVICE7);
  return outsideDriver({
    dialect: "postgres",
    run: runOn5(db),
    async open(body) {
      await db.transaction(async (tx) => {
        const run6 = runOn5(tx);
        await run6("SET TRANSACTION ISOLATION LEVEL READ COMMITTED", []);
        await body({ dialect: "postgres", run: run6 });
      });
    }
  });
}
function isWhole(db) {
  return "transaction" in db;
}
function runOn5(db) {
  return async (text2, parameters) => (await db.query(text2, [...parameters])).rows;
}

// src/sql/drivers/postgres-js.ts
var ADVICE8 = "Pass the sql of postgres(\u2026) to fromPostgresJs, or the sql that sql.begin hands to its callback.";
function fromPostgresJs(sql2) {
  checkCanRun(sql2, ["unsafe"], ADVICE8);
  if (!("begin" in sql2)) return hostDriver(insideOf(sql2, {}), ADVICE8);
  return outsideDriver({
    dialect: "postgres",
    run: runOn6(sql2),
    async open(body) {
      const scope = {};
      const begin3 = (work) => sql2.begin("isolation level read committed", work).catch((error) => {
        scope.lost ??= { error };
        throw error;
      });
      await inScope(scope, begin3, (inside) => body(insideOf(inside, scope)));
    }
  });
}
function insideOf(sql2, scope) {
  const place2 = { dialect: "postgres", run: runOn6(sql2, scope) };
  const { savepoint } = sql2;
  if (!savepoint) return place2;
  return { ...place2, open: (body) => inScope(scope, savepoint, (inside) => body(insideOf(inside, scope))) };
}
function runOn6(sql2, scope) {
  return async (text2, parameters) => [
    ...await noting(scope, () => sql2.unsafe(text2, [...parameters]))
  ];
}

// src/sql/drivers/prisma.ts
var ADVICE9 = "Pass a PrismaClient to fromPrisma, or what its interactive transaction hands to its callback.";
var ROWS = /^[\s(]*(?:select|with|values|table|show|explain|desc|describe)\b|\breturning\b/iu;
function fromPrisma(db, { dialect = "postgres", timeout = 6e5, maxWait = 1e4 } = {}) {
  checkCanRun(db, ["$queryRawUnsafe", "$executeRawUnsafe"], ADVICE9);
  checkDialect(dialect, ["postgres", "mysql"]);
  const runOn7 = (tx) => (text2, parameters) => run5(tx, text2, parameters);
  if (!isClient(db)) return hostDriver({ dialect, run: runOn7(db) }, ADVICE9);
  return outsideDriver({
    dialect,
    run: runOn7(db),
    async open(body) {
      const options = { isolationLevel: "ReadCommitted", timeout, maxWait };
      await unwrapped2(db.$transaction((tx) => body({ dialect, run: runOn7(tx) }), options));
    }
  });
}
function isClient(db) {
  return "$connect" in db && typeof db.$connect === "function";
}
async function run5(db, text2, parameters) {
  if (ROWS.test(text2)) return await unwrapped2(db.$queryRawUnsafe(text2, ...parameters));
  await unwrapped2(db.$executeRawUnsafe(text2, ...parameters));
  return [];
}
async function unwrapped2(call2) {
  try {
    return await call2;
  } catch (error) {
    const { meta } = error ?? {};
    const told = meta?.driverAdapterError?.cause;
    const code = told?.originalCode ?? meta?.code;
    if (code === void 0) throw error;
    const saying = new Error(String(told?.originalMessage ?? meta?.message), { cause: error });
    throw Object.assign(saying, /^\d{4}$/.test(String(code)) ? { errno: Number(code) } : { code: String(code) });
  }
}

// src/sql/check-tables.ts
var TABLES = {
  learners: { needed: ["id"], more: ["ids", "active", "columns", "json", "values"] },
  courses: { needed: ["id", "enrolmentMethod"], more: ["title", "byAssignmentOnly"] },
  placements: { needed: ["learner", "segment"] },
  individual: { needed: ["learner", "course"] },
  training: { needed: ["learner", "course", "status"], more: ["completed", "archived"] }
};
var VALUES = { needed: ["learner", "field", "value"] };
function checkTables(tables) {
  parse((issues) => {
    const given2 = objectIn(tables, void 0, issues);
    if (!given2) return void 0;
    onlyKeys(given2, [...Object.keys(TABLES), "fields", "tenant", "onWrite"], void 0, issues);
    for (const [name, columns] of Object.entries(TABLES)) {
      const isNeeded = name === "learners" || name === "courses";
      if (given2[name] === void 0 && !isNeeded) continue;
      checkTable(given2[name], columns, at2(void 0, name), issues);
    }
    const { learners, fields, tenant, onWrite } = given2;
    if (typeof learners === "object" && learners !== null) checkLearners2(learners, issues);
    if (fields !== void 0 && !Array.isArray(fields) && typeof fields !== "function")
      issues.wrongType("a list of fields, or a function that answers one", fields, at2(void 0, "fields"));
    if (onWrite !== void 0 && typeof onWrite !== "function")
      issues.wrongType("a function", onWrite, at2(void 0, "onWrite"));
    checkTenant(given2, tenant, issues);
    if (issues.list.length === 0) checkFields(tables, issues);
    return void 0;
  });
}
function checkTable(value, { needed, more = [] }, place2, issues) {
  const table = objectIn(value, place2, issues);
  if (!table) return;
  onlyKeys(table, ["table", "tenant", ...needed, ...more], place2, issues);
  for (const key of ["table", ...needed]) nameIn(table, key, place2, issues);
  const names = ["tenant", ...more].filter((key) => !["ids", "columns", "values"].includes(key));
  for (const key of names) if (table[key] !== void 0) nameIn(table, key, place2, issues);
}
function checkLearners2({ ids = "text", columns, values }, issues) {
  const place2 = at2(void 0, "learners");
  if (!ID_KINDS.some((kind) => kind === ids))
    issues.add("wrong_type", at2(place2, "ids"), `expected one of ${ID_KINDS.join(", ")}`);
  if (values !== void 0) checkTable(values, VALUES, at2(place2, "values"), issues);
  if (columns === void 0) return;
  const named2 = objectIn(columns, at2(place2, "columns"), issues);
  for (const field2 of Object.keys(named2 ?? {})) nameIn(named2, field2, at2(place2, "columns"), issues);
}
function checkTenant(given2, tenant, issues) {
  const { values } = given2.learners ?? {};
  const shared = [...Object.keys(TABLES).map((name) => given2[name]), values].some(
    (table) => table?.tenant !== void 0
  );
  const isTenant = typeof tenant === "string" && tenant !== "" || Number.isFinite(tenant);
  const place2 = at2(void 0, "tenant");
  if (tenant !== void 0 && !isTenant) issues.wrongType("a tenant's name or number", tenant || void 0, place2);
  else if (shared && !isTenant)
    issues.add("wrong_type", place2, "a table has a column of tenants: say whose rows are meant, or all would be read");
  else if (isTenant && !shared)
    issues.add("wrong_type", place2, "no table has a column of tenants, so that everybody\u2019s rows would be read");
}
function checkFields({ learners: { columns = {}, json, values }, fields }, issues) {
  if (!Array.isArray(fields) || json !== void 0 || values) return;
  fields.forEach(({ id: id2 }, i) => {
    if (!Object.hasOwn(columns, id2))
      issues.add(
        "unknown_field",
        at2(at2(void 0, "fields"), i),
        "no column holds this field: name it in learners.columns"
      );
  });
}
function objectIn(value, place2, issues) {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  issues.wrongType("an object", value, place2);
  return void 0;
}
function onlyKeys(object, known, place2, issues) {
  for (const key of Object.keys(object))
    if (!known.includes(key)) issues.add("unknown_key", at2(place2, key), "there is no such key here");
}
function nameIn(object, key, place2, issues) {
  const name = object[key];
  if (typeof name !== "string" || name === "")
    issues.wrongType("a name (text)", name === "" ? void 0 : name, at2(place2, key));
}

// src/sql/columns.ts
var TableRef = class {
  constructor(dialect, host, alias, tenant) {
    this.dialect = dialect;
    this.host = host;
    this.alias = alias;
    this.tenant = tenant;
  }
  dialect;
  host;
  alias;
  tenant;
  /** What stands behind FROM. */
  get from() {
    return sql`${quoted(this.dialect, this.host.table, "table")} AS ${raw(this.alias)}`;
  }
  column(name) {
    return sql`${raw(this.alias)}.${quoted(this.dialect, name, "column")}`;
  }
  /** A condition that rows are of this tenant; true of all where the table has only one. */
  get ours() {
    const { tenant } = this.host;
    return tenant === void 0 || this.tenant === void 0 ? raw("TRUE") : sql`${asValue(this.dialect, this.column(tenant))} = ${String(this.tenant)}`;
  }
};
function asValue(dialect, value) {
  if (dialect === "mysql") return sql`CONVERT(CAST(${value} AS BINARY) USING utf8mb4)`;
  return sql`CAST(${value} AS ${raw(dialect === "postgres" ? "text" : "TEXT")})`;
}
function exactly(dialect, value) {
  return dialect === "mysql" ? sql`CAST(${value} AS BINARY)` : asValue(dialect, value);
}
function inOrder3(dialect, kind, id2) {
  if (kind !== "text") return id2;
  if (dialect === "mysql") return ofKind(dialect, kind, id2);
  return dialect === "postgres" ? sql`CAST(${id2} AS text) COLLATE "default"` : sql`${id2} COLLATE BINARY`;
}

// src/sql/host-courses.ts
function coursesReader({ courses, tenant }) {
  const { id: id2, title, enrolmentMethod, byAssignmentOnly = BY_ASSIGNMENT_ONLY } = courses;
  const courseOf = ([courseId, method, called]) => ({
    id: courseId,
    ...typeof called === "string" && { title: called },
    enrolmentMethod: methodOf(method, byAssignmentOnly)
  });
  let last;
  return async (db) => {
    const { dialect } = db;
    const c = new TableRef(dialect, courses, "c", tenant);
    const items = [asText(dialect, c.column(id2)), asText(dialect, c.column(enrolmentMethod))];
    if (title !== void 0) items.push(c.column(title));
    const from = sql`FROM ${c.from} WHERE ${c.ours} ORDER BY ${c.column(id2)}`;
    if (dialect !== "postgres") return (await select(db, items, from)).map(courseOf);
    const columns = byColumns(items, from);
    const [now] = await ask(db, sql`SELECT CAST(to_json(md5(j)) AS text) AS j FROM (${columns}) AS courses`);
    if (last?.digest === now && last) return last.courses;
    const [found] = await ask(
      db,
      sql`SELECT CAST(json_build_array(md5(j), CAST(j AS json)) AS text) AS j FROM (${columns}) AS courses`
    );
    const [digest, read] = found;
    last = { digest, courses: rowsOf(read).map(courseOf) };
    return last.courses;
  };
}
function methodOf(method, byAssignmentOnly) {
  if (method === byAssignmentOnly) return BY_ASSIGNMENT_ONLY;
  return method === BY_ASSIGNMENT_ONLY ? `not ${method}` : method ?? "";
}

// src/sql/profile.ts
var LOCAL = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?$/u;
function profileValue(value, type) {
  if (Array.isArray(value)) return value.map((one) => profileValue(one, type));
  if (type === "boolean" && (value === 0 || value === 1)) return value === 1;
  if (type === "date" && typeof value === "string") {
    const local = LOCAL.exec(value);
    if (local) return `${local[1]}T${local[2]}${local[3] ?? ""}Z`;
  }
  return value;
}
var TRUE = /* @__PURE__ */ new Set(["true", "t", "1", "yes", "on"]);
var FALSE = /* @__PURE__ */ new Set(["false", "f", "0", "no", "off"]);
function textValue(text2, type) {
  if (text2 === null) return null;
  const trimmed = text2.trim();
  if (type === "number" && trimmed !== "" && Number.isFinite(Number(trimmed))) return Number(trimmed);
  if (type === "boolean" && TRUE.has(trimmed.toLowerCase())) return true;
  if (type === "boolean" && FALSE.has(trimmed.toLowerCase())) return false;
  return profileValue(text2, type);
}

// src/sql/host-learners.ts
function alsoRead({ learners, placements }) {
  const { active, json, values } = learners;
  const tables = { active, segments: placements, json, values };
  return ["active", "segments", "json", "values"].filter((part) => tables[part] !== void 0);
}
function learnerItems(tables, u) {
  const { dialect } = u;
  const { learners, placements } = tables;
  const id2 = u.column(learners.id);
  const all2 = (t, learner, item) => sql`(SELECT ${aggregated(dialect, item)} FROM ${t.from} WHERE ${t.ours} AND ${t.column(learner)} = ${id2})`;
  const items = {
    active: () => u.column(learners.active),
    segments() {
      const p = new TableRef(dialect, placements, "p", u.tenant);
      return all2(p, placements.learner, asText(dialect, p.column(placements.segment)));
    },
    json: () => u.column(learners.json),
    values() {
      const { values } = learners;
      const v = new TableRef(dialect, values, "v", u.tenant);
      const pair = [values.field, values.value].map((column) => asText(dialect, v.column(column)));
      return all2(v, values.learner, jsonItem(dialect, pair));
    }
  };
  return [
    asText(dialect, id2),
    ...alsoRead(tables).map((part) => items[part]()),
    ...Object.values(learners.columns ?? {}).map((column) => u.column(column))
  ];
}
function jsonItem(dialect, items) {
  const [a, b] = items;
  return sql`${raw(dialect === "mysql" ? "JSON_ARRAY" : dialect === "postgres" ? "json_build_array" : "json_array")}(${a}, ${b})`;
}
function aggregated(dialect, item) {
  return sql`${raw({ postgres: "json_agg", mysql: "JSON_ARRAYAGG", sqlite: "json_group_array" }[dialect])}(${item})`;
}
function learnerReader(tables, types) {
  const columns = Object.keys(tables.learners.columns ?? {}).map((field2) => ({ field: field2, type: types?.get(field2) }));
  const parts = alsoRead(tables);
  return (row) => {
    const id2 = row[0];
    const read = {};
    for (let i = 0; i < parts.length; i++) read[parts[i]] = row[1 + i];
    const { active, segments = null, json = null, values = null } = read;
    const profile = {};
    const rest = json === null ? {} : profileIn(json);
    if (rest === void 0) return { id: id2, profile: null };
    for (const [field2, value] of Object.entries(rest)) set(profile, field2, profileValue(value, types?.get(field2)));
    for (const [field2, texts] of byField(parsed(values) ?? [])) {
      const list2 = texts.map((text2) => textValue(text2, types?.get(field2)));
      set(profile, field2, list2.length === 1 ? list2[0] : list2);
    }
    for (let i = 0; i < columns.length; i++) {
      const { field: field2, type } = columns[i];
      set(profile, field2, profileValue(row[1 + parts.length + i], type));
    }
    const placed2 = parsed(segments);
    return {
      id: id2,
      profile,
      ...placed2 && { segments: placed2 },
      ...(active === false || active === 0) && { active: false }
    };
  };
}
function set(object, name, value) {
  if (name === "__proto__") Object.defineProperty(object, name, { value, enumerable: true });
  else object[name] = value;
}
function profileIn(json) {
  try {
    const profile = parsed(json);
    return typeof profile === "object" && profile !== null && !Array.isArray(profile) ? profile : void 0;
  } catch {
    return void 0;
  }
}
function parsed(value) {
  return typeof value === "string" ? JSON.parse(value) : value;
}
function byField(values) {
  const fields = /* @__PURE__ */ new Map();
  for (const [field2, text2] of values) entry(fields, field2, () => []).push(text2);
  return fields;
}

// src/sql/host-rows.ts
var FEW_COURSES = 1e3;
async function byLearner2(db, t, { learner, course }, kind, ids, courses, more) {
  const { dialect } = db;
  const found = [];
  const onCourses = courses && new Set(courses);
  const items = [asText(dialect, t.column(learner)), asText(dialect, t.column(course)), ...more];
  for (const some of inChunks(ids)) {
    const asked = new Set(some);
    const which = isOneOf(dialect, t.column(learner), kind, some);
    const among = courses && courses.length <= FEW_COURSES ? isOneOf(dialect, asText(dialect, t.column(course)), "text", courses) : raw("TRUE");
    for (const row of await select(db, items, sql`FROM ${t.from} WHERE ${t.ours} AND ${which} AND ${among}`)) {
      if (asked.has(row[0]) && (!onCourses || onCourses.has(row[1]))) found.push(row);
    }
  }
  return found;
}

// src/sql/narrow-compared.ts
var DAY = 864e5;
var NEAR = 2 * DAY;
function compared({ column, dialect }, condition, types) {
  if (!column || condition.op === "blank") return void 0;
  const type = typeOf(condition, types);
  if (type !== "number" && type !== "date") return void 0;
  if (!types) return void 0;
  const asked = condition.op === "in" ? condition.value : [condition.value];
  const values = asked.map((value) => comparable(type, value));
  const subject = type === "date" ? asValue(dialect, column) : column;
  const literal2 = (value) => type === "date" ? sql`${new Date(value).toISOString().slice(0, 10)}` : sql`CAST(${String(value)} AS ${raw({ postgres: "double precision", mysql: "DOUBLE", sqlite: "REAL" }[dialect])})`;
  const margin = (value) => type === "date" ? NEAR : Math.abs(value) * 1e-9 + 1e-9;
  const inside = (value) => {
    const less = (by) => sql`${subject} < ${literal2(value + by * margin(value))}`;
    const more = (by) => sql`${subject} > ${literal2(value + by * margin(value))}`;
    switch (condition.op) {
      case "lt":
      case "lte":
        return { above: less(1), below: less(-1) };
      case "gt":
      case "gte":
        return { above: more(-1), below: more(1) };
      default:
        return { above: sql`(${more(-1)} AND ${less(1)})`, below: raw("FALSE") };
    }
  };
  const bounds = values.map(inside);
  const either = (side) => sql`COALESCE((${joined2(
    bounds.map((one) => one[side]),
    " OR "
  )}), FALSE)`;
  return { above: either("above"), below: either("below") };
}

// src/sql/narrow-source.ts
function sourceOf(u, tables, field2, type) {
  const { learners } = tables;
  const { columns = {} } = learners;
  if (Object.hasOwn(columns, field2)) return columnSource(u, u.column(columns[field2]), type, true);
  if (learners.values) return learners.json === void 0 ? valuesSource(u, tables, field2, type) : void 0;
  const inside = learners.json === void 0 ? void 0 : keyOf2(u.dialect, u.column(learners.json), field2);
  return inside && columnSource(u, inside, type, false);
}
function keyOf2(dialect, json, field2) {
  if (dialect === "postgres") return sql`(CAST(${json} AS jsonb) -> ${field2}::text)`;
  if (/["\\]/u.test(field2)) return void 0;
  const path = `$."${field2}"`;
  if (dialect === "mysql") return sql`JSON_EXTRACT(${json}, ${path})`;
  return sql`((${json} -> ${path}) || '')`;
}
function columnSource(u, value, type, isColumn) {
  const { dialect } = u;
  const text2 = asValue(dialect, value);
  const has2 = (column, texts) => texts.length === 0 ? raw("FALSE") : sql`COALESCE(${isOneOf(dialect, column, "text", texts)}, FALSE)`;
  const isOne = (texts) => {
    const exact4 = has2(exactly(dialect, value), texts);
    const both = isColumn && type === "text" && dialect !== "postgres" ? sql`(${has2(value, texts)} AND ${exact4})` : exact4;
    return { above: both, below: both };
  };
  return {
    dialect,
    distinct: sql`SELECT DISTINCT ${distinctly(dialect, jsonArray(dialect, isColumn ? [text2, value] : [text2]))} AS j FROM ${u.from} WHERE ${u.ours} AND ${value} IS NOT NULL`,
    read: (json, found) => profileValue(isColumn ? found : JSON.parse(json), type),
    isOneOf: isOne,
    isBlank: (blank) => {
      const { above, below } = isOne(blank);
      return { above: sql`(${value} IS NULL OR ${above})`, below: sql`(${value} IS NULL OR ${below})` };
    },
    ...isColumn && { column: value }
  };
}
function distinctly(dialect, json) {
  return dialect === "mysql" ? sql`CAST(${json} AS BINARY)` : json;
}
function valuesSource(u, { learners }, field2, type) {
  const { dialect, tenant } = u;
  const values = learners.values;
  const v = new TableRef(dialect, values, "v", tenant);
  const value = v.column(values.value);
  const text2 = asValue(dialect, value);
  const ofField = sql`${v.ours} AND ${exactly(dialect, v.column(values.field))} = ${field2}`;
  const has2 = (texts) => texts.length === 0 ? raw("FALSE") : sql`EXISTS (SELECT 1 FROM ${v.from} WHERE ${ofField} AND ${v.column(values.learner)} = ${u.column(learners.id)} AND ${isOneOf(dialect, exactly(dialect, value), "text", texts)})`;
  return {
    dialect,
    distinct: sql`SELECT DISTINCT ${distinctly(dialect, jsonArray(dialect, [text2]))} AS j FROM ${v.from} WHERE ${ofField} AND ${value} IS NOT NULL`,
    read: (found) => textValue(found, type),
    isOneOf: (texts) => ({ above: has2(texts), below: has2(texts) }),
    isBlank: (_, others) => {
      const blank = sql`(NOT ${has2(others)})`;
      return { above: blank, below: blank };
    }
  };
}

// src/sql/narrow.ts
var [TRUE2, FALSE2] = [raw("TRUE"), raw("FALSE")];
var UNKNOWN = { above: TRUE2, below: FALSE2 };
var MOST_VALUES = 5e3;
async function narrowed(db, tables, u, { rule, placedIn }, types) {
  if (references(rule).size > 0 || checkRule(rule, types).length > 0) return { condition: TRUE2, isNarrow: false };
  const byField2 = /* @__PURE__ */ new Map();
  const conditions2 = conditionsOf(rule);
  for (const condition of conditions2) entry(byField2, condition.field, () => []).push(condition);
  const bounds = /* @__PURE__ */ new Map();
  for (const [field2, some] of byField2) {
    const source = sourceOf(u, tables, field2, types?.get(field2));
    for (const [condition, found] of await boundsOf(db, source, some, types)) bounds.set(condition, found);
  }
  const matching = combined(rule, (condition) => bounds.get(condition) ?? UNKNOWN).above;
  return {
    condition: placedIn.length === 0 ? matching : sql`(${matching} OR ${placedInOne(tables, u, placedIn)})`,
    isNarrow: conditions2.every((condition) => bounds.has(condition))
  };
}
function conditionsOf(rule) {
  if ("all" in rule) return rule.all.flatMap(conditionsOf);
  if ("any" in rule) return rule.any.flatMap(conditionsOf);
  if ("not" in rule) return conditionsOf(rule.not);
  return "field" in rule ? [rule] : [];
}
function combined(rule, boundsOf2) {
  if ("all" in rule || "any" in rule) {
    const [parts, word] = "all" in rule ? [rule.all, " AND "] : [rule.any, " OR "];
    if (parts.length === 0) return { above: FALSE2, below: FALSE2 };
    const bounds = parts.map((part) => combined(part, boundsOf2));
    const all2 = (side) => sql`(${joined2(
      bounds.map((one) => one[side]),
      word
    )})`;
    return { above: all2("above"), below: all2("below") };
  }
  if ("not" in rule) {
    const { above, below } = combined(rule.not, boundsOf2);
    return { above: sql`(NOT ${below})`, below: sql`(NOT ${above})` };
  }
  if ("everyone" in rule) return { above: TRUE2, below: TRUE2 };
  return "field" in rule ? boundsOf2(rule) : UNKNOWN;
}
function placedInOne({ placements, learners }, u, segments) {
  if (!placements) return FALSE2;
  const p = new TableRef(u.dialect, placements, "p", u.tenant);
  const isIt = isOneOf(u.dialect, exactly(u.dialect, p.column(placements.segment)), "text", segments);
  return sql`EXISTS (SELECT 1 FROM ${p.from} WHERE ${p.ours} AND ${p.column(placements.learner)} = ${u.column(learners.id)} AND ${isIt})`;
}
async function boundsOf(db, source, conditions2, types) {
  const known = /* @__PURE__ */ new Map();
  if (!source) return known;
  const values = await ask(
    db,
    sql`SELECT ${asText(db.dialect, raw("j"))} AS j FROM (${source.distinct}) AS found LIMIT ${raw(String(MOST_VALUES + 1))}`
  );
  for (const condition of conditions2) {
    const bounds = values.length > MOST_VALUES ? compared(source, condition, types) : exact3(source, condition, values, types);
    if (bounds) known.set(condition, bounds);
  }
  return known;
}
function exact3(source, condition, values, types) {
  const { field: field2 } = condition;
  const program = new Program(types && /* @__PURE__ */ new Map([[field2, types.get(field2)]]));
  const slot = program.compile(condition, () => 0);
  const learners = values.map(
    (value, i) => ({ id: String(i), profile: Object.fromEntries([[field2, source.read(...value)]]) })
  );
  const rows2 = mayHoldAt(evaluate(slice(program, [slot], "none"), learners), [slot], learners.length);
  const texts = rows2.map((row) => values[row][0]);
  if (condition.op !== "blank") return source.isOneOf(texts);
  const blank = new Set(rows2);
  return source.isBlank(
    texts,
    values.flatMap(([text2], row) => blank.has(row) ? [] : [text2])
  );
}

// src/sql/sql-host.ts
var EVERYONE2 = { condition: raw("TRUE"), isNarrow: true };
function sqlHost(tables) {
  checkTables(tables);
  const { learners, tenant } = tables;
  const kind = learners.ids ?? "text";
  const ref = (dialect, host, alias) => new TableRef(dialect, host, alias, tenant);
  const fieldsOf = async (db) => typeof tables.fields === "function" ? tables.fields(db) : tables.fields;
  const conditions2 = /* @__PURE__ */ new WeakMap();
  const narrowing = (db, u, matching, fields) => {
    const made = conditions2.get(matching) ?? narrowed(db, tables, u, matching, fieldTypes(fields));
    conditions2.set(matching, made);
    return made.catch((error) => {
      conditions2.delete(matching);
      throw error;
    });
  };
  const people = async (db, fields, where, end) => {
    const u = ref(db.dialect, learners, "u");
    const rows2 = await select(
      db,
      learnerItems(tables, u),
      sql`FROM ${u.from} WHERE ${u.ours} AND ${where(u)} ${end}`
    );
    return rows2.map(learnerReader(tables, fieldTypes(fields)));
  };
  return {
    learnerIds: kind,
    ...tenant !== void 0 && { tenant: String(tenant) },
    fields: fieldsOf,
    courses: coursesReader(tables),
    async learners(db, ids) {
      const fields = await fieldsOf(db);
      const found = [];
      for (const some of inChunks(ids)) {
        const asked = new Set(some);
        const page = await people(db, fields, (u) => isOneOf(db.dialect, u.column(learners.id), kind, some), raw(""));
        for (const learner of page) if (asked.has(learner.id)) found.push(learner);
      }
      return found;
    },
    async page(db, { after, upTo, limit, matching, idsOnly }) {
      const fields = await fieldsOf(db);
      const u = ref(db.dialect, learners, "u");
      const id2 = inOrder3(db.dialect, kind, u.column(learners.id));
      const { condition, isNarrow } = matching ? await narrowing(db, u, matching, fields) : EVERYONE2;
      const range = inRange(db.dialect, kind, id2, { after, upTo });
      const end = sql`ORDER BY ${id2} LIMIT ${raw(String(limit))}`;
      if (!idsOnly || !isNarrow) return people(db, fields, () => sql`${range} AND ${condition}`, end);
      const rows2 = await select(
        db,
        [asText(db.dialect, u.column(learners.id))],
        sql`FROM ${u.from} WHERE ${u.ours} AND ${range} AND ${condition} ${end}`
      );
      return rows2.map(([found]) => ({ id: found, profile: {} }));
    },
    async individual(db, ids, courses) {
      const { individual } = tables;
      if (!individual) return [];
      const t = ref(db.dialect, individual, "t");
      const found = await byLearner2(db, t, individual, kind, ids, courses, []);
      return found.map(([learnerId, courseId]) => ({ learnerId, courseId }));
    },
    async training(db, ids, courses) {
      const { training } = tables;
      if (!training) return [];
      const t = ref(db.dialect, training, "t");
      const status = asText(db.dialect, t.column(training.status));
      const archived = training.archived === void 0 ? raw("NULL") : t.column(training.archived);
      const rows2 = await byLearner2(db, t, training, kind, ids, courses, [
        status,
        archived
      ]);
      const completed = training.completed ?? "completed";
      return rows2.filter(([, , , away]) => away === null || away === false || away === 0).map(([learnerId, courseId, said]) => ({
        learnerId,
        courseId,
        status: said === completed ? "completed" : "in-progress"
      }));
    },
    ...tables.onWrite && { onWrite: (diffs, tx) => tables.onWrite(diffs, tx) }
  };
}
export {
  BY_ASSIGNMENT_ONLY,
  SmartEnrolmentsError,
  all,
  any,
  createSmartEnrolments,
  createSqlRepositories,
  everyone2 as everyone,
  field,
  fromBetterSqlite3,
  fromDrizzle,
  fromKnex,
  fromKysely,
  fromMysql2,
  fromNodeSqlite,
  fromPg,
  fromPglite,
  fromPostgresJs,
  fromPrisma,
  inSegment,
  isSmartEnrolmentsError,
  linkCourses,
  migrate,
  migrationSql,
  not,
  ruleFromList,
  sqlHost
};
