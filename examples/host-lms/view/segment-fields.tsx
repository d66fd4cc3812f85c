import type { FC } from 'hono/jsx';
import type { Titles } from '../lms/names.js';
import type { RowProblem } from '../rules/row.js';
import { type SegmentForm, WHO } from '../rules/segment-form.js';
import { Input } from './input.js';
import { segmentPath } from './paths.js';
import { Rows } from './rows.js';

interface Props {
  readonly form: SegmentForm;
  readonly id?: string | undefined;
  readonly titles: Titles;
  readonly titled?: string | undefined;
  readonly problems: readonly RowProblem[];
  readonly focused?: number | undefined;
}

/** The form of a segment, with a list of matches that is updated while the user types. */
export const SegmentFields: FC<Props> = ({ form, id, titles, titled, problems, focused }) => (
  <form
    method="post"
    action={segmentPath(id ?? 'new')}
    class="card"
    hx-post="/settings/segments/try"
    hx-trigger="input delay:400ms"
    hx-target="#matches"
    hx-swap="innerHTML"
    hx-sync="this:replace"
  >
    {/* Enter saves from every field. */}
    <button type="submit" name="do" value="save" hidden>
      Save
    </button>
    <input type="hidden" name="id" value={id ?? ''} />
    <Input name="title" label="Title" value={form.title} problem={titled} autocomplete="off" />
    <fieldset class="choices">
      <legend>Who is in it</legend>
      {Object.entries(WHO).map(([who, text]) => (
        <label>
          <input type="radio" name="who" value={who} checked={form.who === who} /> {text}
        </label>
      ))}
    </fieldset>
    <Rows rows={form.rows} problems={problems} titles={titles} except={id} focused={focused} />
    <p class="actions">
      <button type="submit" name="do" value="save">
        Save segment
      </button>
      <button type="submit" name="do" value="count" class="second">
        Count who matches
      </button>
      <a href="/settings/segments">Cancel</a>
    </p>
  </form>
);
