import type { Problem } from "portcullis/express";
import { type Html, html, page } from "./page.js";

/**
 * What is shown in place of a login that did not go through. Told nothing but the problem: so a wrong password, an account that is not there and a
 * right password that is not let in get the same page, byte for byte.
 */
export function problemPage({ detail, handle, require }: Problem): string {
  if (handle !== undefined) return codePage(handle);
  return require?.includes("captcha") ? mailPage() : loginPage(detail);
}

/** The login form. Never holds what was typed. */
export function loginPage(problem?: string): string {
  return page(
    "Sign in",
    html`${alert(problem)}<form method="post" action="/login">
<label for="account">Account</label>
<input id="account" name="account" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="512" required autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required>
<button>Sign in</button>
</form>`,
  );
}

/** The form for the code of an authenticator app; the handle names the login that waits for it. */
export function codePage(handle: string, problem?: string): string {
  return page(
    "One more step",
    html`${alert(problem)}<form method="post" action="/login/code">
<p>Enter the six digits that your authenticator app shows.</p>
<label for="code">Code</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]{6,7}" maxlength="7" required autofocus>
<input type="hidden" name="handle" value="${handle}">
<button>Go on</button>
</form>
<p class="quiet"><a href="/login">Begin again</a></p>`,
  );
}

/** Shown while an account is guessed at from many places, whether or not it is there. */
function mailPage(): string {
  return page(
    "One more step",
    html`<p>Many sign-ins to this account have failed lately. If it is yours, follow the link that we have sent to your mail address, or use a browser
in which you have signed in before.</p>
<p class="quiet"><a href="/login">Back to the form</a></p>`,
  );
}

/** What is behind the login. */
export function homePage(account: string): string {
  return page(
    "Signed in",
    html`<p>You are signed in as <strong>${account}</strong>.</p>
<form method="post" action="/logout">
<button>Sign out</button>
</form>`,
  );
}

/** Everything that went wrong without being anybody's guess. */
export function errorPage(text: string): string {
  return page("That did not work", html`<p role="alert">${text}</p>\n<p class="quiet"><a href="/login">Back to the form</a></p>`);
}

function alert(problem: string | undefined): Html | undefined {
  return problem === undefined ? undefined : html`<p role="alert">${problem}</p>\n`;
}
