import * as z from "zod";

const reportShape = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

/**
 * The tests of vitest's JSON report. A file that failed without a failed test (it does not load, a hook threw) counts as
 * one failed; so does a run that failed for another reason (an unhandled rejection), or left no report.
 */
export function countTests(readReport: () => string, status: number): { passed: number; failed: number } {
  try {
    const report = reportShape.parse(JSON.parse(readReport()));
    const failedFiles = report.testResults.filter(
      ({ status: ended, assertionResults }) =>
        ended === "failed" && assertionResults.every((test) => test.status !== "failed"),
    );
    const failed = report.numFailedTests + failedFiles.length;
    return { passed: report.numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
