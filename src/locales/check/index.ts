export { type CheckReport, checkFiles } from './checkFiles.ts';
export { type CheckOptions, checkPacks, type PackProblem } from './checkPacks.ts';
