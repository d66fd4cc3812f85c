/** A page of a long list, and the number of the last page. */
export interface PageOfList {
  readonly no: number;
  readonly last: number;
}

/** Returns the requested page, or the last one if there are fewer pages. */
export function pageOf(total: number, size: number, asked: number): PageOfList {
  const last = Math.max(1, Math.ceil(total / size));
  return { no: Math.min(asked, last), last };
}
