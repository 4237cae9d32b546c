/**
 * `npm test` has ten minutes on two cores. What only gets larger by being repeated (rounds of a race, messages while
 * somebody is cut off, invitations at once, cells of people who stand alike, odd values in each place, mutated bodies that
 * were all tried on the handlers, screenshots for people to look at) is smaller there than where there is time: `npm run test:thorough`.
 */
const isThorough = process.env["THOROUGH"] === "1";

/** One of two sizes of the same test. */
export function sized<Size>(usual: Size, thorough: Size): Size {
  return isThorough ? thorough : usual;
}

const TURNS = sized(3, 1);

/** Of cases that are tried in many places, a third, beginning with another one in each place; all where there is time. */
export function byTurns<Case>(cases: readonly Case[], place: number): Case[] {
  return cases.filter((_case, index) => (index + place) % TURNS === 0);
}
