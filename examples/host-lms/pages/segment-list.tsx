import { countMembers } from '../lms/audience.js';
import { titlesOf } from '../lms/names.js';
import { ruleText } from '../rules/words.js';
import { Refused } from '../view/input.js';
import { Menu } from '../view/menu.js';
import { segmentPath } from '../view/paths.js';
import { PostButton } from '../view/post-button.js';
import { Table } from '../view/table.js';
import { page } from '../web/answer.js';
import type { Ctx } from '../web/env.js';

/** The header of the pages of segments. */
export const TRAIL = [
  ['/settings', 'Settings'],
  ['', 'Elsewhere'],
] as const;

/** All segments with the number of members, and why a request was refused. */
export async function listSegments(c: Ctx, refused?: string): Promise<Response> {
  const lms = c.get('lms');
  const titles = await titlesOf(lms);
  const members = await countMembers(lms, titles.catalog);
  const body = (
    <>
      <Refused text={refused} />
      <p class="actions">
        <a class="button" href="/settings/segments/new">
          Add segment
        </a>
      </p>
      <Table
        caption="Organisational segments, and how many active users are in each"
        columns={['Segment', 'Rule', { number: 'Users' }, { number: 'Linked courses' }]}
        hasActions
      >
        {[...titles.catalog.segments]
          .sort((a, b) => a.title.localeCompare(b.title))
          .map(({ id, title, rule }, i) => (
            <tr>
              <th scope="row">
                <a href={segmentPath(id)}>{title}</a>
              </th>
              <td>{rule ? ruleText(rule, titles) : 'placed by hand'}</td>
              <td class="number">{(members.get(id) ?? 0).toLocaleString('en-GB')}</td>
              <td class="number">{titles.catalog.links.filter(({ segmentId }) => segmentId === id).length}</td>
              <td class="menu-cell">
                <Menu id={`menu-${i}`} label={`Actions for ${title}`}>
                  <a href={segmentPath(id)}>Edit</a>
                  <PostButton action={`${segmentPath(id)}/delete`}>Delete</PostButton>
                </Menu>
              </td>
            </tr>
          ))}
      </Table>
      {titles.catalog.segments.length === 0 && <p>There is none yet.</p>}
    </>
  );
  return page(c, { title: 'Organisational segments', trail: TRAIL }, body, refused ? 422 : 200);
}
