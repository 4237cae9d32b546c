/** What a reader had open or focused in an element, by the ids of its parts. */
function traceOf(element: HTMLElement) {
  const active = document.activeElement;
  return {
    hadFocus: active !== null && element.contains(active),
    focused: active?.id ?? "",
    open: [...element.querySelectorAll("details[open]")].map(({ id }) => id),
  };
}

function partIn(element: HTMLElement, id: string): HTMLElement | undefined {
  if (id === "") return undefined;
  return element.querySelector<HTMLElement>(`#${CSS.escape(id)}`) ?? undefined;
}

/** Replaces an element by its newer version; what was open stays open, and the focus stays where it was. */
export function renew(old: HTMLElement, fresh: HTMLElement): void {
  const { hadFocus, focused, open } = traceOf(old);
  old.replaceWith(fresh);
  for (const id of open) partIn(fresh, id)?.toggleAttribute("open", true);
  if (!hadFocus) return;
  const target = partIn(fresh, focused) ?? fresh;
  target.focus({ preventScroll: true });
  // What is disabled now does not take the focus; its row does.
  if (document.activeElement !== target) fresh.focus({ preventScroll: true });
}

/** Takes an element away; the focus, if it was in there, goes to the next one beside it, else to `otherwise`. */
export function takeAway(old: HTMLElement, otherwise: HTMLElement | undefined): void {
  const next = old.nextElementSibling ?? old.previousElementSibling ?? otherwise;
  const { hadFocus } = traceOf(old);
  old.remove();
  if (hadFocus && next instanceof HTMLElement) next.focus({ preventScroll: true });
}
