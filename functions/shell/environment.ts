import * as z from "zod";

/** A limit in mails, or `none` (INV-13). */
const mailLimit = z.union([
  z.literal("none").transform(() => null),
  z
    .string()
    .regex(/^[0-9]+$/u)
    .transform(Number),
]);

/** What a deployment may leave out: `none` says so. */
const orNone = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([z.literal("none").transform(() => null), schema]);

/** Every variable a function may be given; `infra` sets only those a function needs. */
const variables = z.object({
  STAGE: z.string().min(1),
  TABLE_NAME: z.string().min(3),
  PAGE_BASE_URL: z.url(),
  SOCKET_URL: z.url(),
  CONFERENCE_BASE_URL: z.url(),
  CONNECTIONS_URL: z.url(),
  MAIL_FROM: z.string().min(3),
  MAIL_CONFIGURATION_SET: z.string().min(1),
  MAILS_PER_SENDER_HOUR: mailLimit,
  MAILS_PER_ORGANIZATION_DAY: mailLimit,
  MAILS_PER_RECIPIENT_DAY: mailLimit,
  ALLOWED_ORIGINS: z.string(),
  /** BOT-3: the endpoint that answers in the place of the built-in brain, and the parameter that holds its key. */
  ASSISTANT_URL: orNone(z.url()),
  ASSISTANT_MODEL: orNone(z.string().min(1)),
  ASSISTANT_KEY_NAME: orNone(z.string().min(1)),
});

type Variables = z.infer<typeof variables>;

/**
 * The named environment variables, checked once when the container starts.
 * @throws when one is missing or malformed: a wrong deployment fails at once, not at its first request.
 */
export function readEnvironment<Name extends keyof Variables>(...names: Name[]): Pick<Variables, Name> {
  const read: Partial<Record<Name, unknown>> = {};
  for (const name of names) read[name] = variables.shape[name].parse(process.env[name]);
  // Every name asked for was read in the loop above.
  return read as Pick<Variables, Name>;
}
