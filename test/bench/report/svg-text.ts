/** An SVG text element at a position. */
export function label(x: number, y: number, text: string, attributes = ''): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('`', '');
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="#24292f" ${attributes}>${safe}</text>`;
}
