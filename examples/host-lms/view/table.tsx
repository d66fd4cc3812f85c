import type { Child, FC, PropsWithChildren } from 'hono/jsx';

/** The heading of a column, numeric or not. */
type Column = string | { readonly number: string };

interface Props {
  readonly caption: Child;
  readonly columns: readonly Column[];
  /** Whether a last column of actions follows, with a heading for screen readers only. */
  readonly hasActions?: boolean;
  /** The name of a wide table, so that keyboard users can focus and scroll it. */
  readonly label?: string;
}

/** A table in a scrolling frame; the children are its rows. */
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
