import type { FC } from 'hono/jsx';
import type { Blocked, LearnerDiff, Summary } from 'smart-enrolments';
import type { Archived, KeptBy } from '../edits/review.js';
import type { Titles } from '../lms/names.js';
import { nameOf, type Person } from '../lms/people.js';
import { Table } from './table.js';
import { count } from './words.js';

/** The consequences of an operation, in sentences. */
export const SummaryText: FC<{ readonly summary: Summary; readonly future?: boolean }> = ({ summary, future }) => {
  const { enrolled, resumed, unenrolled, archived, kept, learners } = summary;
  const will = future ? 'will be' : 'were';
  if (learners === 0) return <p>{future ? 'Nobody’s enrolments will change.' : 'Nobody’s enrolments changed.'}</p>;
  return (
    <ul class="facts">
      {enrolled > 0 && (
        <li>
          <strong>{count(enrolled, 'enrolment')}</strong> {`${will} started`}
          {resumed > 0 && `, ${resumed.toLocaleString('en-GB')} of them where the person had left off`}.
        </li>
      )}
      {unenrolled > 0 && (
        <li>
          <strong>{count(unenrolled, isOneCourse(summary) ? 'learner' : 'enrolment')}</strong>{' '}
          {`${will} ${isOneCourse(summary) ? 'unenrolled' : 'ended'}.`}
        </li>
      )}
      {archived > 0 && (
        <li>
          <strong>{count(archived, 'completed course')}</strong> {`${will} archived.`}
        </li>
      )}
      {kept > 0 && (
        <li>
          <strong>{count(kept, 'enrolment')}</strong>{' '}
          {`${future ? 'will stay' : 'stayed'}, because something else holds ${kept === 1 ? 'it' : 'them'}.`}
        </li>
      )}
      {enrolled + unenrolled + kept === 0 && (
        <li>{`${count(learners, 'learner')} ${will} held for one reason more or less, and will notice nothing.`}</li>
      )}
    </ul>
  );
};

/** Then each enrolment that ends belongs to another learner. */
function isOneCourse({ courses }: Summary): boolean {
  return courses.filter(({ unenrolled }) => unenrolled > 0).length === 1;
}

/** The enrolments that start and end, by course. */
export const ByCourse: FC<{ readonly summary: Summary; readonly titles: Titles }> = ({ summary, titles }) =>
  summary.courses.length > 0 ? (
    <Table
      caption="By course"
      columns={[
        'Course',
        { number: 'Enrolled' },
        { number: 'Of these resumed' },
        { number: 'Unenrolled' },
        { number: 'Of these archived' },
      ]}
    >
      {summary.courses.map((each) => (
        <tr>
          <th scope="row">{titles.courses.get(each.courseId) ?? each.courseId}</th>
          {[each.enrolled, each.resumed, each.unenrolled, each.archived].map((n) => (
            <td class="number">{n.toLocaleString('en-GB')}</td>
          ))}
        </tr>
      ))}
    </Table>
  ) : null;

/** The people who stay enrolled, and why. */
export const WhoStays: FC<{ readonly kept: readonly KeptBy[]; readonly titles: Titles }> = ({ kept, titles }) =>
  kept.length > 0 ? (
    <section aria-labelledby="stays">
      <h2 id="stays">Who stays</h2>
      <ul class="facts">
        {kept.map(({ links, individual, count: n }) => {
          const segments = links.map((id) => `segment ${titles.linkSegments.get(id) ?? id}`);
          const by = [...segments, ...(individual ? ['an individual enrolment'] : [])];
          return (
            <li>
              <strong>{count(n, 'enrolment')}</strong> {`held by ${by.join(' and ')}`}
            </li>
          );
        })}
      </ul>
    </section>
  ) : null;

interface ArchivedProps {
  readonly archived: readonly Archived[];
  readonly total: number;
  readonly people: readonly Person[];
  readonly titles: Titles;
}

