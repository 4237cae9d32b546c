/** RFC 9457 problem+json with Vestibule's `code`, `rule` and data of the case. */
export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  rule?: string;
  [extension: string]: unknown;
};
