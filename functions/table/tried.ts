/**
 * Does one piece of a sweep's work by itself: what goes wrong in it is told elsewhere, holds up none of the others, and
 * `otherwise` stands for its result.
 */
export type Tried = <Result>(work: () => Promise<Result>, otherwise: Result) => Promise<Result>;

/** Lets what goes wrong in one piece stop all of the work. */
export const untried: Tried = async (work) => await work();
