import { escapeHtml } from "./escape-html.ts";
import type { Fact, Letter } from "./letter.ts";
import type { Look } from "./look.ts";

/** What surrounds a letter in HTML. Every text is escaped already. */
export type Frame = {
  readonly locale: string;
  readonly title: string;
  readonly preheader: string;
  readonly organization: string;
  readonly isBranded: boolean;
  readonly look: Look;
};

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const TEXT = `${FONT};font-size:16px;line-height:24px;color:#1c2330`;
const SMALL = `${FONT};font-size:13px;line-height:20px;color:#5a6474`;
const LINK = "color:#2450c4";
const HEAD = `${FONT};font-size:18px;line-height:24px;font-weight:600;color:#1c2330`;

/**
 * Styles that cannot be inlined: dark colours, where a program asks for them, and less margin on a phone. Without them
 * the mail is light and whole. A logo keeps a light ground, which is what it was drawn for.
 */
const STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.v-page{background:#11151c !important}
.v-card{background:#1b212b !important}
.v-text{color:#e6eaf0 !important}
.v-small{color:#a9b3c1 !important}
.v-link{color:#9dbaff !important}
.v-quote{background:#252d3a !important}
.v-button{border-color:#8a94a3 !important}
.v-logo{background:#ffffff !important;padding:8px !important;border-radius:6px !important}
}
@media (max-width:480px){.v-pad{padding-left:20px !important;padding-right:20px !important}}`;

/** Keeps what follows the preheader out of the line that lists of mails show. */
const FILLER = "&#847;&zwnj;&nbsp;".repeat(40);

function factRow([label, value]: Fact): string {
  return `<tr>
<th scope="row" align="left" valign="top" class="v-small" style="${SMALL};font-weight:400;padding:4px 16px 4px 0">${label}</th>
<td align="left" valign="top" class="v-text" style="${TEXT};font-size:15px;line-height:20px;padding:4px 0;word-break:break-word">${value}</td>
</tr>`;
}

function paragraph(text: string): string {
  return `<p class="v-text" style="${TEXT};margin:0 0 16px;word-break:break-word">${text}</p>`;
}

function note(text: string): string {
  return `<p class="v-text" style="${TEXT};font-size:15px;line-height:22px;margin:20px 0 0">${text}</p>`;
}

function messageBlock({ intro, text }: { intro: string; text: string }, { buttonColor }: Look): string {
  return `<p class="v-small" style="${SMALL};margin:24px 0 8px">${intro}</p>
<p dir="auto" class="v-text v-quote" style="${TEXT};margin:0;padding:12px 16px;background:#f3f5f8;border-left:3px solid ${buttonColor};word-break:break-word">${text.replaceAll("\n", "<br>")}</p>`;
}

/** The padding is the cell's, since Outlook knows none of a link; the link stands plain below for whoever sees no button. */
function actionBlock({ label, plainLink, href }: NonNullable<Letter["action"]>, look: Look): string {
  const link = escapeHtml(href);
  const { buttonColor, textColor } = look;
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:28px 0">
<tr><td align="center" bgcolor="${buttonColor}" class="v-button" style="border:1px solid ${buttonColor};border-radius:6px;background:${buttonColor};padding:11px 24px">
<a href="${link}" style="display:inline-block;${FONT};font-size:16px;line-height:24px;font-weight:600;color:${textColor};text-decoration:none">${label}</a>
</td></tr>
</table>
<p class="v-small" style="${SMALL};margin:0 0 4px">${plainLink}</p>
<p class="v-small" style="${SMALL};margin:0;word-break:break-all"><a href="${link}" class="v-link" style="${LINK}">${link}</a></p>`;
}

/** Who writes: our name, or the organization's logo or name (BRD-1). The logo is the one thing that a mail loads. */
function head({ organization, isBranded, look }: Frame): string {
  if (!isBranded)
    return `<span class="v-link" style="${FONT};font-size:14px;line-height:20px;font-weight:600;letter-spacing:0.04em;${LINK}">Vestibule</span>`;
  if (look.logoUrl === undefined) return `<span class="v-text" style="${HEAD}">${organization}</span>`;
  return `<img src="${escapeHtml(look.logoUrl)}" alt="${organization}" border="0" class="v-logo" style="display:inline-block;max-width:100%;max-height:70px;height:auto;border:0;outline:none;text-decoration:none;${HEAD}">`;
}

/**
 * A mail's HTML part: tables and inlined styles, since mail programs know little else. Nothing is loaded but the logo of
 * the organization's brand, and that from our own origin.
 */
export function letterHtml(letter: Letter, frame: Frame): string {
  const { locale, title, preheader, isBranded, look } = frame;
  const { greeting, paragraphs, facts, notes, message, action, closing } = letter;
  return `<!doctype html>
<html lang="${locale}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${title}</title>
<style>
${STYLE}
</style>
</head>
<body class="v-page" style="margin:0;padding:0;background:#eef1f5">
<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all;font-size:1px;line-height:1px">${preheader}${FILLER}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="v-page" style="background:#eef1f5">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="v-card" style="max-width:560px;background:#ffffff;border-radius:8px">
<tr><td align="left" class="v-pad" style="padding:24px 32px 0">${head(frame)}</td></tr>
<tr><td align="left" class="v-pad" style="padding:20px 32px 32px">
${paragraph(greeting)}
${paragraphs.map(paragraph).join("\n")}
<table cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse">
${facts.map(factRow).join("\n")}
</table>
${message === undefined ? "" : messageBlock(message, look)}
${notes.map(note).join("\n")}
${action === undefined ? "" : actionBlock(action, look)}
<p class="v-small" style="${SMALL};margin:24px 0 0">${closing}</p>
${isBranded ? `<p class="v-small" style="${SMALL};margin:16px 0 0">Vestibule</p>` : ""}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}
