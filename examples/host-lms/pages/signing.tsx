import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { signIn, signOut } from '../lms/accounts.js';
import { Input, Refused } from '../view/input.js';
import { page } from '../web/answer.js';
import type { Ctx, Env } from '../web/env.js';
import { check, type Problems, readForm } from '../web/form.js';
import { COOKIE } from '../web/guards.js';

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
  const token = await signIn(c.get('lms').db, checked.data.name, checked.data.password);
  if (!token) return form(c, { typed, refused: 'No account has this user name and password.' });
  setCookie(c, COOKIE, token, { httpOnly: true, sameSite: 'Lax', path: '/' });
  return c.redirect('/', 303);
});

signing.post('/sign-out', async (c) => {
  const token = getCookie(c, COOKIE);
  if (token) await signOut(c.get('lms').db, token);
  deleteCookie(c, COOKIE, { path: '/' });
  return c.redirect('/sign-in', 303);
});

function form(
  c: Ctx,
  { typed = {}, problems = {}, refused }: { typed?: Record<string, string>; problems?: Problems; refused?: string },
): Promise<Response> {
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
