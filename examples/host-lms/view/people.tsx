import type { FC } from 'hono/jsx';
import { nameOf, type Person } from '../lms/people.js';

/** A link to a person's page. */
export const PersonLink: FC<{ readonly person: Pick<Person, 'id' | 'name'> }> = ({ person }) => (
  <a href={`/users/${person.id}`}>{nameOf(person)}</a>
);
