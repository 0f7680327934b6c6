import {
  type CommandName,
  defaultOf,
  OPTIONS,
  type Option,
  type OptionName,
  variableOf,
} from '../../../server/src/config/options.ts';

/** The table of options in docs/run-a-server.md. */
export function optionTable(): string {
  const rows = Object.entries<Option>(OPTIONS).map(([name, option]) => {
    const flag = option.value ? `--${name} ${option.value}` : `--${name}`;
    const cells = [
      `\`${flag}\``,
      `\`${variableOf(name as OptionName)}\``,
      option.commands.join(', '),
      option.help,
      defaultText(name as OptionName, option),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| flag | variable | commands | meaning | default |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function defaultText(name: OptionName, { commands, otherwise }: Option): string {
  const texts = commands.map((command: CommandName) => defaultOf(name, command));
  const [first] = texts;
  if (first === undefined) return otherwise ?? '';
  if (texts.every((text) => text === first)) return `\`${first}\``;
  return commands.map((command, i) => `\`${texts[i]}\` (${command})`).join(', ');
}
