import { readFile, writeFile } from 'node:fs/promises';
import { blueprintOfGraph, graphOfBlueprint } from 'lrt-plugin/mocks';
import { inspection } from './workflow.ts';

const OWN_TASKS = ['find_poles', 'check_poles', 'report'];

/** Writes the workflow as a blueprint, and reads the same workflow from it. */
export async function writeAndRead(path: string) {
  await writeFile(path, JSON.stringify(blueprintOfGraph(inspection(1)), null, 2));
  const blueprint: unknown = JSON.parse(await readFile(path, 'utf8'));
  return graphOfBlueprint(blueprint, (name) => OWN_TASKS.includes(name));
}
