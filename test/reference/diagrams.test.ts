import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blocksOf } from '../docs/blocks.js';
import { MERMAID } from './prepare.js';

const guides = readdirSync(new URL('../../docs/', import.meta.url)).filter((name) => name.endsWith('.md'));
const documents = ['README.md', 'ARCHITECTURE.md', ...guides.map((name) => `docs/${name}`)];
const diagrams = documents.flatMap((path) => blocksOf(path, 'mermaid'));
const broken = 'flowchart LR\n  a["open';

/** A page that draws every diagram, and then says of each what went wrong. */
const page = (codes: readonly string[]): string => `<!doctype html><meta charset="utf-8">
<script src="${MERMAID.href}"></script>
<body><pre id="said"></pre><script>
  mermaid.initialize({ startOnLoad: false });
  (async () => {
    const said = [];
    for (const [i, code] of ${JSON.stringify(codes).replaceAll('<', '\\u003c')}.entries()) {
      try {
        const { svg } = await mermaid.render('diagram-' + i, code);
        const drawn = document.body.appendChild(document.createElement('div'));
        drawn.innerHTML = svg;
        const { width, height } = drawn.querySelector('svg').getBoundingClientRect();
        said.push(width > 100 && height > 100 ? '' : 'It is empty.');
      } catch (error) {
        said.push(error.message);
      }
    }
    document.getElementById('said').textContent = btoa(unescape(encodeURIComponent(JSON.stringify(said))));
  })();
</script>`;

describe('the diagrams of the documents', () => {
  let said: string[];
  let scratch: string;
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'smart-enrolments-diagrams-'));
    const file = join(scratch, 'page.html');
    writeFileSync(file, page([...diagrams.map(({ code }) => code), broken]));
    const chromium = process.env.CHROMIUM ?? 'chromium';
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--virtual-time-budget=30000', '--dump-dom'];
    const profile = `--user-data-dir=${join(scratch, 'profile')}`;
    const html = execFileSync(chromium, [...flags, profile, pathToFileURL(file).href], {
      ...{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 },
    });
    said = JSON.parse(Buffer.from(/<pre id="said">([^<]*)/.exec(html)![1]!, 'base64').toString('utf8'));
  });
  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  });

  test('the documents have at least three diagrams', () => expect(diagrams.length).toBeGreaterThanOrEqual(3));

  test.each(diagrams.map(({ name, code }, i) => ({ name, code, i })))(
    'the diagram $name can be drawn',
    ({ code, i }) => {
      expect(said[i]).toBe('');
      // Mermaid ends a line there, and draws something else.
      expect(code).not.toContain(';');
    },
  );

  test('the check finds a diagram that cannot be drawn', () => expect(said.at(-1)).toContain('Parse error'));
});
