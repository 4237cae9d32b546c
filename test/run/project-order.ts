import { BaseSequencer, type TestSpecification } from "vitest/node";
import { PROJECTS } from "./projects.ts";

const position = ({ project }: TestSpecification) => Object.keys(PROJECTS).indexOf(project.name);

/**
 * Files in the order of their projects, so that a worker goes on with the next file of the same one and keeps its modules;
 * within a project those that took longest first (those that are largest, on a machine that has not run them yet).
 */
export class ByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => position(one) - position(other));
  }
}
