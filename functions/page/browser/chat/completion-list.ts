import { element } from "../render.ts";
import { commandsOf } from "./channel-commands.ts";
import { completed, type Started, startedAt } from "./completion.ts";
import { unseen } from "./controls.ts";
import { say } from "./language.ts";
import { membersOf } from "./people-names.ts";
import { wordsOf } from "./run-command.ts";
import { announce } from "./told.ts";
import { isMe } from "./workplace.ts";

type Offer = { insert: string; label: string; detail: string };

const MOST = 8;
/** Nobody is looked for at every key of somebody who types quickly. */
const PAUSE_MS = 150;

async function commandOffers(channelId: string, word: string): Promise<Offer[]> {
  const commands = await commandsOf(channelId);
  return commands
    .filter(({ name }) => name.startsWith(word))
    .map(({ name, usage }) => ({ insert: `/${name}`, label: usage, detail: wordsOf(name) }));
}

/** MSG-10: whom one can mention here, as the channel lists them to this person (GST-16). */
async function mentionOffers(channelId: string, word: string): Promise<Offer[]> {
  const query = { limit: MOST, ...(word !== "" && { search: word }) };
  const people = await membersOf(channelId, query).catch(() => []);
  const offers = people
    .filter(({ userId }) => !isMe(userId))
    .map(({ handle, firstName, lastName }) => ({
      insert: `@${handle}`,
      label: `@${handle}`,
      detail: `${firstName} ${lastName}`.trim(),
    }));
  const everybody = { insert: "@channel", label: "@channel", detail: say().everybody };
  return "channel".startsWith(word) ? [...offers, everybody] : offers;
}

let lists = 0;

/** The list that completes what is written in `box`: arrow keys choose, Enter or Tab take, Escape closes it. */
export function completion(channelId: string, box: HTMLTextAreaElement, onTake: () => unknown): HTMLElement {
  lists += 1;
  const id = `offers-${lists}`;
  const list = element("ul", { id, className: "offers", hidden: true, ariaLabel: say().suggestions });
  list.setAttribute("role", "listbox");
  box.setAttribute("aria-controls", id);
  box.setAttribute("aria-autocomplete", "list");
  let offers: Offer[] = [];
  let chosen = 0;
  let started: Started | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  function close(): void {
    asked += 1;
    offers = [];
    list.hidden = true;
    list.replaceChildren();
    box.removeAttribute("aria-activedescendant");
  }

  function take(offer: Offer): void {
    if (started === undefined) return;
    const { text, cursor } = completed(box.value, started, offer.insert);
    box.value = text;
    box.setSelectionRange(cursor, cursor);
    close();
    box.focus();
    onTake();
  }

  function draw(): void {
    list.hidden = offers.length === 0;
    list.replaceChildren(
      ...offers.map((offer, index) => {
        const option = element(
          "li",
          {
            id: `${id}-${index}`,
            onclick: () => take(offer),
            onpointerdown: (event) => event.preventDefault(),
          },
          element("strong", {}, offer.label),
          unseen(" "),
          element("span", { className: "soft" }, offer.detail),
        );
        option.setAttribute("role", "option");
        option.ariaSelected = String(index === chosen);
        return option;
      }),
    );
    if (offers.length === 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", `${id}-${chosen}`);
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  }

  async function look(): Promise<void> {
    asked += 1;
    const mine = asked;
    const now = startedAt(box.value, box.selectionStart);
    if (now === undefined) return close();
    const find = now.kind === "command" ? commandOffers : mentionOffers;
    const found = await find(channelId, now.word);
    if (mine !== asked) return;
    started = now;
    offers = found.slice(0, now.kind === "command" ? found.length : MOST);
    chosen = 0;
    draw();
    if (offers.length > 0) announce(say().suggestionCount(offers.length, String(offers.length)));
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, startedAt(box.value, box.selectionStart) === undefined ? 0 : PAUSE_MS);
  });
  box.addEventListener("blur", close);
  box.addEventListener(
    "keydown",
    (event) => {
      const offer = offers[chosen];
      if (offer === undefined || event.isComposing) return;
      const isWhole = started !== undefined && offer.insert === box.value.slice(started.start, started.end);
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        chosen = (chosen + (event.key === "ArrowDown" ? 1 : offers.length - 1)) % offers.length;
        draw();
      } else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !isWhole)) take(offer);
      else if (event.key === "Escape") close();
      else {
        if (event.key === "Enter") close();
        return;
      }
      event.preventDefault();
    },
    { capture: true },
  );
  return list;
}
