import { barsHeight, barsPanel } from './bars-panel.js';
import { CURVES_HEIGHT, curvesPanel } from './curves-panel.js';
import type { Bars, Findings } from './findings.js';

const WIDTH = 900;

/** The plot: the cost of a learner for each contender, and the growth of costs. */
export function plot(findings: readonly Findings[]): string {
  const panels: string[] = [];
  let y = 20;
  for (const bars of together(findings.flatMap((found) => found.bars ?? []))) {
    panels.push(`<g transform="translate(0 ${y})">${barsPanel(bars, WIDTH)}</g>`);
    y += barsHeight(bars);
  }
  const curves = findings.flatMap((found) => found.curves ?? []);
  if (curves.length > 0) {
    panels.push(`<g transform="translate(0 ${y})">${curvesPanel(curves, WIDTH)}</g>`);
    y += CURVES_HEIGHT;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" font-family="system-ui, sans-serif" font-size="13" role="img">
<title>Costs of a learner, and how they grow</title>
<rect width="${WIDTH}" height="${y}" fill="#fff"/>
${panels.join('\n')}
</svg>
`;
}

/** Bars with the same title from several sections form one panel, the cheapest first. */
function together(all: readonly Bars[]): Bars[] {
  const byTitle = new Map<string, Bars['bars'][number][]>();
  for (const { title, bars } of all) byTitle.set(title, [...(byTitle.get(title) ?? []), ...bars]);
  return [...byTitle].map(([title, bars]) => ({
    title,
    bars: bars.sort((a, b) => a.microseconds - b.microseconds),
  }));
}
