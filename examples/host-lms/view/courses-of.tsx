import type { FC } from 'hono/jsx';
import type { LmsCourse } from '../lms/courses.js';
import { isEnrolled, type Learning } from '../lms/learning.js';
import type { Person } from '../lms/people.js';
import { PostButton } from './post-button.js';
import { Table } from './table.js';

interface Props {
  readonly person: Person;
  readonly learning: readonly Learning[];
  readonly others: readonly LmsCourse[];
}

/** The courses of a person, for an admin: why they are enrolled, and how to end it. */
export const CoursesOf: FC<Props> = ({ person, learning, others }) => (
  <section class="card" aria-labelledby="courses">
    <h2 id="courses">Courses</h2>
    <Table caption="Courses that this user is or was on" columns={['Course', 'Enrolled', 'Record']} hasActions>
      {learning.map((each) => {
        const path = `/users/${person.id}/courses/${encodeURIComponent(each.course)}`;
        return (
          <tr>
            <th scope="row">{each.title}</th>
            <td>{sources(each)}</td>
            <td>{recordText(each)}</td>
            <td class="actions">
              {!each.archived && (
                <a href={`${path}/why`} aria-label={`Why: ${each.title}`}>
                  Why?
                </a>
              )}
              {isEnrolled(each) && (
                <PostButton action={`${path}/unenrol`} label={`Unenrol from ${each.title}`}>
                  Unenrol
                </PostButton>
              )}
            </td>
          </tr>
        );
      })}
    </Table>
    <form method="post" action={`/users/${person.id}/enrol`} class="together">
      <label for="course">Enrol individually on</label>
      <select id="course" name="course">
        {others.map(({ id, title }) => (
          <option value={id}>{title}</option>
        ))}
      </select>
      <button type="submit" class="second">
        Enrol
      </button>
    </form>
  </section>
);

function sources({ individual, smart }: Learning): string {
  if (individual) return 'individually';
  return smart ? 'by a segment' : 'no longer';
}

/** A training record in words. */
function recordText({ archived, status, done, sections }: Learning): string {
  if (archived) return 'completed, archived';
  if (status === 'completed') return 'completed';
  return done === 0 ? 'not started' : `${done} of ${sections} sections`;
}
