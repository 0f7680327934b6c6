import { runCommand } from './runCommand.ts';

/** The process ends here: something that a command forgot to close must not keep an operator waiting. */
const FORGOTTEN_MS = 5_000;

const code = await runCommand(process.argv.slice(2), process.env);
process.exitCode = code;
setTimeout(() => process.exit(code), FORGOTTEN_MS).unref();
