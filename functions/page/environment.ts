import * as z from "zod";

const schema = z.object({
  PAGE_BASE_URL: z.url().transform((url) => url.replace(/\/+$/u, "")),
  OIDC_ISSUER: z.url(),
  OIDC_CLIENT_ID: z.string().min(1),
  SOCKET_URL: z.url({ protocol: /^wss?$/u }),
});

export type PageEnvironment = z.output<typeof schema>;

/**
 * The variables of the page function, checked once when the container starts.
 * @throws when one is missing or malformed: a wrong deployment fails at once, not at its first request.
 */
export function readPageEnvironment(variables: Record<string, string | undefined>): PageEnvironment {
  return schema.parse(variables);
}
