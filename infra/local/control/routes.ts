import * as z from "zod";
import type { LocalRoute } from "../contracts.ts";
import { parseRules } from "../faults/parse-rules.ts";
import { answerJson, answerProblem } from "../http-gateway/answer.ts";
import type { Scheduler } from "../schedules/scheduler.ts";
import type { StreamPoller } from "../streams/stream-poller.ts";
import { jsonBody } from "./json-body.ts";

/** `settleSeconds`: answered once every change was handled, or after so long. */
const healthQuery = z.strictObject({ settleSeconds: z.coerce.number().min(0).max(60).optional() });

const clockSchema = z.strictObject({ advanceSeconds: z.number().min(0) });

/** The paths by which tests and people steer and watch the stack. */
export function controlRoutes(scheduler: Scheduler, stream: StreamPoller): LocalRoute[] {
  return [
    {
      method: "GET",
      path: "/local/health",
      async handle(request, response, { clock, model }) {
        const query = healthQuery.safeParse(
          Object.fromEntries(new URL(request.url ?? "/", "http://local").searchParams),
        );
        if (!query.success)
          return answerProblem(response, 400, "invalid-query", z.prettifyError(query.error));
        const { settleSeconds } = query.data;
        if (settleSeconds !== undefined) await stream.settle(settleSeconds * 1_000);
        answerJson(response, 200, {
          status: "ok",
          now: new Date(clock.now()).toISOString(),
          functions: model.functions.map(({ name }) => name),
          stream: { isQuiet: stream.isQuiet(), givenUp: stream.givenUp.length },
        });
      },
    },
    {
      method: "GET",
      path: "/local/failures",
      async handle(_request, response) {
        answerJson(response, 200, { items: stream.givenUp });
      },
    },
    {
      method: "POST",
      path: "/local/clock",
      async handle(request, response, { clock }) {
        const body = clockSchema.safeParse(await jsonBody(request));
        if (!body.success) return answerProblem(response, 400, "invalid-body", z.prettifyError(body.error));
        clock.advance(body.data.advanceSeconds);
        // What fell due has run when this is answered, so that whoever moved the time sees its effects.
        await scheduler.idle();
        answerJson(response, 200, { now: new Date(clock.now()).toISOString() });
      },
    },
    {
      method: "POST",
      path: "/local/schedules/{name}/run",
      async handle(_request, response, { model }, { name = "" }) {
        const result = await scheduler.run(name);
        const known = model.schedules.map((schedule) => schedule.name).join(", ");
        if (!result) return answerProblem(response, 404, "not-found", `schedules: ${known || "none"}`);
        answerJson(response, result.ok ? 200 : 502, result);
      },
    },
    {
      method: "GET",
      path: "/local/meter",
      async handle(_request, response, { meter }) {
        answerJson(response, 200, meter.read());
      },
    },
    {
      method: "DELETE",
      path: "/local/meter",
      async handle(_request, response, { meter }) {
        meter.reset();
        response.writeHead(204).end();
      },
    },
    {
      method: "PUT",
      path: "/local/faults",
      async handle(request, response, { faults }) {
        const parsed = parseRules(await jsonBody(request));
        if ("error" in parsed) return answerProblem(response, 400, "invalid-body", parsed.error);
        faults.replace(parsed.rules);
        answerJson(response, 200, { rules: parsed.rules });
      },
    },
    {
      method: "GET",
      path: "/local/log",
      async handle(request, response, { log }) {
        const after = Number(new URL(request.url ?? "/", "http://local").searchParams.get("after") ?? 0);
        const items = log.lines.filter((line) => line.id > after);
        answerJson(response, 200, { items, lastId: log.lines.at(-1)?.id ?? 0 });
      },
    },
  ];
}
