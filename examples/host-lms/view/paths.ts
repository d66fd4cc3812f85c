/** The path of the page that edits a segment. */
export function segmentPath(id: string): string {
  return `/settings/segments/${encodeURIComponent(id)}`;
}
