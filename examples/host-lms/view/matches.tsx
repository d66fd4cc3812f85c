import type { FC } from 'hono/jsx';
import type { Person } from '../lms/people.js';
import { PersonLink } from './people.js';
import { count } from './words.js';

export interface MatchesProps {
  readonly total?: number;
  readonly first?: readonly Person[];
  /** Why the members cannot be counted yet. */
  readonly problem?: string | undefined;
}

/** The members of a segment while it is typed: a permanent live region, so that screen readers announce changes. */
export const Matches: FC<MatchesProps & { readonly isAsked?: boolean | undefined }> = ({ isAsked, ...matches }) => (
  <section class="card" aria-labelledby="matches-title">
    <h2 id="matches-title">Who matches</h2>
    <div id="matches" aria-live="polite" tabindex={-1} autofocus={isAsked}>
      <Found {...matches} />
    </div>
  </section>
);

/** The number of matches, and the first of them. */
export const Found: FC<MatchesProps> = ({ total = 0, first = [], problem }) =>
  problem ? (
    <p>{problem}</p>
  ) : (
    <>
      <p class="figure">{count(total, 'active user')}</p>
      {first.length > 0 && (
        // While the user types, a screen reader announces the number, but not the names.
        <ul class="people" aria-live="off">
          {first.map((person) => (
            <li>
              <PersonLink person={person} />
            </li>
          ))}
        </ul>
      )}
      {total > first.length && <p class="hint">{`and ${count(total - first.length, 'more', 'more')}`}</p>}
    </>
  );
