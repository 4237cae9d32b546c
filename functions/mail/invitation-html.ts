import { escapeHtml } from "./escape-html.ts";

/** What the HTML part shows. Every string is markup already: escaped text, names perhaps within elements. */
export type InvitationMarkup = {
  readonly locale: string;
  readonly title: string;
  readonly preheader: string;
  readonly greeting: string;
  readonly invitation: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly message: { readonly intro: string; readonly text: string } | undefined;
  readonly button: string;
  readonly plainLink: string;
  readonly ignore: string;
};

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const TEXT = `${FONT};font-size:16px;line-height:24px;color:#1c2330`;
const SMALL = `${FONT};font-size:13px;line-height:20px;color:#5a6474`;

function factRow([label, value]: readonly [string, string]): string {
  return `<tr>
<th scope="row" align="left" valign="top" style="${SMALL};font-weight:400;padding:4px 16px 4px 0;white-space:nowrap">${label}</th>
<td align="left" valign="top" style="${TEXT};font-size:15px;line-height:20px;padding:4px 0;word-break:break-word">${value}</td>
</tr>`;
}

function messageBlock({ intro, text }: { intro: string; text: string }): string {
  return `<p style="${SMALL};margin:24px 0 8px">${intro}</p>
<p dir="auto" style="${TEXT};margin:0;padding:12px 16px;background:#f3f5f8;border-left:3px solid #2f5bd7;word-break:break-word">${text.replaceAll("\n", "<br>")}</p>`;
}

/**
 * The invitation mail's HTML part: tables and inlined styles, since mail programs know little else; nothing is loaded
 * from elsewhere, so that opening the mail tells nobody.
 */
export function invitationHtml(markup: InvitationMarkup, link: string): string {
  const href = escapeHtml(link);
  return `<!doctype html>
<html lang="${markup.locale}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${markup.title}</title>
</head>
<body style="margin:0;padding:0;background:#eef1f5">
<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;color:#eef1f5;font-size:1px;line-height:1px">${markup.preheader}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#eef1f5">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;background:#ffffff;border-radius:8px">
<tr><td style="padding:24px 32px 0;${FONT};font-size:14px;line-height:20px;font-weight:600;letter-spacing:0.04em;color:#2f5bd7">Vestibule</td></tr>
<tr><td style="padding:16px 32px 32px">
<p style="${TEXT};margin:0 0 16px">${markup.greeting}</p>
<p style="${TEXT};margin:0 0 16px;word-break:break-word">${markup.invitation}</p>
<table cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse">
${markup.facts.map(factRow).join("\n")}
</table>
${markup.message === undefined ? "" : messageBlock(markup.message)}
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:28px 0">
<tr><td align="center" bgcolor="#2f5bd7" style="border-radius:6px;background:#2f5bd7">
<a href="${href}" style="display:inline-block;padding:12px 24px;${FONT};font-size:16px;line-height:24px;font-weight:600;color:#ffffff;text-decoration:none">${markup.button}</a>
</td></tr>
</table>
<p style="${SMALL};margin:0 0 4px">${markup.plainLink}</p>
<p style="${SMALL};margin:0 0 24px;word-break:break-all"><a href="${href}" style="color:#2f5bd7">${href}</a></p>
<p style="${SMALL};margin:0">${markup.ignore}</p>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}
