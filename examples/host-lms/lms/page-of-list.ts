/** A page of a long list, and the last that there is. */
export interface PageOfList {
  readonly no: number;
  readonly last: number;
}

/** The page that is asked for; the last one where there are not so many. */
export function pageOf(total: number, size: number, asked: number): PageOfList {
  const last = Math.max(1, Math.ceil(total / size));
  return { no: Math.min(asked, last), last };
}
