import type { Child, FC } from 'hono/jsx';
import type { Account, Message } from '../lms/accounts.js';
import type { Organisation } from '../lms/organisations.js';
import { Refused } from './input.js';

/** The navigation of admins. */
const NAVIGATION = [
  ['/users', 'Users'],
  ['/courses', 'Courses'],
  ['/settings', 'Settings'],
  ['/activity', 'Activity'],
] as const;

export interface PageProps {
  readonly title: string;
  readonly organisation?: Organisation | undefined;
  readonly account?: Account | undefined;
  /** The message about the previous request. */
  readonly message?: Message | undefined;
  /** Whether input was refused. The title says so, because a screen reader reads it first. */
  readonly isWrong?: boolean;
  readonly path?: string;
  /** The pages above this one. */
  readonly trail?: readonly (readonly [href: string, title: string])[];
  /** Seconds until the page reloads without a script. */
  readonly again?: number;
  readonly children?: Child;
}

/** A whole page, with the parts that all pages share. */
export const Page: FC<PageProps> = ({
  title,
  organisation,
  account,
  message,
  isWrong = false,
  path = '',
  trail = [],
  again,
  children,
}) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta
        name="htmx-config"
        content='{"includeIndicatorStyles":false,"allowEval":false,"historyCacheSize":0,"selfRequestsOnly":true}'
      />
      {again !== undefined && (
        <noscript>
          <meta http-equiv="refresh" content={String(again)} />
        </noscript>
      )}
      <title>{`${isWrong ? 'Error: ' : ''}${title} · Open LMS`}</title>
      <link rel="icon" href="/public/icon.svg" type="image/svg+xml" />
      <link rel="stylesheet" href="/public/style.css" />
      <script src="/public/htmx.js" defer />
    </head>
    <body>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="bar">
        <div class="brand">
          <a href="/">Open LMS</a>
          {organisation && <span>{organisation.title}</span>}
        </div>
        {account?.role === 'admin' && (
          <nav aria-label="Main">
            <ul>
              {NAVIGATION.map(([href, text]) => (
                <li>
                  <a href={href} aria-current={path.startsWith(href) ? 'page' : undefined}>
                    {text}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        {account?.role === 'learner' && (
          <nav aria-label="Main">
            <ul>
              <li>
                <a href="/my" aria-current={path.startsWith('/my') ? 'page' : undefined}>
                  My courses
                </a>
              </li>
            </ul>
          </nav>
        )}
        {account && (
          <form method="post" action="/sign-out" class="who">
            <span>{account.name}</span>
            <button type="submit" class="plain">
              Sign out
            </button>
          </form>
        )}
      </header>
      <main id="main" tabindex={-1}>
        {trail.length > 0 && (
          <nav aria-label="Breadcrumb" class="trail">
            <ol>
              {trail.map(([href, text]) => (
                <li>{href ? <a href={href}>{text}</a> : text}</li>
              ))}
            </ol>
          </nav>
        )}
        <h1>{title}</h1>
        {message && 'done' in message && (
          <p class="note good" role="status" tabindex={-1} autofocus>
            {message.done}
          </p>
        )}
        {message && 'refused' in message && <Refused text={message.refused} />}
        {children}
      </main>
      {organisation && (
        <footer>
          <p>{organisation.credit}</p>
        </footer>
      )}
    </body>
  </html>
);
