import { vi } from 'vitest';
import { runCommand } from '../../../server/src/cli/runCommand.ts';

/** Runs a command and resolves with its exit code and all that it printed. */
export async function runPrinting(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const take = (line: unknown) => {
    lines.push(String(line));
  };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(take),
    vi.spyOn(console, 'error').mockImplementation(take),
  ];
  try {
    return { code: await runCommand(args, env), text: lines.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
