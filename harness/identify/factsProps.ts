import type { FeatureText } from '../../src/host/index.ts';
import type { HarnessMsg } from '../messages/messages.ts';

/** All pieces of the panel need these. */
export interface FactsProps {
  words: FeatureText;
  msg: HarnessMsg;
  /** Selects the record that a link names. */
  onFollow(urn: string): void;
}

/** Returns what a record is called: its name, or what it is with its number. */
export function nameOf({ name, urn }: { name?: string; urn: string }, words: FeatureText): string {
  return name ?? words.urn(urn) ?? urn;
}
