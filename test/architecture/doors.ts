/** The entry points of the package, and the source of each. The reports in `api/` record what each exports. */
export const doors = [
  { subpath: 'smart-enrolments', source: 'index.ts' },
  { subpath: 'smart-enrolments/core', source: 'core.ts' },
  { subpath: 'smart-enrolments/memory', source: 'memory/index.ts' },
  { subpath: 'smart-enrolments/sql', source: 'sql/index.ts' },
  { subpath: 'smart-enrolments/testkit', source: 'testkit/index.ts' },
  { subpath: 'smart-enrolments/testkit/model-based', source: 'testkit/model-based/index.ts' },
] as const;
