import type { FC } from 'hono/jsx';

interface InputProps {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly problem?: string | undefined;
  readonly hint?: string;
  readonly type?: 'text' | 'password' | 'search' | 'file';
  readonly accept?: string;
  readonly autocomplete?: string;
  readonly inputmode?: 'text' | 'numeric';
  readonly required?: boolean;
}

/** A text field with its label, its hint and what is wrong with it. */
export const Input: FC<InputProps> = ({ name, label, value, problem, hint, type = 'text', ...rest }) => (
  <div class="field">
    <label for={name}>{label}</label>
    {hint && (
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    <Problem id={`${name}-problem`} text={problem} />
    <input
      id={name}
      name={name}
      type={type}
      value={value}
      aria-invalid={problem ? 'true' : undefined}
      aria-describedby={describedBy(hint && `${name}-hint`, problem && `${name}-problem`)}
      {...rest}
    />
  </div>
);

interface SelectProps {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly options: Readonly<Record<string, string>>;
  readonly problem?: string | undefined;
  readonly hint?: string;
}

/** A choice of one, with its label. */
export const Select: FC<SelectProps> = ({ name, label, value, options, problem, hint }) => (
  <div class="field">
    <label for={name}>{label}</label>
    {hint && (
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    <Problem id={`${name}-problem`} text={problem} />
    <select
      id={name}
      name={name}
      aria-invalid={problem ? 'true' : undefined}
      aria-describedby={describedBy(hint && `${name}-hint`, problem && `${name}-problem`)}
    >
      {Object.entries(options).map(([id, text]) => (
        <option value={id} selected={id === value}>
          {text}
        </option>
      ))}
    </select>
  </div>
);

/** A sentence about what is wrong, beside what it is about. */
export const Problem: FC<{ readonly id?: string; readonly text?: string | undefined }> = ({ id, text }) =>
  text ? (
    <p class="problem" id={id}>
      {text}
    </p>
  ) : null;

/** Something that was refused as a whole. */
export const Refused: FC<{ readonly text?: string | undefined }> = ({ text }) =>
  text ? (
    <p class="note bad" role="alert">
      {text}
    </p>
  ) : null;

export function describedBy(...ids: readonly (string | false | undefined)[]): string | undefined {
  return ids.filter(Boolean).join(' ') || undefined;
}
