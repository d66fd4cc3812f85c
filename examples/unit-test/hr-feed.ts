import type { Learner, LearnerDiff, SmartEnrolments } from 'smart-enrolments';

/** A row of the nightly feed of the HR system. */
export interface HrRow {
  readonly employeeNumber: string;
  readonly site: string;
  readonly jobTitle: string;
  readonly employed: boolean;
}

/** Where this host keeps its people. */
export interface People {
  saveLearners(learners: readonly Learner[]): Promise<void>;
}

/** Sends one email. */
export type SendMail = (to: string, subject: string) => Promise<void>;

/** The host's own code, which runs when the HR feed has changed. */
export class HrFeed {
  readonly #people: People;
  readonly #enrolments: SmartEnrolments;
  readonly #send: SendMail;

  constructor(people: People, enrolments: SmartEnrolments, send: SendMail) {
    this.#people = people;
    this.#enrolments = enrolments;
    this.#send = send;
  }

  /** Stores the people of these rows, updates their enrolments, and mails learners whose courses change. */
  async received(rows: readonly HrRow[]): Promise<void> {
    await this.#people.saveLearners(rows.map(learner));
    const ids = rows.map(({ employeeNumber }) => employeeNumber);
    // Called after the commit, and at most once: a host whose mails must not be lost writes an outbox in its adapter instead.
    await this.#enrolments.learnersChanged(ids, { onDiff: (diffs) => this.#notify(diffs) });
  }

  async #notify(diffs: readonly LearnerDiff[]): Promise<void> {
    // Only changes that a learner notices: a change of assignments alone has no `enrolled` and no `unenrolled`.
    for (const { learnerId, enrolled, unenrolled } of diffs) {
      for (const { courseId, training } of enrolled)
        await this.#send(learnerId, training === 'start' ? `New course: ${courseId}` : `Welcome back to ${courseId}`);
      for (const { courseId } of unenrolled) await this.#send(learnerId, `You are no longer on ${courseId}`);
    }
  }
}

function learner({ employeeNumber, site, jobTitle, employed }: HrRow): Learner {
  return { id: employeeNumber, profile: { site, jobTitle }, active: employed };
}
