/** The LMS's own tables. What people hold smartly is in the library's. */
export const TABLES = `
CREATE TABLE fields (id text PRIMARY KEY, title text NOT NULL, type text NOT NULL);
CREATE TABLE people (
  id integer PRIMARY KEY,
  name text,
  active boolean NOT NULL DEFAULT true,
  profile jsonb NOT NULL DEFAULT '{}'
);
CREATE TABLE courses (id text PRIMARY KEY, title text NOT NULL, method text NOT NULL, sections integer NOT NULL DEFAULT 4);
CREATE TABLE placements (person integer NOT NULL, segment text NOT NULL, PRIMARY KEY (person, segment));
CREATE TABLE individual_enrolments (person integer NOT NULL, course text NOT NULL, PRIMARY KEY (person, course));

-- Archived records stay. Of others there is one a course at most.
CREATE TABLE training (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person integer NOT NULL,
  course text NOT NULL,
  status text NOT NULL,
  done integer NOT NULL DEFAULT 0,
  archived_at timestamptz
);
CREATE UNIQUE INDEX ON training (person, course) WHERE archived_at IS NULL;
CREATE INDEX ON training (person);

-- Who is on what by the library, for the pages.
CREATE TABLE smart_enrolments_now (person integer NOT NULL, course text NOT NULL, PRIMARY KEY (person, course));
CREATE INDEX ON smart_enrolments_now (course);

CREATE TABLE accounts (
  name text PRIMARY KEY,
  role text NOT NULL CHECK (role IN ('admin', 'learner')),
  person integer,
  salt text NOT NULL,
  hash text NOT NULL
);
CREATE TABLE sessions (token text PRIMARY KEY, account text NOT NULL, ends_at timestamptz NOT NULL, message text);
CREATE TABLE reviews (id text PRIMARY KEY, body jsonb NOT NULL, made_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE imports (id text PRIMARY KEY, body jsonb NOT NULL, made_at timestamptz NOT NULL DEFAULT now());

-- What was done by whom, and what followed from it.
CREATE TABLE operations (
  id text PRIMARY KEY,
  no integer GENERATED ALWAYS AS IDENTITY,
  by text NOT NULL,
  what text NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE changes (
  no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  operation text NOT NULL,
  person integer NOT NULL,
  course text NOT NULL,
  kind text NOT NULL,
  cause text,
  training text
);
CREATE INDEX ON changes (operation);
CREATE INDEX ON changes (person)`;
