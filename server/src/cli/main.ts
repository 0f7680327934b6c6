import { runCommand } from './runCommand.ts';

/** What is still open after a command has ended was forgotten; it must not keep an operator waiting. */
const FORGOTTEN_MS = 5_000;

const code = await runCommand(process.argv.slice(2), process.env);
process.exitCode = code;
setTimeout(() => process.exit(code), FORGOTTEN_MS).unref();
