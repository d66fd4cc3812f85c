import type { Catalog, LearnerId } from 'smart-enrolments';
import { committed, emptyCatalog, replaced, settled } from './catalog.js';
import type { Event } from './events.js';
import { emptyRow, type Row, withDiff, withIndividual, withLearner, withRecord } from './row.js';

/**
 * The result of all events so far. A state over another one is a draft: it includes the state below and its own events,
 * and the state below does not include them.
 */
export class State {
  readonly #below: State | undefined;
  readonly #rows = new Map<LearnerId, Row>();
  #catalog: Catalog | undefined;
  #ids: readonly LearnerId[] | undefined;

  constructor(below?: State) {
    this.#below = below;
  }

  /** The same object until an event changes something in it. */
  get catalog(): Catalog {
    return this.#catalog ?? this.#below?.catalog ?? emptyCatalog;
  }

  row(id: LearnerId): Row {
    return this.#rows.get(id) ?? this.#below?.row(id) ?? emptyRow(id);
  }

  /** The ids of all rows in this store's order, which is that of `<` for strings. */
  ids(): readonly LearnerId[] {
    this.#ids ??= [...new Set([...(this.#below?.ids() ?? []), ...this.#rows.keys()])].sort();
    return this.#ids;
  }

  /** Applies an event. */
  fold(event: Event): void {
    switch (event.type) {
      case 'catalogCommitted':
        this.#catalog = committed(this.catalog, event.change, event.unsettled);
        break;
      case 'workSettled':
        this.#catalog = settled(this.catalog, event.progress);
        break;
      case 'enrolmentsWritten':
        for (const diff of event.diffs) this.#put(diff.learnerId, withDiff(this.row(diff.learnerId), diff));
        break;
      case 'fieldsDeclared':
        this.#catalog = { ...this.catalog, fields: event.fields };
        break;
      case 'coursesSaved':
        this.#catalog = { ...this.catalog, courses: replaced(this.catalog.courses, event.courses, []) };
        break;
      case 'coursesDeleted':
        this.#catalog = { ...this.catalog, courses: replaced(this.catalog.courses, [], event.ids) };
        break;
      case 'learnersSaved':
        for (const learner of event.learners) this.#put(learner.id, withLearner(this.row(learner.id), learner));
        break;
      case 'learnersDeleted':
        for (const id of event.ids) this.#put(id, withLearner(this.row(id), undefined));
        break;
      case 'enrolledIndividually':
      case 'unenrolledIndividually': {
        const row = this.row(event.learnerId);
        const others = row.holdings.individual.filter((id) => id !== event.courseId);
        const courses = event.type === 'enrolledIndividually' ? [...others, event.courseId] : others;
        this.#put(event.learnerId, withIndividual(row, courses));
        break;
      }
      case 'trainingRecorded':
        this.#put(event.learnerId, withRecord(this.row(event.learnerId), event.record));
        break;
      default:
        event satisfies never;
    }
  }

  #put(id: LearnerId, row: Row): void {
    if (!this.#rows.has(id)) this.#ids = undefined;
    this.#rows.set(id, row);
  }
}
