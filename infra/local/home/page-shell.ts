type Page = {
  title: string;
  body: string;
  /** A file of `assets/`. */
  script?: string;
  /** One short form in the middle of the page. */
  isNarrow?: boolean;
};

/** The frame of every page that the local stack serves itself. */
export function pageShell({ title, body, script, isNarrow }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · Vestibule local</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/local/assets/local.css">
${script ? `<script type="module" src="/local/assets/${script}"></script>` : ""}
</head>
<body${isNarrow ? ' class="narrow"' : ""}>
<main>${body}</main>
</body>
</html>
`;
}

/** Text as it may stand in HTML, attributes included. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
