import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { act } from "../../support/act.ts";
import { PATIENCE_MS } from "../../support/e2e-stack.ts";
import {
  acceptShare,
  newMailAddress,
  type Place,
  SHARE_REGISTRATION,
  shareByLink,
  shareWithGroup,
  shareWithMember,
} from "../../support/mail-address.ts";
import { inviteAndAccept, newOrganization } from "../../support/organization.ts";
import { newAddress, type Person, person } from "../../support/person.ts";
import { expectProblem } from "../../support/problem.ts";
import { advance } from "../../support/stack-control.ts";
import { sharedStack } from "../shared-stack.ts";

let stack: LocalStack;
let founder: Person;
let member: Person;
let org: string;

beforeAll(async () => {
  stack = await sharedStack();
  founder = await person(stack, "founder");
  ({ id: org } = await newOrganization(founder));
  member = await inviteAndAccept(stack, founder, org, "member");
}, PATIENCE_MS);
// One of these tests moves the clock, and they run in any order.
beforeEach(() => founder.signInAgain({ authTime: new Date(stack.context.clock.now()).toISOString() }));

async function newPlace(): Promise<Place> {
  return { org, adr: (await newMailAddress(founder, org)).id };
}

const sharesOf = ({ adr }: Place) => `/v1/organizations/${org}/mail-addresses/${adr}/shares`;

async function listed(place: Place): Promise<Record<string, unknown>[]> {
  return (await act(founder, "GET", sharesOf(place)))["items"] as Record<string, unknown>[];
}

async function mine(who: Person): Promise<{ id: string; rights: string[]; attachedTo: string }[]> {
  return (await act(who, "GET", "/v1/me/mail-addresses"))["items"] as {
    id: string;
    rights: string[];
    attachedTo: string;
  }[];
}

describe("from invitation to access", () => {
  test("SHR-4 SHR-6 SHR-7 an outsider is listed as invited, accepts, is listed with access, and gives it up", async () => {
    const place = await newPlace();
    const outsider = await person(stack, "outsider", { mfa: true });
    const { id, secret } = await shareByLink(founder, place, outsider.email);
    expect(await listed(place)).toMatchObject([
      { kind: "invitation", invitation: { id, kind: "share", email: outsider.email, state: "pending" } },
    ]);
    expect(await mine(outsider)).toEqual([]);

    expect(await acceptShare(outsider, secret)).toMatchObject({
      kind: "share",
      organizationId: org,
      addressId: place.adr,
      attachedTo: "personal",
    });
    expect(await listed(place)).toMatchObject([
      { kind: "holder", userId: outsider.userId, rights: ["read", "send"] },
    ]);
    expect(await mine(outsider)).toMatchObject([{ id: place.adr, rights: ["read", "send"] }]);
    // A mail address is not the organization: outsiders learn nothing of that.
    expectProblem(await outsider.send("GET", `/v1/organizations/${org}`), 404, "not-found");

    const path = `/v1/me/mail-addresses/${place.adr}?organizationId=${org}`;
    expect((await outsider.send("DELETE", path)).status).toBe(204);
    expect([await mine(outsider), await listed(place)]).toEqual([[], []]);
  });

  test("SHR-4 a link without an address is for whoever holds it, once", async () => {
    const place = await newPlace();
    const { secret } = await shareByLink(founder, place);
    const first = await person(stack, "first", { mfa: true });
    const second = await person(stack, "second", { mfa: true });
    const preview = await act(second, "POST", "/v1/invitations/preview", { token: secret });
    expect(preview).toMatchObject({ email: null, requires: { mfa: true, phone: true, strict: false } });
    await acceptShare(first, secret);
    await expect(acceptShare(second, secret)).rejects.toThrow("invitation-used");
  });

  test("SHR-7 it is attached to an organization of one's own, to no other", async () => {
    const place = await newPlace();
    const outsider = await person(stack, "owner", { mfa: true });
    const { id: own } = await newOrganization(outsider);
    const { secret } = await shareByLink(founder, place, outsider.email);
    const accept = (attachTo: string) =>
      outsider.send("POST", "/v1/invitations/accept", {
        body: { token: secret, attachTo, ...SHARE_REGISTRATION },
      });
    expectProblem(await accept(org), 404, "not-found");
    expect((await accept(own)).status).toBe(200);
    expect(await mine(outsider)).toMatchObject([{ id: place.adr, attachedTo: own }]);
  });

  test("SHR-9 without a second factor it is refused and stays pending; with one it is served", async () => {
    const place = await newPlace();
    const outsider = await person(stack, "plain");
    const { secret } = await shareByLink(founder, place, outsider.email);
    await expect(acceptShare(outsider, secret)).rejects.toThrow("mfa-required");
    const preview = await act(outsider, "POST", "/v1/invitations/preview", { token: secret });
    expect(preview["state"]).toBe("pending");
    await outsider.signInAgain({ mfa: true });
    expect(await acceptShare(outsider, secret)).toMatchObject({ addressId: place.adr });
  });
});

