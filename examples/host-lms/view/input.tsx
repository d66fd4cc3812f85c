import type { FC, PropsWithChildren } from 'hono/jsx';

interface InputProps {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly problem?: string | undefined;
  readonly hint?: string | undefined;
  readonly type?: 'text' | 'password' | 'search' | 'file';
  readonly accept?: string;
  readonly autocomplete?: string;
  readonly inputmode?: 'text' | 'numeric';
  readonly required?: boolean;
}

type AroundProps = Pick<InputProps, 'name' | 'label' | 'hint' | 'problem'>;

/** A control with its label, hint and error. */
const Around: FC<PropsWithChildren<AroundProps>> = ({ name, label, hint, problem, children }) => (
  <div class="field">
    <label for={name}>{label}</label>
    {hint && (
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    <Problem id={`${name}-problem`} text={problem} />
    {children}
  </div>
);

/** The attributes that connect a control to its label, hint and error. */
function tied({ name, hint, problem }: AroundProps) {
  return {
    id: name,
    name,
    'aria-invalid': problem ? ('true' as const) : undefined,
    // If several have it, the browser uses the first.
    autofocus: problem ? true : undefined,
    'aria-describedby': describedBy(hint && `${name}-hint`, problem && `${name}-problem`),
  };
}

/** A text field. */
export const Input: FC<InputProps> = ({ name, label, hint, problem, value, type = 'text', ...rest }) => {
  const around = { name, label, hint, problem };
  return (
    <Around {...around}>
      <input {...tied(around)} type={type} value={value} {...rest} />
    </Around>
  );
};

interface SelectProps extends AroundProps {
  readonly value?: string | undefined;
  readonly options: Readonly<Record<string, string>>;
}

/** A select of one value. */
export const Select: FC<SelectProps> = ({ value, options, ...around }) => (
  <Around {...around}>
    <select {...tied(around)}>
      {Object.entries(options).map(([id, text]) => (
        <option value={id} selected={id === value}>
          {text}
        </option>
      ))}
    </select>
  </Around>
);

/** An error message next to its control. */
export const Problem: FC<{ readonly id?: string; readonly text?: string | undefined }> = ({ id, text }) =>
  text ? (
    <p class="problem" id={id}>
      {text}
    </p>
  ) : null;

/** The error of a whole form. */
export const Refused: FC<{ readonly text?: string | undefined }> = ({ text }) =>
  text ? (
    <p class="note bad" role="alert" tabindex={-1} autofocus>
      {text}
    </p>
  ) : null;

export function describedBy(...ids: readonly (string | false | undefined)[]): string | undefined {
  return ids.filter(Boolean).join(' ') || undefined;
}
