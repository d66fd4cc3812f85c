import type { FC, PropsWithChildren } from 'hono/jsx';

interface Props {
  /** Of its own on the page. */
  readonly id: string;
  readonly label: string;
}

/** The menu behind {…}: the browser closes it by Escape, and when another is opened or something else is clicked. */
export const Menu: FC<PropsWithChildren<Props>> = ({ id, label, children }) => (
  <div class="menu">
    <button type="button" popovertarget={id} aria-label={label}>
      <span aria-hidden="true">{'{…}'}</span>
    </button>
    <div class="items" id={id} popover="auto">
      {children}
    </div>
  </div>
);
