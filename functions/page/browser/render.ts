export type Child = Node | string;

/** A new element. Texts become text nodes: nothing that people wrote is ever read as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** An element that the page's HTML has. @throws when it has not */
export function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/** What is shown at a time: a heading and what follows it. */
export type View = { heading: string; parts: (Child | undefined)[] };

let draw: () => View = () => ({ heading: "", parts: [] });

function paint(): HTMLElement {
  const { heading, parts } = draw();
  const title = element("h1", { tabIndex: -1 }, heading);
  part("view").replaceChildren(title, ...parts.filter((child) => child !== undefined));
  document.title = `${heading} – Vestibule`;
  return title;
}

/**
 * Replaces the view and moves the focus to its heading, so that keyboard and screen reader start there. `next` is asked
 * again when the language changes.
 */
export function show(next: () => View): void {
  draw = next;
  paint().focus();
  scrollTo(0, 0);
}

/** The same view once more, in another language; the focus stays where it is. */
export function showAgain(): void {
  paint();
}

export function paragraph(text: string, className = ""): HTMLElement {
  return element("p", { className }, text);
}

/** What went wrong, read out at once; nothing when all is well. */
export function alertOf(notice: string | undefined): HTMLElement | undefined {
  if (notice === undefined) return undefined;
  return element("p", { className: "notice", role: "alert" }, notice);
}

export function button(
  label: string,
  className: "primary" | "" | "plain",
  onPress: () => unknown,
): HTMLElement {
  const pressed = () => {
    if (!isBusy()) onPress();
  };
  return element("button", { type: "button", className, onclick: pressed }, label);
}

export function actions(...buttons: HTMLElement[]): HTMLElement {
  return element("div", { className: "actions" }, ...buttons);
}

/** Whether something is under way: a second press meanwhile does nothing. */
export function isBusy(): boolean {
  return part("view").ariaBusy === "true";
}

/** Where it is said at the moment that something is under way. */
const saying = new Set<HTMLElement>();

/** Says why what is under way takes longer. */
export function sayMeanwhile(sentence: string): void {
  for (const status of saying) status.textContent = sentence;
}

type Place = { region: HTMLElement; status: HTMLElement };

/** Says what is under way while `work` runs, in the page or in a part of it. */
export async function during<Result>(
  sentence: string,
  work: () => Promise<Result>,
  { region, status }: Place = { region: part("view"), status: part("status") },
): Promise<Result> {
  region.ariaBusy = "true";
  status.textContent = sentence;
  saying.add(status);
  try {
    return await work();
  } finally {
    saying.delete(status);
    region.ariaBusy = "false";
    status.textContent = "";
  }
}
