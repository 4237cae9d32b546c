import { mayChangeChatRole, mayChangeOrgRole, mayChangeRights } from "@vestibule/domain/roles";
import type { OrgRole } from "@vestibule/domain/vocabulary";
import type { Answer, Request } from "../shell/route.ts";
import type { CounterChange } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";
import { changeMember } from "./change-member.ts";
import type { changeChatRoleRoute, changeOrgRoleRoute, changeRightsRoute } from "./contract.ts";

/** How a change between org roles moves the number of active legal representatives; the last one stays (ORG-6). */
function representativesMove(from: OrgRole, to: OrgRole, isActive: boolean): CounterChange | undefined {
  if (from === to || !isActive) return undefined;
  if (to === "legal_representative") return { legalRepresentatives: 1 };
  if (from !== "legal_representative") return undefined;
  return { legalRepresentatives: -1, needs: ["another-legal-representative"] };
}

/** ORG-5, ORG-6, ORG-7: changes a member's org role, of which they are mailed (ORG-11). */
export async function changeOrgRole(
  table: Table,
  request: Request<typeof changeOrgRoleRoute>,
): Promise<Answer> {
  const to = request.body.role;
  return await changeMember(table, request, ({ standing, isSelf, target, organization }) => {
    const counters = representativesMove(target.orgRole, to, target.state === "active");
    const { legalRepresentatives } = organization;
    return {
      decision: mayChangeOrgRole({ actor: standing, isSelf, target, to, legalRepresentatives }),
      after: { ...target, orgRole: to },
      ...(counters === undefined ? {} : { counters }),
      notice: { kind: "org-role", from: target.orgRole, to },
      audit: { action: "member.org-role-changed", details: { from: target.orgRole, to } },
    };
  });
}

/** RGT-3, ORG-11: changes a member's chat role. */
export async function changeChatRole(
  table: Table,
  request: Request<typeof changeChatRoleRoute>,
): Promise<Answer> {
  const to = request.body.role;
  return await changeMember(table, request, ({ standing, target }) => ({
    decision: mayChangeChatRole({ actor: standing }),
    after: { ...target, chatRole: to },
    notice: { kind: "chat-role", from: target.chatRole, to },
    audit: { action: "member.chat-role-changed", details: { from: target.chatRole, to } },
  }));
}

/** RGT-5, ORG-11: sets the management rights of a `user`. */
export async function changeRights(
  table: Table,
  request: Request<typeof changeRightsRoute>,
): Promise<Answer> {
  const rights = request.body;
  return await changeMember(table, request, ({ standing, target }) => ({
    decision: mayChangeRights({ actor: standing, target, rights }),
    after: { ...target, rights },
    notice: { kind: "rights", from: target.rights, to: rights },
    audit: { action: "member.rights-changed", details: { ...rights } },
  }));
}
