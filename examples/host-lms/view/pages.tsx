import type { FC } from 'hono/jsx';

interface Props {
  readonly path: string;
  readonly search: string;
  readonly page: number;
  readonly last: number;
}

/** Links to the previous and next page of a long list. */
export const Pages: FC<Props> = ({ path, search, page, last }) => {
  const to = (n: number) => `${path}?${new URLSearchParams({ ...(search && { q: search }), page: String(n) })}`;
  return (
    <nav aria-label="Pages" class="together">
      {page > 1 && (
        <a href={to(page - 1)} rel="prev">
          Previous
        </a>
      )}
      <span>{`Page ${page.toLocaleString('en-GB')} of ${last.toLocaleString('en-GB')}`}</span>
      {page < last && (
        <a href={to(page + 1)} rel="next">
          Next
        </a>
      )}
    </nav>
  );
};
