import { Hono } from 'hono';
import { z } from 'zod';
import { signIn, signOut } from '../lms/accounts.js';
import { accountMeant } from '../lms/organisations.js';
import { Input, Refused } from '../view/input.js';
import { page } from '../web/answer.js';
import type { Ctx, Env } from '../web/env.js';
import { check, type Problems, readForm, type Typed } from '../web/form.js';
import { dropSession, keepSession, sessionIn } from '../web/session.js';

const SignIn = z.object({
  name: z.string().trim().min(1, 'Write your user name.').max(200, 'No user name is that long.'),
  password: z.string().min(1, 'Write your password.').max(200, 'No password is that long.'),
});

/** Signing in and out. */
export const signing = new Hono<Env>();

signing.get('/sign-in', (c) => form(c, {}));

signing.post('/sign-in', async (c) => {
  const { typed } = await readForm(c);
  const checked = check(SignIn, typed);
  if (!checked.ok) return form(c, { typed, problems: checked.problems });
  const { lms, name } = accountMeant(c.get('organisations'), checked.data.name);
  const signed = await signIn(lms.db, name, checked.data.password);
  if ('refused' in signed) return form(c, { typed, ...REFUSED[signed.refused] });
  keepSession(c, { lms, token: signed.token });
  return c.redirect('/', 303);
});

signing.post('/sign-out', async (c) => {
  const session = sessionIn(c);
  if (session) await signOut(session.lms.db, session.token);
  dropSession(c);
  return c.redirect('/sign-in', 303);
});

interface Told {
  readonly problems?: Problems;
  readonly refused?: string;
}

const REFUSED = {
  wrong: { refused: 'No account has this user name and password.' },
  'too-often': { problems: { password: 'Too many wrong passwords for this user name: try again in ten minutes.' } },
} as const satisfies Record<string, Told>;

function form(c: Ctx, { typed = {}, problems = {}, refused }: Told & { readonly typed?: Typed }): Promise<Response> {
  const wrong = refused !== undefined || Object.keys(problems).length > 0;
  const body = (
    <form method="post" action="/sign-in" class="card narrow">
      <Refused text={refused} />
      <Input name="name" label="User name" value={typed.name} problem={problems.name} autocomplete="username" />
      <Input
        name="password"
        label="Password"
        type="password"
        problem={problems.password}
        autocomplete="current-password"
      />
      <button type="submit">Sign in</button>
    </form>
  );
  return page(c, { title: 'Sign in' }, body, wrong ? 422 : 200);
}
