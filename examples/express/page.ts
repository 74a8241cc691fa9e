/** Text of a page; only `html` makes it, so that everything else is escaped. */
export interface Html {
  readonly html: string;
}

/** Writes HTML. Values are escaped unless they are HTML themselves. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Html | undefined)[]): Html {
  const written = values.map((value) => (typeof value === "object" ? value.html : escapeHtml(value ?? "")));
  return { html: parts.map((part, i) => part + (written[i] ?? "")).join("") };
}

/** A whole page. */
export function page(title: string, main: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main>
<h1>${title}</h1>
${main}
</main>
</body>
</html>
`.html;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