/** The people whose completed course is archived. */
export const WhoseIsArchived: FC<ArchivedProps> = ({ archived, total, people, titles }) => {
  const names = namesOf(people);
  return archived.length > 0 ? (
    <section aria-labelledby="archived">
      <h2 id="archived">Whose completed course will be archived</h2>
      <ul class="facts">
        {archived.map(({ learnerId, courseId }) => (
          <li>
            <a href={`/users/${learnerId}`}>{names.get(learnerId) ?? `Learner ${learnerId}`}</a>
            {`: ${titles.courses.get(courseId) ?? courseId}`}
          </li>
        ))}
        {total > archived.length && <li>{`and ${count(total - archived.length, 'more', 'more')}`}</li>}
      </ul>
    </section>
  ) : null;
};

function namesOf(people: readonly Person[]): ReadonlyMap<string, string> {
  return new Map(people.map((person) => [String(person.id), nameOf(person)]));
}

interface WhoProps {
  readonly who: readonly LearnerDiff[];
  readonly total: number;
  readonly people: readonly Person[];
  readonly titles: Titles;
  /** People who have no page yet. */
  readonly isNew?: (learnerId: string) => boolean;
}

/** The first learners, and what changes for each of them. */
export const Who: FC<WhoProps> = ({ who, total, people, titles, isNew }) => {
  const names = namesOf(people);
  const course = (id: string) => titles.courses.get(id) ?? id;
  if (who.length === 0) return null;
  return (
    <Table
      caption={total > who.length ? `Who: the first ${who.length} of ${total.toLocaleString('en-GB')}` : 'Who'}
      columns={['Learner', 'What changes']}
    >
      {who.map(({ learnerId, enrolled, unenrolled, kept, assigned }) => {
        const begun = new Set(enrolled.map(({ courseId }) => courseId));
        return (
          <tr>
            <th scope="row">
              {isNew?.(learnerId) ? (
                (names.get(learnerId) ?? `Learner ${learnerId}`)
              ) : (
                <a href={`/users/${learnerId}`}>{names.get(learnerId) ?? `Learner ${learnerId}`}</a>
              )}
            </th>
            <td>
              <ul class="lines">
                {enrolled.map(({ courseId, training }) => (
                  <li>
                    <span class="tag good">{training === 'resume' ? 'Resumes' : 'Starts'}</span> {course(courseId)}
                  </li>
                ))}
                {unenrolled.map(({ courseId, training }) => (
                  <li>
                    <span class="tag bad">{training === 'archive' ? 'Ends, archived' : 'Ends'}</span> {course(courseId)}
                  </li>
                ))}
                {kept.map(({ courseId, individual }) => (
                  <li>
                    <span class="tag">Stays</span> {course(courseId)}
                    {individual ? ' (enrolled individually)' : ''}
                  </li>
                ))}
                {assigned
                  .filter(({ courseId }) => !begun.has(courseId))
                  .map(({ courseId }) => (
                    <li>
                      <span class="tag">Stays</span> {course(courseId)} (held once more)
                    </li>
                  ))}
              </ul>
            </td>
          </tr>
        );
      })}
    </Table>
  );
};

/** What could not be decided and stays unchanged. */
export const NotDecided: FC<{
  readonly blocked: readonly Blocked[];
  readonly total: number;
  readonly titles: Titles;
}> = ({ blocked, total, titles }) =>
  total > 0 ? (
    <section aria-labelledby="blocked">
      <h2 id="blocked">Left as it is</h2>
      <p>{`${count(total, 'thing')} could not be decided, so nobody is enrolled or unenrolled because of ${total === 1 ? 'it' : 'them'}.`}</p>
      <ul class="facts">
        {blocked.map((one) => (
          <li>
            <strong>
              {'linkId' in one
                ? `${titles.links.get(one.linkId) ?? one.linkId} in segment ${titles.linkSegments.get(one.linkId) ?? '?'}`
                : `Learner ${one.learnerId}`}
            </strong>
            {`: ${one.reason}`}
          </li>
        ))}
      </ul>
    </section>
  ) : null;
