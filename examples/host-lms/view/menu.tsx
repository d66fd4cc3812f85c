import type { FC, PropsWithChildren } from 'hono/jsx';

interface Props {
  /** The id, which is unique on the page. */
  readonly id: string;
  readonly label: string;
}

/** The menu behind {…}. The browser closes it on Escape, and when another one is opened or something else is clicked. */
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
