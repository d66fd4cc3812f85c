/** Where a segment is edited. */
export function segmentPath(id: string): string {
  return `/settings/segments/${encodeURIComponent(id)}`;
}
