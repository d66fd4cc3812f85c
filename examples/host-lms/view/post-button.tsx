import type { FC, PropsWithChildren } from 'hono/jsx';

interface Props {
  /** Where it is posted to. */
  readonly action: string;
  /** What is sent with it. */
  readonly sent?: { readonly name: string; readonly value: string };
  /** What it is called, where what stands on it does not say of what. */
  readonly label?: string;
}

/** A button that looks like a link, and changes something. */
export const PostButton: FC<PropsWithChildren<Props>> = ({ action, sent, label, children }) => (
  <form method="post" action={action}>
    {sent && <input type="hidden" name={sent.name} value={sent.value} />}
    <button type="submit" class="plain" aria-label={label}>
      {children}
    </button>
  </form>
);
