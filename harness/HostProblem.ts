import type { HarnessPack } from './messages/pack.ts';

/** Why something could not be shown: a message of the harness and what it names. */
export class HostProblem extends Error {
  readonly key: keyof HarnessPack;
  readonly values: Record<string, string>;

  constructor(key: keyof HarnessPack, values: Record<string, string>) {
    super(`${key}: ${Object.values(values).join(', ')}`);
    this.name = 'HostProblem';
    this.key = key;
    this.values = values;
  }
}
