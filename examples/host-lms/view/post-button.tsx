import type { FC, PropsWithChildren } from 'hono/jsx';

interface Props {
  /** The URL of the request. */
  readonly action: string;
  /** The fields of the request. */
  readonly sent?: { readonly name: string; readonly value: string };
  /** The accessible name, if the text of the button does not say what it applies to. */
  readonly label?: string;
}

/** A button that looks like a link and sends a POST request. */
export const PostButton: FC<PropsWithChildren<Props>> = ({ action, sent, label, children }) => (
  <form method="post" action={action}>
    {sent && <input type="hidden" name={sent.name} value={sent.value} />}
    <button type="submit" class="plain" aria-label={label}>
      {children}
    </button>
  </form>
);
