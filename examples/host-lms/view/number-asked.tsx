import type { FC } from 'hono/jsx';
import type { Summary } from 'smart-enrolments';
import { LIMITS } from '../lms/lms.js';
import { Input } from './input.js';

interface Props {
  readonly summary: Summary;
  readonly hint: string;
  /** The refused input. */
  readonly refused: string | undefined;
}

/** Asks for the number if it is above the limits. The library decides; if it certainly requires the number, the page asks for it immediately. */
export const NumberAsked: FC<Props> = ({ summary: { unenrolled, archived }, hint, refused }) =>
  refused !== undefined || unenrolled > LIMITS.unenrolments || archived > LIMITS.archives ? (
    <Input
      name="number"
      label="How many will be unenrolled?"
      hint={hint}
      value={refused}
      problem={refused === undefined ? undefined : `Type ${unenrolled} to continue. Nothing was changed yet.`}
      inputmode="numeric"
      autocomplete="off"
    />
  ) : null;
