import type { LocalContext } from "../contracts.ts";

/** State of one running stack (keys, mailbox, sessions …), made when first asked for. */
export function perContext<State>(
  create: (context: LocalContext) => State,
): (context: LocalContext) => State {
  const states = new WeakMap<LocalContext, { state: State }>();
  return (context) => {
    const known = states.get(context);
    if (known) return known.state;
    const state = create(context);
    states.set(context, { state });
    return state;
  };
}
