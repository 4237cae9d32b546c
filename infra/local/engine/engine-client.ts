/** How this machine's own code (not the functions) talks to the engine. */
export const engineCredentials = {
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
};
