import type { FC } from 'hono/jsx';
import type { Blocked, Explanation, Hold, Miss } from 'smart-enrolments';
import type { Titles } from '../lms/names.js';
import { nameOf, type Person } from '../lms/people.js';
import { segmentPath } from './paths.js';
import { TraceTree, traceText } from './trace.js';

/** What keeps a person enrolled on a course. */
export const Holds: FC<{ readonly holds: readonly Hold[]; readonly titles: Titles }> = ({ holds, titles }) =>
  holds.length > 0 ? (
    <section class="card" aria-labelledby="holds">
      <h2 id="holds">What holds them</h2>
      {holds.map(({ link, segment, trace }) => (
        <div>
          <h3>{link ? `Segment ${segment?.title ?? link.segmentId}` : 'A deleted link that is not settled yet'}</h3>
          {trace && <TraceTree trace={trace} titles={titles} />}
        </div>
      ))}
    </section>
  ) : null;

/** Links to the course that do not hold the person, and which conditions are not met. */
export const Misses: FC<{ readonly misses: readonly Miss[]; readonly titles: Titles }> = ({ misses, titles }) =>
  misses.length > 0 ? (
    <section class="card" aria-labelledby="misses">
      <h2 id="misses">What does not hold them</h2>
      {misses.map(({ segment, failing, trace }) => (
        <div>
          <h3>{`Segment ${segment.title}`}</h3>
          {failing.length > 0 && <p>{`What fails: ${failing.map((each) => traceText(each, titles)).join('; ')}.`}</p>}
          <TraceTree trace={trace} titles={titles} />
        </div>
      ))}
    </section>
  ) : null;

/** What prevents a decision. */
export const Blockers: FC<{ readonly blocked: readonly Blocked[]; readonly titles: Titles }> = ({ blocked, titles }) =>
  blocked.length > 0 ? (
    <section class="card" aria-labelledby="blockers">
      <h2 id="blockers">What is not decided</h2>
      <ul class="facts">
        {blocked.map((one) => (
          <li>
            {'linkId' in one
              ? `Segment ${titles.linkSegments.get(one.linkId) ?? one.linkId}: ${one.reason}`
              : one.reason}
          </li>
        ))}
      </ul>
    </section>
  ) : null;

interface RemediesProps {
  readonly person: Person;
  readonly course: string;
  readonly unenrol: Explanation['unenrol'];
  readonly titles: Titles;
}

/** What would end the enrolment, and where to do it. */
export const Remedies: FC<RemediesProps> = ({ person, course, unenrol, titles }) => (
  <section class="card" aria-labelledby="remedies">
    <h2 id="remedies">{unenrol.allowed ? 'To end it' : 'To end it, all that holds them has to go'}</h2>
    <ul class="facts">
      {unenrol.remedies.map((remedy) => {
        switch (remedy.type) {
          case 'leave-segment':
            return (
              <li>
                <a href={`/users/${person.id}#profile`}>
                  {`Take ${nameOf(person)} out of segment ${titles.segments.get(remedy.segmentId) ?? remedy.segmentId}`}
                </a>
                , by their profile or where they are placed.
              </li>
            );
          case 'unlink': {
            const link = titles.catalog.links.find(({ id }) => id === remedy.linkId);
            return (
              <li>
                <a href={`${segmentPath(link?.segmentId ?? '')}#smart`}>
                  {`Remove the course from segment ${titles.linkSegments.get(remedy.linkId) ?? ''}`}
                </a>
                , which unenrols the whole segment.
              </li>
            );
          }
          case 'individual':
            return (
              <li>
                {unenrol.allowed ? (
                  <form method="post" action={`/users/${person.id}/courses/${encodeURIComponent(course)}/unenrol`}>
                    <button type="submit" class="danger">
                      Unenrol
                    </button>
                  </form>
                ) : (
                  'Their individual enrolment would still hold them.'
                )}
              </li>
            );
          default:
            return remedy satisfies never;
        }
      })}
    </ul>
  </section>
);
