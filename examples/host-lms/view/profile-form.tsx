import type { FC } from 'hono/jsx';
import type { Segment } from 'smart-enrolments';
import { type TitledField, typedValue } from '../lms/fields.js';
import { type Person, profileValue } from '../lms/people.js';
import type { Problems, Typed } from '../web/form.js';
import { Input } from './input.js';

interface Props {
  readonly person: Person;
  readonly fields: readonly TitledField[];
  /** Refused input. */
  readonly typed?: Typed | undefined;
  readonly placed: readonly string[];
  readonly segments: readonly Segment[];
  readonly problems: Problems;
  readonly signsInAs: string;
}

const HINTS: Readonly<Record<TitledField['type'], string | undefined>> = {
  text: undefined,
  number: 'A number',
  boolean: 'yes or no',
  date: 'As 2026-03-31',
};

/** The form of a person's profile, their placements, and whether they are active. */
export const ProfileForm: FC<Props> = ({ person, fields, typed, placed, segments, problems, signsInAs }) => (
  <>
    <form method="post" action={`/users/${person.id}`} class="card" id="profile">
      <h2>Profile</h2>
      <Input
        name="name"
        label="Name"
        value={typed ? typed.name : (person.name ?? '')}
        problem={problems.name}
        autocomplete="off"
      />
      {fields.map(({ id, title, type }) => (
        <Input
          name={`field-${id}`}
          label={title}
          hint={HINTS[type]}
          value={typed ? typed[`field-${id}`] : typedValue(profileValue(person, id))}
          problem={problems[`field-${id}`]}
          autocomplete="off"
        />
      ))}
      <fieldset class="choices">
        <legend>Placed by hand in</legend>
        {segments.map(({ id, title }) => (
          <label>
            <input type="checkbox" name="placed" value={id} checked={placed.includes(id)} /> {title}
          </label>
        ))}
      </fieldset>
      <label class="choice">
        <input type="checkbox" name="active" value="yes" checked={typed ? typed.active === 'yes' : person.active} />{' '}
        Active
      </label>
      <p class="hint">Whoever is not active keeps their courses, and is enrolled on no other.</p>
      <button type="submit">Save user</button>
    </form>
    <form method="post" action={`/users/${person.id}/account`} class="card">
      <h2>Signing in</h2>
      <Input
        name="password"
        label={`New password for user name ${signsInAs}`}
        type="password"
        problem={problems.password}
        autocomplete="new-password"
      />
      <button type="submit" class="second">
        Set password
      </button>
    </form>
  </>
);
