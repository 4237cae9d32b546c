const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowUp: (at) => at - 1,
  ArrowDown: (at) => at + 1,
  Home: () => 0,
  End: (_, last) => last,
};

/**
 * Makes a list one stop of the Tab key: the arrow keys go from message to message, and Tab on into the actions of the one
 * that has the focus.
 */
export function roving(list: HTMLElement): void {
  const items = () => [...list.querySelectorAll<HTMLElement>(":scope > [id]")];
  let stop: HTMLElement | undefined;
  const stopAt = (item: HTMLElement | undefined) => {
    if (stop !== undefined && stop !== item) stop.tabIndex = -1;
    stop = item;
    if (item !== undefined) item.tabIndex = 0;
  };
  // The newest one, as long as nobody has been at another.
  new MutationObserver(() => {
    if (stop === undefined || !stop.isConnected || !list.contains(document.activeElement))
      stopAt(items().at(-1));
  }).observe(list, { childList: true });
  list.addEventListener("focusin", ({ target }) => {
    const item = target instanceof Element ? target.closest<HTMLElement>("li[id]") : null;
    if (item !== null && item.parentElement === list) stopAt(item);
  });
  list.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (step === undefined || stop === undefined || event.target !== stop) return;
    const all = items();
    const at = all.indexOf(stop);
    const next = all[Math.max(0, Math.min(all.length - 1, step(at, all.length - 1)))];
    event.preventDefault();
    next?.focus();
  });
}
