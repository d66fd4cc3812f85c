/** The tenant of a row; the current tenant by default. */
const TENANT = "tenant text NOT NULL DEFAULT current_setting('lms.tenant')";

/** The LMS's own tables, which all organisations share. Smart assignments are in the library's tables. */
export const TABLES = `
CREATE TABLE fields (id text, title text NOT NULL, type text NOT NULL, ${TENANT}, PRIMARY KEY (tenant, id));
CREATE TABLE people (
  id integer,
  name text,
  active boolean NOT NULL DEFAULT true,
  profile jsonb NOT NULL DEFAULT '{}',
  ${TENANT},
  PRIMARY KEY (tenant, id)
);
CREATE TABLE courses (
  id text,
  title text NOT NULL,
  method text NOT NULL,
  sections integer NOT NULL DEFAULT 4,
  ${TENANT},
  PRIMARY KEY (tenant, id)
);
CREATE TABLE placements (person integer, segment text, ${TENANT}, PRIMARY KEY (tenant, person, segment));
CREATE TABLE individual_enrolments (person integer, course text, ${TENANT}, PRIMARY KEY (tenant, person, course));

-- Archived records stay. Of others there is one a course at most.
CREATE TABLE training (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person integer NOT NULL,
  course text NOT NULL,
  status text NOT NULL,
  done integer NOT NULL DEFAULT 0,
  archived_at timestamptz,
  ${TENANT}
);
CREATE UNIQUE INDEX ON training (tenant, person, course) WHERE archived_at IS NULL;
CREATE INDEX ON training (tenant, person);

-- Who is on what by the library, which keeps this table. Individual enrolments are in another.
CREATE TABLE smart_enrolments_now (person integer, course text, ${TENANT}, PRIMARY KEY (tenant, person, course));
CREATE INDEX ON smart_enrolments_now (tenant, course);

CREATE TABLE accounts (
  name text,
  role text NOT NULL CHECK (role IN ('admin', 'learner')),
  person integer,
  salt text NOT NULL,
  hash text NOT NULL,
  ${TENANT},
  PRIMARY KEY (tenant, name)
);
CREATE TABLE sessions (
  token text PRIMARY KEY,
  account text NOT NULL,
  ends_at timestamptz NOT NULL,
  message text,
  ${TENANT}
);
-- Since when a name was tried, and how often.
CREATE TABLE attempts (
  name text,
  tries integer NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  ${TENANT},
  PRIMARY KEY (tenant, name)
);
CREATE TABLE reviews (id text PRIMARY KEY, body jsonb NOT NULL, made_at timestamptz NOT NULL DEFAULT now(), ${TENANT});
CREATE TABLE imports (id text PRIMARY KEY, body jsonb NOT NULL, made_at timestamptz NOT NULL DEFAULT now(), ${TENANT});

-- What was done by whom, and what followed from it.
CREATE TABLE operations (
  id text PRIMARY KEY,
  no integer GENERATED ALWAYS AS IDENTITY,
  by text NOT NULL,
  what text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  ${TENANT}
);
CREATE TABLE changes (
  no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  operation text NOT NULL,
  person integer NOT NULL,
  course text NOT NULL,
  kind text NOT NULL,
  cause text,
  training text,
  ${TENANT}
);
CREATE INDEX ON changes (operation);
CREATE INDEX ON changes (tenant, person)`;
