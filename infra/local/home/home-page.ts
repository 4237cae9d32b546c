import type { IncomingMessage, ServerResponse } from "node:http";
import type { LocalContext } from "../contracts.ts";
import { answerHtml } from "../http-gateway/answer.ts";
import { testPeople } from "../issuer/test-people.ts";
import { escapeHtml, pageShell } from "./page-shell.ts";

/** `GET /`: where everything is, and what is going on. */
export async function showHome(
  _request: IncomingMessage,
  response: ServerResponse,
  context: LocalContext,
): Promise<void> {
  const body = [
    `<header class="row"><h1>Vestibule, local stack</h1>${clockControls}</header>`,
    `<div class="columns">${section("Addresses", addresses(context))}${section("People", people())}</div>`,
    section("Log", log),
    section("Meter", meter),
  ];
  answerHtml(response, 200, pageShell({ title: "Home", script: "home.js", body: body.join("\n") }));
}

function section(title: string, content: string): string {
  const id = title.toLowerCase();
  return `<section aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${content}</section>`;
}

const clockControls = `
<div class="clock" role="group" aria-label="Stack time">
  <time id="clock">…</time>
  <button type="button" data-advance="60">+ 1 min</button>
  <button type="button" data-advance="3600">+ 1 h</button>
  <button type="button" data-advance="86400">+ 1 day</button>
</div>`;

function addresses({ baseUrl, socketUrl, addresses: { issuer, engine } }: LocalContext): string {
  const link = (path: string) => `<a href="${escapeHtml(path)}">${escapeHtml(path)}</a>`;
  const rows = [
    ["HTTP API", `<code>${escapeHtml(baseUrl)}/v1</code> ${link("/v1/health")}`],
    ["Documents", `${link("/v1/openapi.json")} ${link("/v1/asyncapi.json")}`],
    ["WebSocket", `<code>${escapeHtml(socketUrl)}</code>`],
    [
      "People",
      `${link("/people")} <span class="quiet">an organization's members, guests, invitations</span>`,
    ],
    ["Chat", `${link("/chat")} <span class="quiet">an organization's channels and conversations</span>`],
    ["Mailbox", link("/local/mailbox/view")],
    [
      "Issuer",
      `<code>${escapeHtml(issuer)}</code> ${link("/local/issuer/.well-known/openid-configuration")}`,
    ],
    ["Stack", `${link("/local/health")} ${link("/local/failures")}`],
    ["DynamoDB", `<code>${escapeHtml(engine)}</code>`],
  ];
  return `<dl class="facts">${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join("")}</dl>`;
}

function people(): string {
  const rows = testPeople.map(
    ({ name, email }) => `
<li>
  <span><strong>${escapeHtml(name)}</strong> <span class="quiet">${escapeHtml(email)}</span></span>
  <button type="button" data-email="${escapeHtml(email)}" data-name="${escapeHtml(name)}">Copy token</button>
</li>`,
  );
  return `
<ul class="people list">${rows.join("")}</ul>
<form id="token" class="inline">
  <label for="email">Somebody else</label>
  <input id="email" type="email" required placeholder="name@example.com" autocomplete="off">
  <button>Copy token</button>
</form>
<p class="choices">
  <label class="choice"><input type="checkbox" id="verified" checked> address verified</label>
  <label class="choice"><input type="checkbox" id="mfa"> second factor</label>
</p>
<p id="token-status" class="quiet" role="status"></p>`;
}

const log = `
<div class="row">
  <form class="inline" role="search">
    <label for="filter">Filter</label><input id="filter" type="search" autocomplete="off" spellcheck="false">
  </form>
  <label class="choice"><input type="checkbox" id="output"> what functions print</label>
  <label class="choice"><input type="checkbox" id="pause"> pause</label>
</div>
<ol id="log" class="log" tabindex="0" aria-label="Log, newest last"></ol>`;

const meter = `
<div class="row">
  <p id="meter-totals" class="quiet"></p>
  <button type="button" id="meter-reset">Reset</button>
</div>
<div class="columns">
  <table><caption>Capacity units</caption>
    <thead><tr><th scope="col">Function</th><th scope="col">Operation</th><th scope="col">Calls</th>
      <th scope="col">Read</th><th scope="col">Write</th></tr></thead>
    <tbody id="meter-units"></tbody></table>
  <table><caption>Invocations</caption>
    <thead><tr><th scope="col">Function</th><th scope="col">Count</th><th scope="col">Cold</th>
      <th scope="col">Mean ms</th></tr></thead>
    <tbody id="meter-invocations"></tbody></table>
</div>`;
