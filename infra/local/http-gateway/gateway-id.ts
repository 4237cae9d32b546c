import { randomBytes } from "node:crypto";

/** Request, message and connection ids look like API Gateway's: `L0SM9cOFvHcCIhw=`. */
export function gatewayId(): string {
  return `${randomBytes(11).toString("base64url")}=`;
}