describe("who may share, and what", () => {
  test("SHR-3 no address is shared with itself, nor one that somebody signs in with", async () => {
    const { id: adr, address } = await newMailAddress(founder, org);
    const body = { email: address.toUpperCase(), delivery: "link" };
    expectProblem(await founder.send("POST", sharesOf({ org, adr }), { body }), 409, "address-conflict");
    const login = await act(founder, "POST", `/v1/organizations/${org}/mail-addresses`, {
      address: member.email,
    });
    const answer = await founder.send("POST", sharesOf({ org, adr: login.id }), {
      body: { email: newAddress("somebody") },
    });
    expectProblem(answer, 409, "address-is-login");
  });

  test("SHR-8 rights of one's own and of groups add up, and own access is given once", async () => {
    const place = await newPlace();
    const group = await act(founder, "POST", `/v1/organizations/${org}/groups`, { name: "Desk" });
    await founder.client.addToGroup(org, group.id, member.userId);
    await shareWithGroup(founder, place, group.id, ["read"]);
    expect(await mine(member)).toMatchObject([{ id: place.adr, rights: ["read"] }]);
    await shareWithMember(founder, place, member, ["viewLogs"]);
    expect(await mine(member)).toMatchObject([{ id: place.adr, rights: ["read", "viewLogs"] }]);
    const again = await founder.send("POST", sharesOf(place), { body: { userId: member.userId } });
    expectProblem(again, 409, "already-has-access");
    await founder.client.removeFromGroup(org, group.id, member.userId);
    expect(await mine(member)).toMatchObject([{ id: place.adr, rights: ["viewLogs"] }]);
    await founder.client.removeShare(org, place.adr, member.userId);
    expect(await mine(member)).toEqual([]);
  });

  test("SHR-6 with a mail address its access and its pending invitations end", async () => {
    const place = await newPlace();
    const outsider = await person(stack, "evicted", { mfa: true });
    await acceptShare(outsider, (await shareByLink(founder, place, outsider.email)).secret);
    const late = await person(stack, "late", { mfa: true });
    const { secret } = await shareByLink(founder, place, late.email);
    await founder.client.deleteMailAddress(org, place.adr);
    expect(await mine(outsider)).toEqual([]);
    await expect(acceptShare(late, secret)).rejects.toThrow("invitation-revoked");
  });

  test("SHR-2 giving access asks for a sign-in of the last quarter of an hour, taking it away never", async () => {
    const place = await newPlace();
    await shareWithMember(founder, place, member);
    await advance(stack, 16 * 60);
    const body = { rights: ["read"] };
    expectProblem(
      await founder.send("POST", sharesOf(place), { body: {} }),
      401,
      "reauthentication-required",
    );
    expectProblem(
      await founder.send("PATCH", `${sharesOf(place)}/${member.userId}`, { body }),
      401,
      "reauthentication-required",
    );
    expect((await founder.send("DELETE", `${sharesOf(place)}/${member.userId}`)).status).toBe(204);
    await founder.signInAgain({ authTime: new Date(stack.context.clock.now()).toISOString() });
    expect((await founder.send("POST", sharesOf(place), { body: {} })).status).toBe(201);
    await founder.signInAgain({ authTime: "2026-01-01T00:00:00Z" });
    expectProblem(
      await founder.send("POST", sharesOf(place), { body: {} }),
      401,
      "reauthentication-required",
    );
  });
});
