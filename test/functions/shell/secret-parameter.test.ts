import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { secretParameter } from "../../../functions/shell/secret-parameter.ts";
import { signedHeaders } from "../../../functions/shell/signed-request.ts";
import { fakeEndpoint } from "../assistant/fake-endpoint.ts";

const store = fakeEndpoint();
const KEPT_MS = 5 * 60_000;

beforeEach(() => {
  vi.stubEnv("AWS_REGION", "eu-west-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  vi.stubEnv("AWS_SESSION_TOKEN", "session");
  vi.stubEnv("AWS_ENDPOINT_URL_SSM", store.url());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const holds = (value: string) =>
  store.behaves((answer) => void answer.end(JSON.stringify({ Parameter: { Value: value } })));

describe("BOT-3 the endpoint's key", () => {
  test.each(["GET", "POST"] as const)("a %s is signed as AWS's own example has it", (method) => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html: get-vanilla, post-vanilla
    const request = {
      method,
      url: new URL("https://example.amazonaws.com/"),
      headers: {},
      body: "",
      region: "us-east-1",
      service: "service",
    };
    const credentials = {
      accessKeyId: "AKIDEXAMPLE",
      secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    };
    const { authorization } = signedHeaders(request, credentials, Date.parse("2015-08-30T12:36:00Z"));
    const signatures = {
      GET: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
      POST: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    };
    expect(authorization).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signatures[method]}`,
    );
  });

  test("is asked of the parameter store, decrypted, and kept for five minutes", async () => {
    let now = 0;
    const key = secretParameter("/vestibule/llm-key", () => now);
    holds("sesame");
    expect([await key(), await key()]).toEqual(["sesame", "sesame"]);
    expect(store.asked).toHaveLength(1);
    expect(store.asked[0]).toMatchObject({
      body: { Name: "/vestibule/llm-key", WithDecryption: true },
      headers: {
        "x-amz-target": "AmazonSSM.GetParameter",
        "x-amz-security-token": "session",
        authorization: expect.stringContaining(
          "/eu-west-1/ssm/aws4_request, SignedHeaders=content-type;host;",
        ),
      },
    });
    holds("open");
    now = KEPT_MS;
    expect(await key()).toBe("open");
  });

  test("that cannot be read is asked for again the next time", async () => {
    const key = secretParameter("/vestibule/llm-key", () => 0);
    store.behaves((answer) => void answer.writeHead(400).end("{}"));
    await expect(key()).rejects.toThrow("answered 400");
    holds("sesame");
    expect(await key()).toBe("sesame");
  });
});
