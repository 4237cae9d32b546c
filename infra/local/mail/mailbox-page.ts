import type { IncomingMessage, ServerResponse } from "node:http";
import { pageShell } from "../home/page-shell.ts";
import { answerHtml } from "../http-gateway/answer.ts";

/** `/local/mailbox/view`: the mails as a person reads them. */
export async function showMailbox(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  const html = pageShell({
    title: "Mailbox",
    script: "mailbox.js",
    body: `
<p><a href="/">Local stack</a></p>
<header class="row">
  <h1>Mailbox</h1>
  <form id="search" class="inline" role="search">
    <label for="to">To</label>
    <input id="to" type="search" placeholder="every address" autocomplete="off" spellcheck="false">
  </form>
  <button id="clear" type="button">Delete all</button>
</header>
<p id="count" class="quiet" role="status">Loading …</p>
<div class="mailbox">
  <ul id="mails" class="mails" aria-label="Mails, newest first"></ul>
  <article id="mail" class="mail" tabindex="-1" hidden>
    <h2 id="subject"></h2>
    <dl id="envelope" class="facts"></dl>
    <div class="tabs" role="group" aria-label="How to show the mail">
      <button type="button" data-view="html" aria-pressed="true">HTML</button>
      <button type="button" data-view="text" aria-pressed="false">Text</button>
      <button type="button" data-view="headers" aria-pressed="false">Headers</button>
    </div>
    <iframe id="html" title="The mail's HTML" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
    <pre id="text" hidden></pre>
    <pre id="headers" hidden></pre>
  </article>
</div>`,
  });
  answerHtml(response, 200, html);
}
