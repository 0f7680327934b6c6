import { spawn } from 'node:child_process';

/** Runs a command to its end. @returns what it printed. @throws with all that it printed where it fails. */
export function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // Not our own NODE_ENV: builds are those of a user's shell, not of a test.
    const { NODE_ENV: _, ...env } = process.env;
    const child = spawn(command, args, { cwd, env, shell: process.platform === 'win32' });
    let printed = '';
    child.stdout.on('data', (part) => {
      printed += part;
    });
    child.stderr.on('data', (part) => {
      printed += part;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${printed}`));
    });
  });
}
