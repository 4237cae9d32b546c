import { BaseSequencer, type TestSpecification } from "vitest/node";
import { PROJECTS } from "./projects.ts";

const position = ({ project }: TestSpecification) => Object.keys(PROJECTS).indexOf(project.name);

/** Sets `few` among `many` at equal distances, the first one in front. */
function spread<Item>(few: readonly Item[], many: readonly Item[]): Item[] {
  const distance = Math.ceil(many.length / Math.max(few.length, 1));
  const mixed = few.flatMap((item, index) => [item, ...many.slice(index * distance, (index + 1) * distance)]);
  return few.length === 0 ? [...many] : mixed;
}

/**
 * Files in the order of their projects, so that a worker goes on with the next file of the same one and keeps its modules;
 * within a project those that took longest first (those that are largest, on a machine that has not run them yet).
 * Browsers are set among the stacks: each keeps several cores busy by itself, and two at once wait for each other.
 */
export class ByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const of = (name: string) => sorted.filter(({ project }) => project.name === name);
    const rest = sorted.filter(({ project }) => project.name !== "browser" && project.name !== "e2e");
    return [
      ...spread(of("browser"), of("e2e")),
      ...rest.toSorted((one, other) => position(one) - position(other)),
    ];
  }
}
