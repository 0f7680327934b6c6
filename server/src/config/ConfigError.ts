/** A mistake in an operator's options. The command prints its message without a stack. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}
