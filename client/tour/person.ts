import { createClient, type VestibuleClient } from "../http.ts";
import type { LocalStack } from "./local-stack.ts";

/** Somebody on the tour, signed in. */
export type Person = {
  name: string;
  email: string;
  userId: string;
  client: VestibuleClient;
};

/** Signs somebody in with an address of their own for this run, so that the tour can be repeated. */
export async function personOf(
  stack: LocalStack,
  baseUrl: string,
  name: string,
  run: string,
): Promise<Person> {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}+${run}@example.com`;
  const { token, userId } = await stack.signIn(email, name);
  return { name, email, userId, client: createClient({ baseUrl, token: () => token }) };
}
