// @ts-check
// The mailbox page: the list on one side, one mail on the other.

const intervalMs = 2000;

/** @typedef {{id: string, to: string, from: string, subject: string, text: string, html: string, headers: Record<string, string>, at: string}} Mail */

/** @param {string} id */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** @type {Mail[]} */
let mails = [];
let shownId = "";

function filterText() {
  const field = element("to");
  return field instanceof HTMLInputElement ? field.value.trim().toLowerCase() : "";
}

async function load() {
  const response = await fetch("/local/mailbox");
  /** @type {{items: Mail[]}} */
  const { items } = await response.json();
  const isNew = items.at(-1)?.id !== mails.at(-1)?.id || items.length !== mails.length;
  mails = items;
  if (isNew || mails.length === 0) showList();
  const linked = mails.find(({ id }) => location.hash === `#${id}`);
  if (linked && shownId === "") open(linked);
}

function showList() {
  const wanted = filterText();
  const found = mails.filter((mail) => mail.to.toLowerCase().includes(wanted)).reverse();
  element("count").textContent = found.length === 1 ? "1 mail" : `${found.length} mails`;
  element("mails").replaceChildren(...found.map(listItem));
  if (!mails.some(({ id }) => id === shownId)) element("mail").hidden = true;
}

/** @param {Mail} mail */
function listItem(mail) {
  const button = document.createElement("button");
  button.type = "button";
  if (mail.id === shownId) button.setAttribute("aria-current", "true");
  button.append(
    line("strong", mail.subject || "(no subject)"),
    line("span", mail.to),
    line("span", mail.at.slice(0, 19).replace("T", " ")),
  );
  button.addEventListener("click", () => open(mail));
  const item = document.createElement("li");
  item.append(button);
  return item;
}

/** @param {string} tag @param {string} text */
function line(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

/** @param {Mail} mail */
function open(mail) {
  shownId = mail.id;
  element("subject").textContent = mail.subject || "(no subject)";
  const facts = { From: mail.from, To: mail.to, At: mail.at };
  element("envelope").replaceChildren(
    ...Object.entries(facts).flatMap(([name, value]) => [line("dt", name), line("dd", value)]),
  );
  const frame = element("html");
  // Links leave the frame, whose sandbox could not show what they lead to.
  if (frame instanceof HTMLIFrameElement) frame.srcdoc = `<base target="_blank">${mail.html}`;
  element("text").textContent = mail.text || "(no text part)";
  const headers = Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}`);
  element("headers").textContent = headers.join("\n");
  showView(mail.html === "" ? "text" : "html");
  const article = element("mail");
  article.hidden = false;
  article.focus({ preventScroll: true });
  // Beside the list it is in view already; below it, on a phone, it is not.
  if (article.getBoundingClientRect().top > innerHeight / 2) article.scrollIntoView();
  history.replaceState(null, "", `#${mail.id}`);
  showList();
}

/** @param {string} wanted */
function showView(wanted) {
  for (const view of ["html", "text", "headers"]) element(view).hidden = view !== wanted;
  for (const button of document.querySelectorAll("button[data-view]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-view") === wanted));
  }
}

for (const button of document.querySelectorAll("button[data-view]")) {
  button.addEventListener("click", () => showView(button.getAttribute("data-view") ?? "html"));
}
element("to").addEventListener("input", showList);
element("search").addEventListener("submit", (event) => event.preventDefault());
element("clear").addEventListener("click", async () => {
  await fetch("/local/mailbox", { method: "DELETE" });
  await load();
});

for (;;) {
  if (!document.hidden) await load().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, intervalMs));
}
