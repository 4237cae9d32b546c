/** What an API answers for a denial: its HTTP status, a short title, and why, in a sentence for the person refused. */
export type Denial = {
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 429;
  readonly title: string;
  readonly why: string;
  /** The field of a request that is at fault, where it is the same one by whatever way it comes. */
  readonly field?: string;
};
