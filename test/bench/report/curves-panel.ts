import type { Curve } from './findings.js';
import { label } from './svg-text.js';

export const CURVES_HEIGHT = 330;
const [LEFT, TOP, SIDE] = [60, 34, 260];
const COLOURS = ['#1a7f37', '#0969da', '#8250df', '#bf3989', '#bc4c00', '#57606a'];

/** Growth on logarithmic scales, each curve from its own first point: a straight line at 45° is linear. */
export function curvesPanel(curves: readonly Curve[], width: number): string {
  const relative = curves.map(({ points }) =>
    points.map(([size, cost]) => [Math.log(size / points[0]![0]), Math.log(cost / points[0]![1])] as const),
  );
  const all = relative.flat(2);
  const [least, most] = [Math.min(...all, 0), Math.max(...all)];
  const scale = (log: number): number => ((log - least) / (most - least)) * SIDE;
  const place = ([x, y]: readonly [number, number]) =>
    `${(LEFT + scale(x)).toFixed(1)} ${(TOP + SIDE - scale(y)).toFixed(1)}`;
  const lines = relative.map(
    (points, i) =>
      `<path d="M${points.map(place).join('L')}" fill="none" stroke-width="2" stroke="${COLOURS[i % COLOURS.length]}"/>`,
  );
  const legend = curves.map(({ name, exponent }, i) => {
    const y = TOP + 30 + i * 24;
    const x = LEFT + SIDE + 40;
    return `<rect x="${x}" y="${y - 9}" width="16" height="4" fill="${COLOURS[i % COLOURS.length]}"/>${label(x + 26, y, `${name}: exponent ${exponent.toFixed(2)}`)}`;
  });
  return [
    label(16, 14, 'Growth: cost against size, both against the smallest, logarithmic', 'font-weight="bold"'),
    `<rect x="${LEFT}" y="${TOP}" width="${SIDE}" height="${SIDE}" fill="none" stroke="#d0d7de"/>`,
    `<path d="M${place([0, 0])}L${place([most, most])}" stroke="#8c959f" stroke-dasharray="4 4"/>`,
    label(width - 16, TOP + SIDE, 'dashed: linear', 'text-anchor="end" font-size="11"'),
    ...lines,
    ...legend,
  ].join('\n');
}
