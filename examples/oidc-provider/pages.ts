import type { Problem } from "portcullis/express";

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${title}</title>
${body}
</html>
`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The form for a name and a password. */
export function loginPage(action: string, problem = ""): string {
  return page(
    "Sign in",
    `<p role="alert">${escaped(problem)}</p>
<form method="post" action="${escaped(action)}">
<label>Account <input name="account" autocomplete="username" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button>Go on</button>
</form>`,
  );
}

/** The form for a code. The handle names the login that waits for it. */
export function codePage(handle: string, problem = ""): string {
  return page(
    "One more step",
    `<p role="alert">${escaped(problem)}</p>
<form method="post" action="code">
<label>Code <input name="code" inputmode="numeric" autocomplete="one-time-code" required></label>
<input type="hidden" name="handle" value="${escaped(handle)}">
<button>Go on</button>
</form>`,
  );
}

/** Every refusal, at `/interaction/:uid/...`. Made of the problem alone, so that what is alike stays alike. */
export function problemPage({ detail, handle, require }: Problem): string {
  return handle !== undefined && require?.includes("mfa") ? codePage(handle) : loginPage("login", detail);
}
