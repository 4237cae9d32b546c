import { call } from "../api.ts";
import { objectsIn, textIn } from "../json.ts";
import { element } from "../render.ts";
import { say } from "./language.ts";

/** SHR-7: one of the invitee's own organizations. */
export type Place = { id: string; name: string };

/** What stands for the invitee's personal space. */
export const PERSONAL = "personal";

/** The organizations that an address can be attached to; none when they cannot be asked for. */
export async function placesOf(idToken: string): Promise<Place[]> {
  const answer = await call("GET", "me/organizations?limit=100", { idToken });
  if (!answer.ok) return [];
  return objectsIn(answer.body, "items").map((item) => ({
    id: textIn(item, "id"),
    name: textIn(item, "name"),
  }));
}

type AttachChoice = { places: readonly Place[]; chosen: string; onChoose: (place: string) => unknown };

/** SHR-7: the choice of where the address is to go; nothing to choose for who has no organization. */
export function attachChoice({ places, chosen, onChoose }: AttachChoice): HTMLElement | undefined {
  if (places.length === 0) return undefined;
  const choices = [{ id: PERSONAL, name: say().attachPersonal }, ...places].map(({ id, name }) =>
    element(
      "label",
      { className: "check" },
      element("input", {
        type: "radio",
        name: "attach",
        value: id,
        checked: id === chosen,
        onchange: () => onChoose(id),
      }),
      element("span", {}, name),
    ),
  );
  return element("fieldset", {}, element("legend", {}, say().attachTitle), ...choices);
}
