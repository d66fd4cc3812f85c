import type { Edit, Link } from '../../model/catalog.js';
import type { Field, Learner } from '../../model/learner.js';
import type { Rule } from '../../model/rule.js';
import type { Random } from '../random.js';
import type { ExpectedState } from './expected-state.js';
import type { Counts, Faults } from './report.js';
import type { HostStep, LibraryStep } from './step.js';

// Few ids, so that steps use the same ones, and some that a careless store confuses with each other.
const LEARNERS = ['a', 'A', 'b', 'é', 'e\u0301', '__proto__', 'l1', 'l10', '😀', ''];
const SEGMENTS = ['s', 'S', '__proto__', 't', 'u'];
export const COURSES = ['c', 'C', 'constructor', 'd'];
const LINKS = ['k', 'K', '__proto__', 'k1', 'k10', '', 'm', '😀'];

/** The fields that the host declares at first; without one of them; with another type for one of them. */
export const DECLARATIONS: readonly (readonly Field[])[] = [
  [
    { id: 'site', type: 'text' },
    { id: 'level', type: 'number' },
    { id: 'since', type: 'date' },
  ],
  [
    { id: 'level', type: 'number' },
    { id: 'since', type: 'date' },
  ],
  [
    { id: 'site', type: 'text' },
    { id: 'level', type: 'text' },
    { id: 'since', type: 'date' },
  ],
];

const SITES = ['Bristol', ' bRiStOl ', 'Leeds', 'Straße', 'STRASSE'];
const DATES = ['2026-03-01', '2026-03-02', '2026-03-01T01:00:00+01:00'];

/** Generates the next step from the current state, so that most steps are possible and change something. */
export class StepGenerator {
  /** Notices that the host has not sent yet. */
  readonly #notices: (readonly string[])[] = [];

  constructor(
    readonly random: Random,
    readonly expected: ExpectedState,
    readonly faults: Faults,
    readonly counts: Counts,
  ) {}

  next(): HostStep | LibraryStep {
    const { random, expected } = this;
    if (random.chance(this.faults.unreadableRow)) return this.#spoil();
    if (expected.unreadable.size > 0 && random.chance(0.05)) return this.#repair();
    if (expected.learners.size < 4 || random.chance(0.46)) return this.#hostStep();
    const dice = random.next();
    if (dice < 0.4 && this.#notices.length > 0) return { do: 'notice', ids: this.#notice() };
    if (dice < 0.9) return { do: dice < 0.84 ? 'apply' : 'plan', edits: this.#edits() };
    if (dice < 0.94) return { do: 'settle' };
    return { do: 'reconcile', ...(random.chance(0.4) && { courses: [random.pick(COURSES), random.pick(COURSES)] }) };
  }

  /** Takes back a step that a fault stopped: its notice is sent again. */
  retry(step: HostStep | LibraryStep): void {
    if (step.do === 'notice') this.notify(step.ids);
  }

  /** Adds a notice of these learners to those that the host will send. */
  notify(ids: readonly string[]): void {
    this.#notices.push(ids);
  }

  #spoil(): HostStep {
    return { do: 'spoil', learnerId: this.random.pick(LEARNERS), row: this.random.pick(['learner', 'holdings']) };
  }

  #repair(): HostStep {
    const learnerId = this.random.pick([...this.expected.unreadable.keys()]);
    this.#addNotice([learnerId]);
    return { do: 'repair', learnerId };
  }

  #notice(): readonly string[] {
    const at = this.random.chance(this.faults.reorderedNotice) ? this.random.below(this.#notices.length) : 0;
    if (at > 0) this.counts.faults.reorderedNotice++;
    return this.#notices.splice(at, 1)[0]!;
  }

