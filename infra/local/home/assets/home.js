// @ts-check
// The home page: tokens, stack time, log and meter, all read from /local/*.

const logIntervalMs = 1000;
const meterIntervalMs = 3000;
const shownLines = 500;

/** @param {string} id */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** @param {string} id @returns {HTMLInputElement} */
function input(id) {
  const found = element(id);
  if (!(found instanceof HTMLInputElement)) throw new Error(`#${id} is no input`);
  return found;
}

/** @param {string} method @param {string} path @param {unknown} [body] */
async function call(method, path, body) {
  const response = await fetch(path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  if (!response.ok) throw new Error(await response.text());
  return response.status === 204 ? undefined : response.json();
}

// Tokens

/** @param {string} email @param {string} [name] */
async function copyToken(email, name) {
  const status = element("token-status");
  try {
    const person = { email, emailVerified: input("verified").checked, mfa: input("mfa").checked };
    const { token, userId } = await call("POST", "/local/tokens", name ? { ...person, name } : person);
    await navigator.clipboard.writeText(token);
    status.textContent = `Copied: the token of ${email}, ${userId}, good for 12 hours.`;
  } catch (error) {
    status.textContent = `No token: ${error instanceof Error ? error.message : error}`;
  }
}

for (const button of document.querySelectorAll("button[data-email]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  const { email = "", name } = button.dataset;
  button.addEventListener("click", () => copyToken(email, name));
}

element("token").addEventListener("submit", (event) => {
  event.preventDefault();
  void copyToken(input("email").value);
});

// Stack time

let aheadMs = 0;

/** @param {string} now */
function takeTime(now) {
  aheadMs = Date.parse(now) - Date.now();
  showTime();
}

function showTime() {
  const time = new Date(Date.now() + aheadMs);
  element("clock").textContent = `${time.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

for (const button of document.querySelectorAll("button[data-advance]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  const advanceSeconds = Number(button.dataset["advance"]);
  button.addEventListener("click", async () => {
    takeTime((await call("POST", "/local/clock", { advanceSeconds })).now);
  });
}

// Log

let lastId = 0;

/** @param {{id: number, at: string, kind: string, functionName?: string, text: string}} line */
function logItem(line) {
  const item = document.createElement("li");
  item.dataset["kind"] = line.kind;
  const time = document.createElement("time");
  time.textContent = line.at.slice(11, 23);
  time.dateTime = line.at;
  const text = document.createElement("span");
  const isNamed = line.functionName === undefined || line.text.includes(line.functionName);
  text.textContent = isNamed ? line.text : `${line.functionName}: ${line.text}`;
  item.append(time, text);
  return item;
}

function showFiltered() {
  const wanted = input("filter").value.toLowerCase();
  const withOutput = input("output").checked;
  for (const item of element("log").children) {
    if (!(item instanceof HTMLElement)) continue;
    const isWanted = item.textContent?.toLowerCase().includes(wanted);
    item.hidden = !isWanted || (!withOutput && item.dataset["kind"] === "output");
  }
}

async function followLog() {
  if (!input("pause").checked) {
    const list = element("log");
    const { items, lastId: newest } = await call("GET", `/local/log?after=${lastId}`);
    const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 8;
    // A stack that was started anew counts from one again.
    if (newest < lastId) list.replaceChildren();
    lastId = newest;
    if (items.length > 0) {
      list.append(...items.slice(-shownLines).map(logItem));
      while (list.children.length > shownLines) list.firstElementChild?.remove();
      showFiltered();
      if (isAtEnd) list.scrollTop = list.scrollHeight;
    }
  }
}

input("filter").addEventListener("input", showFiltered);
input("output").addEventListener("change", showFiltered);
input("filter").form?.addEventListener("submit", (event) => event.preventDefault());

// Meter

/** @param {string} id @param {(string | number)[][]} rows */
function showRows(id, rows) {
  const lines = rows.map((cells) => {
    const line = document.createElement("tr");
    line.append(
      ...cells.map((value) => {
        const cell = document.createElement("td");
        cell.textContent = String(value);
        return cell;
      }),
    );
    return line;
  });
  element(id).replaceChildren(...lines);
}

async function followMeter() {
  const reading = await call("GET", "/local/meter");
  const { readUnits, writeUnits } = reading.totals;
  element("meter-totals").textContent =
    `${round(readUnits)} read units, ${round(writeUnits)} write units, ` +
    `${reading.socketMessages} billed WebSocket messages, ${reading.mails} mails`;
  /** @type {{functionName: string, operation: string, calls: number, readUnits: number, writeUnits: number}[]} */
  const units = reading.units;
  showRows(
    "meter-units",
    units.map((sum) => [
      sum.functionName,
      sum.operation,
      sum.calls,
      round(sum.readUnits),
      round(sum.writeUnits),
    ]),
  );
  /** @type {{functionName: string, count: number, cold: number, ms: number}[]} */
  const invocations = reading.invocations;
  showRows(
    "meter-invocations",
    invocations.map((sum) => [sum.functionName, sum.count, sum.cold, Math.round(sum.ms / sum.count)]),
  );
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}

element("meter-reset").addEventListener("click", async () => {
  await call("DELETE", "/local/meter");
  await followMeter();
});

/** Asks again and again, one request at a time, and only while somebody looks. @param {() => Promise<void>} ask @param {number} intervalMs */
async function repeat(ask, intervalMs) {
  for (;;) {
    if (!document.hidden) {
      try {
        await ask();
        document.body.dataset["state"] = "up";
      } catch {
        document.body.dataset["state"] = "down";
      }
    }
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}

setInterval(showTime, 1000);
void repeat(followLog, logIntervalMs);
void repeat(followMeter, meterIntervalMs);
void repeat(async () => takeTime((await call("GET", "/local/health")).now), 10_000);
