import type { FC } from 'hono/jsx';
import type { Person } from '../lms/people.js';
import { PersonLink } from './people.js';
import { count } from './words.js';

export interface MatchesProps {
  readonly total?: number;
  readonly first?: readonly Person[];
  /** Why nobody can be counted yet. */
  readonly problem?: string | undefined;
}

/** Who is in a segment as it is typed: a region that stays, so that changes in it are read out. */
export const Matches: FC<MatchesProps & { readonly isAsked?: boolean | undefined }> = ({ isAsked, ...matches }) => (
  <section class="card" aria-labelledby="matches-title">
    <h2 id="matches-title">Who matches</h2>
    <div id="matches" aria-live="polite" tabindex={-1} autofocus={isAsked}>
      <Found {...matches} />
    </div>
  </section>
);

/** How many match, and the first of them. */
export const Found: FC<MatchesProps> = ({ total = 0, first = [], problem }) =>
  problem ? (
    <p>{problem}</p>
  ) : (
    <>
      <p class="figure">{count(total, 'active user')}</p>
      {first.length > 0 && (
        // How many is read out while somebody types, and not each time who.
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
