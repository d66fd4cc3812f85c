import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.restoreAllMocks();
});

test('the demo reports the facts and finds no mismatch', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  await import('../../examples/demo/main.js');
  expect(error.mock.calls).toEqual([]);
  expect(process.exitCode).toBeUndefined();

  const output = log.mock.calls.join('\n');
  expect(output).toContain('Learner "P0018" is enrolled on course "rust-lang/jobserver-rs".');
  expect(
    output.replace(/^Why .*?\n\n/ms, 'Why         …\n\n').replace(/\d+\.\d seconds/, 'N seconds'),
  ).toMatchInlineSnapshot(`
    "Eight years of a real organisation: a team is a segment with hand-placed members,
    a repository is a course, and what a team may work on is a link.

    Replayed    1,337 commits from 2018-11-04 to 2026-08-22, about 737 people:
                3,603 people joining or leaving a team, 669 link changes and 463 team changes.

    Enrolments  5,235 started, 48 of them resumed from an earlier training record.
                1,108 ended: 443 because the course was unlinked, 665 because the person left the team.

    In the end  987 memberships and 369 links make 4,127 enrolments,
                366 of them held by two or more teams.

    What if     Unlinking rust-lang/rust from team compiler, the link with the most holders, would affect 75 people:
                36 enrolments would end, and 39 stay, because another team holds them:
                libs 15, types 7, mods-venue 5, bootstrap 4, lang 4, rustdoc 4 and 11 teams more.
                P0018, for one, would stay enrolled as a member of cargo, lang, libs and style.

    Why         …

    Unenrol?    Not P0018 alone from rust-lang/jobserver-rs. To end this enrolment:
                - leaving team cargo
                - leaving team compiler
                - unlinking cargo -> rust-lang/jobserver-rs, for the whole team
                - unlinking compiler -> rust-lang/jobserver-rs, for the whole team

    Reconcile   Evaluated everyone again: nothing to change.

    Time        N seconds.
    "
  `);
});
