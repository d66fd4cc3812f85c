/** The longest id, in UTF-16 units. */
export const ID_LENGTH = 1_000;
/** The longest title, and the longest text in a condition. */
export const TEXT_LENGTH = 10_000;
/** The longest text in the profile of a learner in a preview. */
export const PROFILE_TEXT_LENGTH = 100_000;
/** The most edits, or other entries, in one list; ids and learners may be more. */
export const LIST_LENGTH = 100_000;
/** The most bytes of a link's data, as JSON in UTF-8. */
export const DATA_BYTES = 10_000;
/** The longest name of an actor, and the longest reason, of an operation. */
export const BY_LENGTH = 200;
/** How deep rules nest; a condition alone is 1 deep. */
export const RULE_DEPTH = 50;
/** The most conditions in a rule; every value of an `in` counts as one. */
export const RULE_CONDITIONS = 10_000;
/** The most characters in a rule: its ids and values together. */
export const RULE_TEXT = 1_000_000;
/** The most characters in one list of edits: its ids, titles and rules together, each part of a rule counting as `PART_SIZE` more. */
export const EDITS_TEXT = 50_000_000;
/** The characters of JSON that a part of a rule takes in addition to its text. */
export const PART_SIZE = 40;
/** The most issues listed for one input. */
export const ISSUES = 1_000;
/** The most learners in one batch. */
export const BATCH_SIZE = 10_000;
/** The most batches that one operation runs concurrently. */
export const CONCURRENCY = 100;
