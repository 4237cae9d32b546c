import * as z from "zod";
import { signedHeaders } from "./signed-request.ts";

/** What Lambda itself puts into every function's environment. */
const surroundings = z.object({
  AWS_REGION: z.string().min(1),
  AWS_ACCESS_KEY_ID: z.string().min(1),
  AWS_SECRET_ACCESS_KEY: z.string().min(1),
  AWS_SESSION_TOKEN: z.string().optional(),
  /** Elsewhere than at AWS: in tests. */
  AWS_ENDPOINT_URL_SSM: z.url().optional(),
});

const answerShape = z.object({ Parameter: z.object({ Value: z.string().min(1) }) });

const TIMEOUT_MS = 2_000;

/** Read anew after so long, so that a replaced secret is taken up. */
const KEPT_MS = 5 * 60_000;

async function getParameter(name: string, now: number): Promise<string> {
  const { AWS_REGION: region, AWS_ENDPOINT_URL_SSM: elsewhere, ...own } = surroundings.parse(process.env);
  const url = new URL(elsewhere ?? `https://ssm.${region}.amazonaws.com/`);
  const body = JSON.stringify({ Name: name, WithDecryption: true });
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "AmazonSSM.GetParameter",
  };
  const credentials = {
    accessKeyId: own.AWS_ACCESS_KEY_ID,
    secretAccessKey: own.AWS_SECRET_ACCESS_KEY,
    sessionToken: own.AWS_SESSION_TOKEN,
  };
  const request = { method: "POST", url, headers, body, region, service: "ssm" } as const;
  const answer = await fetch(url, {
    method: "POST",
    headers: signedHeaders(request, credentials, now),
    body,
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new Error(`the parameter store answered ${answer.status}`);
  }
  return answerShape.parse(await answer.json()).Parameter.Value;
}

/** A secret of Systems Manager's parameter store (SecureString), kept by the container for five minutes. */
export function secretParameter(name: string, now: () => number): () => Promise<string> {
  let known: { readonly value: string; readonly until: number } | undefined;
  return async () => {
    if (known === undefined || known.until <= now()) {
      known = { value: await getParameter(name, now()), until: now() + KEPT_MS };
    }
    return known.value;
  };
}
