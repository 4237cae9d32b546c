type Project = {
  readonly include: string[];
  readonly exclude?: string[];
  readonly timeoutSeconds: number;
};

/**
 * The folders under test/, by the name that `npm test -- domain` knows them by. They run in this order: what takes long
 * first, so that what is short fills the cores in the end.
 */
export const PROJECTS: Readonly<Record<string, Project>> = {
  // A browser each, some with a stack.
  browser: { include: ["test/browser/**/*.test.ts"], timeoutSeconds: 120 },
  e2e: { include: ["test/local/e2e/**/*.test.ts"], timeoutSeconds: 120 },
  local: {
    include: ["test/local/**/*.test.ts"],
    exclude: ["test/local/e2e/**"],
    timeoutSeconds: 30,
  },
  infra: { include: ["test/infra/**/*.test.ts"], timeoutSeconds: 90 },
  functions: {
    include: ["test/functions/**/*.test.ts", "test/page/**/*.test.ts"],
    timeoutSeconds: 30,
  },
  house: {
    include: ["test/*.test.ts", "test/documents/**/*.test.ts", "test/rules/**/*.test.ts"],
    timeoutSeconds: 30,
  },
  domain: { include: ["test/domain/**/*.test.ts"], timeoutSeconds: 30 },
  client: { include: ["test/client/**/*.test.ts"], timeoutSeconds: 30 },
};
