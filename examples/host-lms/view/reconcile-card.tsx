import type { FC } from 'hono/jsx';
import type { Titles } from '../lms/names.js';
import { isRunning, type Reconciling } from '../lms/reconciling.js';
import { NotDecided, SummaryText } from './consequences.js';
import { Input } from './input.js';
import { count } from './words.js';

interface Props {
  readonly state: Reconciling | undefined;
  readonly titles: Titles;
  /** The wrong number that was typed. */
  readonly typed?: string | undefined;
}

/** The number to type as a confirmation. */
function numberAsked({ exceeded }: NonNullable<Reconciling['refused']>): string {
  const isOfUnenrolled = exceeded.some(({ limit }) => limit === 'unenrolments');
  return isOfUnenrolled ? 'how many learners would be unenrolled' : 'how many records would be archived';
}

/** The button that starts a reconcile, its progress, and its result. */
export const ReconcileCard: FC<Props> = ({ state, titles, typed }) => {
  if (state && isRunning(state)) {
    const { everyone, progress } = state;
    const looked = progress?.looked ?? 0;
    return (
      <section
        id="reconcile"
        class="card"
        aria-labelledby="reconcile-title"
        hx-get="/activity/reconcile"
        hx-trigger="load delay:400ms"
        hx-swap="outerHTML"
      >
        <h2 id="reconcile-title">Reconcile</h2>
        <p>
          <label for="reconcile-bar">
            {`${progress?.phase === 'check' ? 'Checking first: looked' : 'Looked'} at ${count(looked, 'learner')} of ${everyone.toLocaleString('en-GB')}`}
          </label>{' '}
          <progress id="reconcile-bar" max={Math.max(1, everyone)} value={looked} />
        </p>
      </section>
    );
  }
  return (
    <section id="reconcile" class="card" aria-labelledby="reconcile-title">
      <h2 id="reconcile-title">Reconcile</h2>
      <p>
        Evaluates everyone again and fixes what was missed: a lost notice, or a course whose enrolment method was
        restored.
      </p>
      {state?.found && (
        <div role="status">
          <p>
            <strong>
              {state.found.learners === 0
                ? `Evaluated ${count(state.everyone, 'learner')}: nothing to change.`
                : `Evaluated ${count(state.everyone, 'learner')}: ${count(state.found.learners, 'learner was', 'learners were')} not as they should be.`}
            </strong>
          </p>
          {state.found.learners > 0 && <SummaryText summary={state.found} />}
          <NotDecided blocked={state.found.blocked} total={state.found.blockedTotal} titles={titles} />
        </div>
      )}
      {state?.failed !== undefined && (
        <p class="note bad" role="alert">
          {state.failed}
        </p>
      )}
      <form method="post" action="/activity/reconcile">
        {state?.refused && (
          <>
            <p class="note bad" role="alert">
              {`This would mean ${state.refused.exceeded
                .map(
                  ({ limit, found, allowed }) =>
                    `${found.toLocaleString('en-GB')} ${limit === 'archives' ? 'records archived' : 'learners unenrolled'} (the limit is ${allowed})`,
                )
                .join(' and ')}. Nothing was changed.`}
            </p>
            <input type="hidden" name="confirm" value="yes" />
            <Input
              name="number"
              label={`If this is meant, type ${numberAsked(state.refused)}`}
              value={typed}
              problem={typed === undefined ? undefined : 'That is not the number. Nothing was changed.'}
              inputmode="numeric"
              autocomplete="off"
            />
          </>
        )}
        <button type="submit">{state?.refused ? 'Go on' : 'Reconcile now'}</button>
      </form>
    </section>
  );
};
