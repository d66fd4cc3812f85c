import { microseconds } from './figures.js';
import type { Bars } from './findings.js';
import { label } from './svg-text.js';

const [HEAD, ROW, FOOT, LEFT, RIGHT] = [30, 24, 34, 330, 90];

export function barsHeight({ bars }: Bars): number {
  return HEAD + bars.length * ROW + FOOT;
}

/** Costs as bars on a logarithmic scale that begins a power of ten below the smallest; the library's own bar is highlighted. */
export function barsPanel({ title, bars }: Bars, width: number): string {
  const logs = bars.map((bar) => Math.log10(bar.microseconds));
  const from = Math.floor(Math.min(...logs) - 0.2);
  const to = Math.ceil(Math.max(...logs));
  const x = (log: number): number => ((log - from) / (to - from)) * (width - LEFT - RIGHT);
  const bottom = HEAD + bars.length * ROW;
  const grid = Array.from({ length: to - from + 1 }, (_, i) => {
    const at = (LEFT + x(from + i)).toFixed(1);
    return `<path d="M${at} ${HEAD - 4}V${bottom}" stroke="#d0d7de"/>${label(Number(at), bottom + 14, microseconds(10 ** (from + i)), 'text-anchor="middle" font-size="11"')}`;
  });
  const rows = bars.map(({ name, microseconds: cost }, i) => {
    const y = HEAD + i * ROW;
    const end = x(logs[i]!);
    const own = name.startsWith('smart-enrolments');
    return [
      label(LEFT - 8, y + 14, name, `text-anchor="end"${own ? ' font-weight="bold"' : ''}`),
      `<rect x="${LEFT}" y="${y + 2}" width="${end.toFixed(1)}" height="${ROW - 7}" fill="${own ? '#1a7f37' : '#8c959f'}"/>`,
      label(LEFT + end + 6, y + 14, microseconds(cost)),
    ].join('');
  });
  return [label(16, 14, title, 'font-weight="bold"'), ...grid, ...rows].join('\n');
}