  #addNotice(ids: readonly string[]): void {
    const { random, faults, counts } = this;
    if (random.chance(faults.lostNotice)) counts.faults.lostNotice++;
    else this.#notices.push(ids);
    if (!random.chance(faults.doubledNotice)) return;
    counts.faults.doubledNotice++;
    this.#notices.push(ids);
  }

  #hostStep(): HostStep {
    const { random, expected } = this;
    const dice = random.next();
    if (dice < 0.5 || expected.learners.size < 4) {
      const learners = random.chance(0.3) ? [this.#learner(), this.#learner()] : [this.#learner()];
      const once = [...new Map(learners.map((learner) => [learner.id, learner])).values()];
      this.#addNotice(once.map(({ id }) => id));
      return { do: 'save', learners: once };
    }
    if (dice < 0.56) {
      const ids = [random.pick([...expected.learners.keys()])];
      this.#addNotice(ids);
      return { do: 'delete', ids };
    }
    if (dice < 0.6) {
      const courseId = random.pick(COURSES);
      const open = expected.courses.get(courseId)?.enrolmentMethod === 'by-assignment-only';
      return { do: 'method', courseId, method: open && random.chance(0.5) ? 'self' : 'by-assignment-only' };
    }
    if (dice < 0.62) return { do: 'fields', fields: DECLARATIONS[random.chance(0.6) ? 0 : 1 + random.below(2)]! };
    const learnerId = random.pick(LEARNERS);
    const { individual, training, held } = expected.holdingsOf(learnerId);
    const on = [...held.values()].map(({ courseId }) => courseId);
    if (dice < 0.8) {
      const courseId = random.pick(COURSES);
      return { do: individual.has(courseId) ? 'unenrol' : 'enrol', learnerId, courseId };
    }
    const courseId = on.length > 0 && random.chance(0.8) ? random.pick(on) : random.pick(COURSES);
    return {
      do: 'train',
      learnerId,
      courseId,
      status: training.get(courseId) === 'completed' ? 'in-progress' : 'completed',
    };
  }

  #learner(): Learner {
    const { random } = this;
    const id = random.pick(LEARNERS);
    const profile = {
      ...(random.chance(0.8) && {
        site: random.chance(0.15) ? [random.pick(SITES), 'Leeds', null] : random.pick(SITES),
      }),
      ...(random.chance(0.7) && { level: random.chance(0.05) ? 'high' : random.below(4) }),
      ...(random.chance(0.5) && { since: random.pick(DATES) }),
    };
    const placed = random.chance(0.3) ? { segments: [random.pick(SEGMENTS)] } : {};
    return { id, profile, ...placed, ...(random.chance(0.1) && { active: false }) };
  }

  #edits(): Edit[] {
    const edits = [this.#edit()];
    if (this.random.chance(0.2)) edits.push(this.#edit());
    return edits;
  }

  #edit(): Edit {
    const { random, expected } = this;
    const links = [...expected.links.values()];
    const dice = random.next();
    if (expected.segments.size < 2 || dice < 0.22) return this.#saveSegment();
    if (links.length > 0 && (dice < 0.5 || links.length > 6)) {
      if (dice < 0.42) return { type: 'unlink', linkId: random.pick(links).id };
      const { rule, ...link } = random.pick(links);
      return { type: 'link', link: { ...link, rule: rule ? null : this.#rule([], 1) } };
    }
    if (dice > 0.96) return { type: 'deleteSegment', segmentId: random.pick([...expected.segments.keys()]) };
    return { type: 'link', link: this.#link() };
  }

  #saveSegment(): Edit {
    const id = this.random.pick(SEGMENTS);
    const earlier = SEGMENTS.slice(0, SEGMENTS.indexOf(id)).filter((other) => this.expected.segments.has(other));
    const rule = this.random.chance(0.85) ? { rule: this.#rule(earlier, 2) } : {};
    return { type: 'saveSegment', segment: { id, title: String(this.random.below(3)), ...rule } };
  }

  #link(): Link {
    const { random, expected } = this;
    const free = LINKS.filter((id) => !expected.links.has(id));
    const open = COURSES.filter((id) => expected.courses.get(id)?.enrolmentMethod === 'by-assignment-only');
    const link = {
      id: random.pick(free.length > 0 ? free : LINKS),
      segmentId: random.pick([...expected.segments.keys()]),
      courseId: random.pick(open.length > 0 ? open : COURSES),
    };
    return random.chance(0.25) ? { ...link, rule: this.#rule([...expected.segments.keys()], 1) } : link;
  }

  #rule(segments: readonly string[], depth: number): Rule {
    const { random } = this;
    const dice = random.next();
    if (depth > 0 && dice < 0.15) return { all: [this.#rule(segments, depth - 1), this.#rule(segments, depth - 1)] };
    if (depth > 0 && dice < 0.35) return { any: [this.#rule(segments, depth - 1), this.#rule(segments, depth - 1)] };
    if (depth > 0 && dice < 0.43) return { not: this.#rule(segments, depth - 1) };
    if (segments.length > 0 && dice < 0.55) return { segment: random.pick(segments) };
    if (dice < 0.6) return { everyone: true };
    if (dice < 0.65) return { field: random.pick(['site', 'level', 'since']), op: 'blank' };
    if (dice < 0.75) return { field: 'level', op: random.pick(['gte', 'lt'] as const), value: random.below(4) };
    if (dice < 0.82) return { field: 'since', op: random.pick(['lte', 'gt'] as const), value: random.pick(DATES) };
    if (dice < 0.88) return { field: 'site', op: 'startsWith', value: 'b' };
    if (dice < 0.92) return { field: 'level', op: 'in', value: [random.below(4), random.below(4)] };
    return { field: 'site', op: 'equals', value: random.pick(SITES) };
  }
}
