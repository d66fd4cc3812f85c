import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig, ExtractorLogLevel, type ExtractorMessage } from '@microsoft/api-extractor';

// Writes what the built doors promise to `api/`, to be reviewed with the change; with `--check` it only compares.
const root = fileURLToPath(new URL('../../', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'smart-enrolments-api-'));
const checking = process.argv.includes('--check');
// The packages' own review tags and style of comments are not ours.
const silent = { default: { logLevel: ExtractorLogLevel.None } };

for (const door of ['index', 'core', 'memory', 'sql', 'testkit', 'model-based']) {
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: `${root}package.json`,
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: `${root}dist/${door}.d.ts`,
      newlineKind: 'lf',
      compiler: { tsconfigFilePath: `${root}tsconfig.json` },
      apiReport: {
        enabled: true,
        reportFileName: `${door}.api.md`,
        reportFolder: `${root}api`,
        reportTempFolder: scratch,
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: { compilerMessageReporting: silent, extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
  });
  const messageCallback = (message: ExtractorMessage): void => {
    message.handled = true;
  };
  const { apiReportChanged } = Extractor.invoke(config, { localBuild: !checking, messageCallback });
  if (apiReportChanged)
    console.log(`api/${door}.api.md ${checking ? 'is not what is built: npm run api' : 'has changed'}`);
  if (apiReportChanged && checking) process.exitCode = 1;
}
rmSync(scratch, { recursive: true });
