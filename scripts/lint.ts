/** `npm run lint`, beside Biome: the import rules, the circles of files, and plain English in comments. */
import { checkImports, findCircles, readImports } from './importRules.ts';
import { lintAllComments } from './lintAllComments.ts';
import { ROOMS } from './rooms.ts';
import { sourceFiles } from './sourceFiles.ts';

const imports = readImports(await sourceFiles());
const findings = lintAllComments(await sourceFiles(/\.([cm]?[jt]sx?|sql)$/));
const problems = [
  ...checkImports(imports, ROOMS).map(({ file, line, message }) => `${file}:${line} ${message}`),
  ...findings.map(({ file, line, message }) => `${file}:${line} ${message}`),
  ...findCircles(imports).map((circle) => `circle of imports: ${circle.join(' -> ')}`),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(
    `\n${problems.length} problem(s). The rooms and their arrows are in scripts/rooms.ts, the rules for comments in scripts/commentLint.ts.`,
  );
  process.exitCode = 1;
}
