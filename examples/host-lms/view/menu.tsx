import type { FC, PropsWithChildren } from 'hono/jsx';

/** The menu behind {…}. */
export const Menu: FC<PropsWithChildren<{ readonly label: string }>> = ({ label, children }) => (
  <details class="menu">
    <summary aria-label={label}>
      <span aria-hidden="true">{'{…}'}</span>
    </summary>
    <div class="items">{children}</div>
  </details>
);
