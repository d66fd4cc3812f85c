import type { FC } from 'hono/jsx';
import type { Summary } from 'smart-enrolments';
import { LIMITS } from '../lms/lms.js';
import { Input } from './input.js';

interface Props {
  readonly summary: Summary;
  readonly hint: string;
  /** What was typed, where that was refused. */
  readonly refused: string | undefined;
}

/** Asks for the number above the limits. The library decides; where it is plain that it will ask, it is asked here at once. */
export const NumberAsked: FC<Props> = ({ summary: { unenrolled, archived }, hint, refused }) =>
  refused !== undefined || unenrolled > LIMITS.unenrolments || archived > LIMITS.archives ? (
    <Input
      name="number"
      label="How many will be unenrolled?"
      hint={hint}
      value={refused}
      problem={refused === undefined ? undefined : `Type ${unenrolled} to go on. Nothing was done yet.`}
      inputmode="numeric"
      autocomplete="off"
    />
  ) : null;
