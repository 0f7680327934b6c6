/** `npm run lint:comments`: how many findings each room has; with a folder as its argument, each finding in there. */
import { commentRoomOf, lintAllComments } from './lintAllComments.ts';
import { sourceFiles } from './sourceFiles.ts';

const findings = lintAllComments(await sourceFiles(/\.([cm]?[jt]sx?|sql)$/));
const wanted = process.argv[2];
if (wanted !== undefined) {
  for (const { file, line, rule, message } of findings) {
    if (file.startsWith(wanted)) console.log(`${file}:${line} [${rule}] ${message}`);
  }
} else {
  const counts = new Map<string, number>();
  for (const { file } of findings)
    counts.set(commentRoomOf(file), (counts.get(commentRoomOf(file)) ?? 0) + 1);
  for (const [room, count] of [...counts].sort(([a], [b]) => a.localeCompare(b))) {
    console.log(`${String(count).padStart(5)}  ${room}`);
  }
  console.log(`${String(findings.length).padStart(5)}  in all`);
}
