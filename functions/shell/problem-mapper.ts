import type { MiddlewareObj } from "@middy/core";
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { TableBusy } from "../table/transaction.ts";
import { logger } from "./logger.ts";
import { busy, Problem, problemBody } from "./problem.ts";

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
type Result = APIGatewayProxyStructuredResultV2;

const THROTTLES = new Set([
  "ProvisionedThroughputExceededException",
  "ThrottlingException",
  "RequestLimitExceeded",
  "TransactionConflictException",
  "TimeoutError",
]);

/**
 * What a caller is told about an error: a refusal as it is, a throttled dependency as 503, and a bug as 500 with the
 * request's id alone; its stack goes to the log.
 */
export function problemFor(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TableBusy) return busy();
  if (error instanceof Error && THROTTLES.has(error.name)) return busy();
  logger.error("unexpected error", error instanceof Error ? error : typeof error);
  return new Problem(500, "internal-error", "Something went wrong on our side.");
}

/** Answers every error as problem+json and gives every answer its `X-Request-Id`. */
export function answerProblems(): MiddlewareObj<Event, Result> {
  return {
    before: ({ context }) => {
      logger.resetKeys();
      logger.appendKeys({ lambdaRequestId: context.awsRequestId });
    },
    after: (request) => {
      if (!request.response) return;
      request.response.headers = {
        ...request.response.headers,
        "x-request-id": request.event.requestContext.requestId,
      };
    },
    onError: (request) => {
      const { requestId } = request.event.requestContext;
      const problem = problemFor(request.error);
      logger.info("refused", {
        requestId,
        route: request.event.routeKey,
        status: problem.status,
        code: problem.code,
      });
      request.response = {
        statusCode: problem.status,
        headers: {
          "content-type": "application/problem+json",
          "cache-control": "no-store",
          "x-request-id": requestId,
          ...problem.headers,
        },
        body: JSON.stringify(problemBody(problem, requestId)),
      };
    },
  };
}
