import type { FC } from 'hono/jsx';
import type { Titles } from '../lms/names.js';
import { OPERATORS, type Part, type Row, type RowProblem } from '../rules/row.js';
import { Problem } from './input.js';

interface RowsProps {
  readonly rows: readonly Row[];
  readonly problems: readonly RowProblem[];
  readonly titles: Titles;
  /** The segment that is edited cannot refer to itself. */
  readonly except?: string | undefined;
  /** The line that receives the focus; -1 if none is left. */
  readonly focused?: number | undefined;
}

/** The lines of a rule, each with a field, a comparison and a value. */
export const Rows: FC<RowsProps> = ({ rows, problems, titles, except, focused }) => (
  <div class="rows">
    {rows.map((row, i) => {
      const own = problems.filter((each) => each.row === i);
      const problem = own.length > 0 ? `row-${i}-problem` : undefined;
      const tied = (part: Part, isFocused = false) => {
        const isWrong = own.some((each) => each.part === part);
        return {
          'aria-invalid': isWrong ? ('true' as const) : undefined,
          'aria-describedby': isWrong ? problem : undefined,
          autofocus: isWrong || isFocused,
        };
      };
      return (
        <fieldset class="row">
          <legend>{`Rule ${i + 1}`}</legend>
          <Problem id={problem} text={own.map(({ message }) => message).join(' ') || undefined} />
          <div class="cells">
            {i === 0 ? (
              <input type="hidden" name="row-join" value="and" />
            ) : (
              <select name="row-join" aria-label={`And or or, rule ${i + 1}`} class="join">
                <option value="and" selected={row.join === 'and'}>
                  AND
                </option>
                <option value="or" selected={row.join === 'or'}>
                  OR
                </option>
              </select>
            )}
            <select name="row-about" aria-label={`Field, rule ${i + 1}`} {...tied('about', i === focused)}>
              <option value="">Choose a field…</option>
              <optgroup label="Profile">
                {[...titles.fields].map(([id, title]) => (
                  <option value={`field:${id}`} selected={row.about === `field:${id}`}>
                    {title}
                  </option>
                ))}
              </optgroup>
              <optgroup label="Segments">
                {[...titles.segments]
                  .filter(([id]) => id !== except)
                  .map(([id, title]) => (
                    <option value={`segment:${id}`} selected={row.about === `segment:${id}`}>
                      {title}
                    </option>
                  ))}
              </optgroup>
            </select>
            <select name="row-op" aria-label={`Operator, rule ${i + 1}`} {...tied('op')}>
              {Object.entries(OPERATORS).map(([op, text]) => (
                <option value={op} selected={row.op === op}>
                  {text}
                </option>
              ))}
            </select>
            <input
              name="row-value"
              value={row.value}
              aria-label={`Value, rule ${i + 1}`}
              autocomplete="off"
              {...tied('value')}
            />
            <button type="submit" name="do" value={`remove-row:${i}`} class="plain" aria-label={`Remove rule ${i + 1}`}>
              Remove
            </button>
          </div>
        </fieldset>
      );
    })}
    <button type="submit" name="do" value="add-row" class="second" autofocus={focused === -1}>
      Add a rule
    </button>
    <p class="hint">AND binds tighter than OR. Text is compared without regard to case and surplus spaces.</p>
  </div>
);
