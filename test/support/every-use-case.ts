import { acceptUseCases } from "../../functions/accept/use-cases.ts";
import { groupUseCases } from "../../functions/channel/groups-use-cases.ts";
import { channelPeopleUseCases } from "../../functions/channel/people-use-cases.ts";
import { channelUseCases } from "../../functions/channel/use-cases.ts";
import { commandUseCases } from "../../functions/command/use-cases.ts";
import { inviteUseCases } from "../../functions/invite/use-cases.ts";
import { callUseCases } from "../../functions/message/calls/use-cases.ts";
import { messageDeps } from "../../functions/message/message-deps.ts";
import { messageUseCases } from "../../functions/message/use-cases.ts";
import { organizationUseCases } from "../../functions/organization/use-cases.ts";
import { roleUseCases } from "../../functions/role/use-cases.ts";
import { shareUseCases } from "../../functions/share/use-cases.ts";
import type { Implementation } from "../../functions/shell/route.ts";
import type { Table } from "../../functions/table/table.ts";

/** Limits that nothing here comes near to, so that their charges are among the units (INV-13). */
const mailLimits = { sender: 1_000_000, organization: 1_000_000, recipient: 1_000_000 };

/** The use cases of every HTTP function but `page`, on a table. */
export function everyUseCase(table: Table): Implementation[] {
  const mailing = { table, pageBaseUrl: "http://page", mailLimits };
  return [
    ...acceptUseCases(table),
    ...channelUseCases(table),
    ...channelPeopleUseCases(table),
    ...groupUseCases(table),
    ...inviteUseCases(mailing),
    ...messageUseCases(table, "ws://socket"),
    ...commandUseCases(table, messageDeps(table)),
    ...callUseCases(table, { newLink: () => "https://meet.example/room" }),
    ...organizationUseCases(table),
    ...roleUseCases(table),
    ...shareUseCases(mailing),
  ];
}
