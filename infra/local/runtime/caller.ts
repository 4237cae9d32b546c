export type Caller = { functionName: string; accessKeyId: string };

const separator = "--";

/** Each worker signs with a key of its own, so that a call tells which function, and which worker, made it. */
export function accessKeyOf(functionName: string, workerNumber: number): string {
  return `${functionName}${separator}${workerNumber}`;
}

/** Whose call this is, by its SigV4 `Authorization` header; somebody else than a function: `undefined`. */
export function callerOf(authorization: string | undefined): Caller | undefined {
  const accessKeyId = authorization?.match(/Credential=([^/,\s]+)\//)?.[1];
  if (accessKeyId === undefined) return undefined;
  const end = accessKeyId.lastIndexOf(separator);
  return end > 0 ? { functionName: accessKeyId.slice(0, end), accessKeyId } : undefined;
}
