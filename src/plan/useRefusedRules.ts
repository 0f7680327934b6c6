import { useRef } from 'react';
import { type Failure, toTaskError } from '../client/taskStore.ts';
import type { RuleProblems, RuleTexts } from './readRules.ts';
import { RULE_GROUPS } from './ruleGroups.ts';

const PREFIX = 'rules.';

/** Returns what the server has refused of the rules, in its own words, as long as the user has not changed them since. */
export function useRefusedRules(refusal: Failure | undefined, texts: RuleTexts): RuleProblems {
  const seen = useRef<{ refusal: Failure | undefined; texts: RuleTexts }>({ refusal: undefined, texts });
  if (seen.current.refusal !== refusal) seen.current = { refusal, texts };
  const problems: RuleProblems = {};
  if (!refusal) return problems;
  const messages = new Map(
    (toTaskError(refusal).parameters ?? []).map(({ parameter, message }) => [parameter, message]),
  );
  for (const name of RULE_GROUPS.flatMap(({ first, more }) => [...first, ...more])) {
    const message = messages.get(PREFIX + name) ?? messages.get(name);
    if (message !== undefined && seen.current.texts[name] === texts[name]) problems[name] = message;
  }
  return problems;
}
