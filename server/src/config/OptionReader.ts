import { parseArgs } from 'node:util';
import type * as z from 'zod';
import { redactText } from '../common/redact.ts';
import { ConfigError } from './ConfigError.ts';
import { nearest } from './nearest.ts';
import {
  type CommandName,
  defaultOf,
  OPTIONS,
  type Option,
  type OptionName,
  optionsOf,
  variableOf,
} from './options.ts';

interface Given {
  /** The name by which the operator finds it: '--port' or 'LRT_PORT'. */
  source: string;
  texts: string[];
}

/**
 * Reads the options of a command from its flags and, without a flag, from the environment. An empty variable counts
 * as absent.
 */
export class OptionReader {
  readonly #command: CommandName;
  readonly #given = new Map<OptionName, Given>();

  /** Throws a ConfigError for a flag that the command does not have, that is there twice, or that lacks its value. */
  constructor(command: CommandName, args: readonly string[], env: NodeJS.ProcessEnv) {
    this.#command = command;
    for (const [name, option] of optionsOf(command)) {
      const variable = variableOf(name);
      const text = env[variable]?.trim();
      if (text) this.#given.set(name, { source: variable, texts: option.repeatable ? list(text) : [text] });
    }
    for (const [name, given] of readFlags(command, args)) this.#given.set(name, given);
  }

  /** The flag or variable that gave the option: '--port', 'LRT_PORT'; undefined: none did. */
  source(name: OptionName): string | undefined {
    return this.#given.get(name)?.source;
  }

  switch(name: OptionName): boolean {
    const given = this.#given.get(name);
    if (!given) return false;
    const [text = ''] = given.texts;
    if (/^(true|1|yes|on)$/i.test(text)) return true;
    if (/^(false|0|no|off)$/i.test(text)) return false;
    throw wrong(given.source, 'true or false', text);
  }

  /** The option's value. Undefined when nobody gave one and it has no default. */
  optional<T>(name: OptionName, schema: z.ZodType<T, unknown>): T | undefined {
    const given = this.#given.get(name);
    const text = given?.texts[0] ?? defaultOf(name, this.#command);
    return text === undefined ? undefined : parse(given?.source ?? `--${name}`, text, schema);
  }

  /** The value of an option that has a default. */
  value<T>(name: OptionName, schema: z.ZodType<T, unknown>): T {
    const value = this.optional(name, schema);
    if (value === undefined) throw new TypeError(`option "${name}" has no default`);
    return value;
  }

  /** The values of an option that is repeatable, or that takes several separated by commas. */
  list<T>(name: OptionName, schema: z.ZodType<T, unknown>): T[] {
    const given = this.#given.get(name);
    if (!given) return [];
    return given.texts.flatMap(list).map((text) => parse(given.source, text, schema));
  }

  /** Refuses those of the options that were given. The reason follows "is" or "are" in the message. */
  refuse(names: readonly OptionName[], reason: string): void {
    for (const name of names) {
      const source = this.source(name);
      if (source) throw new ConfigError(`${source} is ${reason}`);
    }
  }
}

/** '--redis (LRT_REDIS_URL)' */
export function naming(name: OptionName): string {
  return `--${name} (${variableOf(name)})`;
}

function readFlags(command: CommandName, args: readonly string[]): Map<OptionName, Given> {
  const known = new Map<string, [OptionName, Option]>(optionsOf(command).map((entry) => [entry[0], entry]));
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      [...known].map(([name, [, { value }]]) => [name, { type: value ? 'string' : 'boolean' }] as const),
    ),
  });
  const flags = new Map<OptionName, Given>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      throw new ConfigError(`${command} takes options only, and was also given "${token.value}"`);
    }
    const [name, option] = known.get(token.name) ?? unknownFlag(command, token.rawName, [...known.keys()]);
    const source = `--${name}`;
    if (option.value && (token.value === undefined || (!token.inlineValue && token.value.startsWith('--')))) {
      throw new ConfigError(`${source} needs a value: ${source} ${option.value} (${option.help})`);
    }
    if (!option.value && token.value !== undefined) {
      throw new ConfigError(`${source} takes no value, and was given "${token.value}"`);
    }
    const earlier = flags.get(name);
    if (earlier && !option.repeatable) throw new ConfigError(`${source} is given twice; give it once`);
    flags.set(name, { source, texts: [...(earlier?.texts ?? []), token.value ?? 'true'] });
  }
  return flags;
}

function unknownFlag(command: CommandName, flag: string, known: string[]): never {
  const name = flag.replace(/^-+/, '');
  const elsewhere = Object.entries<Option>(OPTIONS).find(([other]) => other === name);
  if (elsewhere) {
    const [, { commands }] = elsewhere;
    throw new ConfigError(`${command} has no option ${flag}; it belongs to ${commands.join(', ')}`);
  }
  const near = nearest(name, known);
  const hint = near ? `did you mean --${near}?` : `"lrt-server ${command} --help" lists all`;
  throw new ConfigError(`${command} has no option ${flag}; ${hint}`);
}

function parse<T>(source: string, text: string, schema: z.ZodType<T, unknown>): T {
  const result = schema.safeParse(text);
  if (result.success) return result.data;
  throw wrong(source, result.error.issues[0]?.message ?? 'something else', text);
}

function wrong(source: string, expected: string, text: string): ConfigError {
  // A mistyped URL may have a password before its "@" too.
  const shown = redactText(text.replace(/^.*@/s, '***@'));
  return new ConfigError(
    `${source} must be ${expected}, not "${shown.length > 200 ? `${shown.slice(0, 200)}...` : shown}"`,
  );
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
