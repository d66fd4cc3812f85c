/** The most parameters that one statement has. MySQL and Postgres allow 65,535, SQLite 32,766. */
export const MAX_PARAMETERS = 10_000;

/** The most characters that the text of one statement has. Lists are parameters, so the text does not grow with them. */
export const MAX_STATEMENT_LENGTH = 1_000_000;

/** The most bytes that one statement returns. */
export const MAX_RESULT_BYTES = 16_000_000;

/** The most bytes of one learner's profile; a learner with a larger one is unreadable. */
export const MAX_PROFILE_BYTES = 256_000;
