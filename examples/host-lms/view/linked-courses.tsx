import type { FC } from 'hono/jsx';
import { BY_ASSIGNMENT_ONLY, type Segment } from 'smart-enrolments';
import type { Titles } from '../lms/names.js';
import { ruleText } from '../rules/words.js';
import { Menu } from './menu.js';
import { segmentPath } from './paths.js';
import { PostButton } from './post-button.js';
import { Table } from './table.js';

/** The card of the courses that are linked to a segment. */
export const LinkedCourses: FC<{ readonly segment: Segment; readonly titles: Titles }> = ({ segment, titles }) => {
  const path = segmentPath(segment.id);
  const methods = new Map(titles.catalog.courses.map(({ id, enrolmentMethod }) => [id, enrolmentMethod]));
  const links = titles.catalog.links
    .filter(({ segmentId }) => segmentId === segment.id)
    .map((link) => ({ ...link, title: titles.links.get(link.id)! }))
    .sort((a, b) => a.title.localeCompare(b.title));
  return (
    <section class="card" aria-labelledby="smart">
      <div class="head">
        <h2 id="smart">SMART ENROLMENTS</h2>
        <a class="button" href={`${path}/link`}>
          Link course
        </a>
      </div>
      {links.length === 0 ? (
        <p>No course is linked yet. Whoever is in this segment will be enrolled on those that you link.</p>
      ) : (
        <Table
          caption="Whoever is in this segment is enrolled on these courses"
          columns={['Course', 'Only for', 'State']}
          hasActions
        >
          {links.map(({ id, title, courseId, rule }, i) => (
            <tr>
              <th scope="row">
                <a href={`/courses/${encodeURIComponent(courseId)}`}>{title}</a>
              </th>
              <td>{rule ? ruleText(rule, titles) : 'everyone in the segment'}</td>
              <td>
                {methods.get(courseId) === BY_ASSIGNMENT_ONLY ? (
                  <span class="tag good">In force</span>
                ) : (
                  <span class="tag">Inert: the course is not by assignment only</span>
                )}
              </td>
              <td class="menu-cell">
                <Menu id={`menu-${i}`} label={`Actions for ${title}`}>
                  <PostButton action={`${path}/unlink`} sent={{ name: 'link', value: id }}>
                    Remove
                  </PostButton>
                </Menu>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
};
