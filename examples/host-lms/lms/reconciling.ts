import {
  type Fingerprint,
  isSmartEnrolmentsError,
  type LimitExceeded,
  type Progress,
  type Summary,
} from 'smart-enrolments';
import { because } from './causes.js';
import type { Lms } from './lms.js';

/** The progress or the result of a reconcile. */
export interface Reconciling {
  readonly everyone: number;
  readonly progress?: Progress;
  readonly found?: Summary;
  /** It would remove more than the limit without confirmation; nothing was done. */
  readonly refused?: { readonly exceeded: readonly LimitExceeded[]; readonly fingerprint?: Fingerprint };
  readonly failed?: string;
}

/** The last reconcile by the id of the organisation. */
const now = new Map<string, Reconciling>();

/** Returns the running or the last reconcile in this process. */
export function reconciling({ organisation }: Lms): Reconciling | undefined {
  return now.get(organisation.id);
}

export function isRunning(state: Reconciling | undefined): boolean {
  return state !== undefined && !state.found && !state.refused && state.failed === undefined;
}

/** Starts a reconcile of everyone unless one is already running; returns immediately. */
export async function startReconciling(lms: Lms, by: string, confirm?: Fingerprint): Promise<void> {
  if (isRunning(reconciling(lms))) return;
  const say = (state: Reconciling): void => void now.set(lms.organisation.id, state);
  say({ everyone: 0 });
  const [{ everyone } = { everyone: 0 }] = await lms.db.query<{ everyone: number }>(
    'SELECT count(*)::int AS everyone FROM people',
  );
  say({ everyone });
  const options = { ...because(by, 'Reconciled everyone'), ...(confirm !== undefined && { confirm }) };
  void lms.enrolments.reconcile({ ...options, onProgress: (progress) => say({ everyone, progress }) }).then(
    ({ summary }) => say({ everyone, found: summary }),
    (error: unknown) => say({ everyone, ...ending(error) }),
  );
}

function ending(error: unknown): Pick<Reconciling, 'refused' | 'failed'> {
  if (isSmartEnrolmentsError(error, 'removal_limit')) {
    const { exceeded, fingerprint } = error.details;
    return { refused: { exceeded, ...(fingerprint !== undefined && { fingerprint }) } };
  }
  console.error(error);
  return { failed: 'It stopped because of an error, which was logged. Earlier changes are kept; start it again.' };
}
