import { createClient, type VestibuleClient } from "../http.ts";
import type { LocalStack } from "./local-stack.ts";

/** Somebody on the tour, signed in. */
export type Person = {
  name: string;
  email: string;
  userId: string;
  baseUrl: string;
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
  return { name, email, userId, baseUrl, client: createClient({ baseUrl, token: () => token }) };
}

/** The same person in a session with a second factor (SHR-9). */
export async function withSecondFactor(stack: LocalStack, person: Person): Promise<Person> {
  const { baseUrl, email, name } = person;
  const { token } = await stack.signIn(email, name, true);
  return { ...person, client: createClient({ baseUrl, token: () => token }) };
}
