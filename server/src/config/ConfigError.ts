/** What an operator got wrong: told in words, without a stack. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}
