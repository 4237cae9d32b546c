/**
 * `npm test` has ten minutes on two cores. What only gets larger by being repeated (rounds of a race, messages of a flood,
 * people of a group) is smaller there than where there is time: `npm run test:thorough`, which is the same tests at the
 * sizes that the product's issues name.
 */
const isThorough = process.env["THOROUGH"] === "1";

/** One of two sizes of the same test. */
export function sized<Size>(usual: Size, thorough: Size): Size {
  return isThorough ? thorough : usual;
}
