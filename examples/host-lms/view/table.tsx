import type { Child, FC, PropsWithChildren } from 'hono/jsx';

/** What stands above a column, of numbers or of anything else. */
type Column = string | { readonly number: string };

interface Props {
  readonly caption: Child;
  readonly columns: readonly Column[];
  /** Whether a last column of actions follows, whose heading is for those alone who do not see it. */
  readonly hasActions?: boolean;
  /** What a table is called that is wide, so that whoever has no mouse can scroll it. */
  readonly label?: string;
}

/** A table in a frame that scrolls; its rows are the children. */
export const Table: FC<PropsWithChildren<Props>> = ({ caption, columns, hasActions, label, children }) => {
  const table = (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) =>
            typeof column === 'string' ? (
              <th scope="col">{column}</th>
            ) : (
              <th scope="col" class="number">
                {column.number}
              </th>
            ),
          )}
          {hasActions && (
            <th scope="col">
              <span class="hidden">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
  return label === undefined ? (
    <div class="scroll">{table}</div>
  ) : (
    <section class="scroll" aria-label={label}>
      {table}
    </section>
  );
};
