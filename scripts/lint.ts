/** `npm run lint`, beside Biome: the import rules and the circles of files. */
import { checkImports, findCircles, readImports } from './importRules.ts';
import { ROOMS } from './rooms.ts';
import { sourceFiles } from './sourceFiles.ts';

const imports = readImports(await sourceFiles());
const problems = [
  ...checkImports(imports, ROOMS).map(({ file, line, message }) => `${file}:${line} ${message}`),
  ...findCircles(imports).map((circle) => `circle of imports: ${circle.join(' -> ')}`),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(`\n${problems.length} problem(s). The rooms and their arrows are in scripts/rooms.ts.`);
  process.exitCode = 1;
}
