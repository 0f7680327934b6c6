import type { ParameterProblem } from '../../../src/contract/index.ts';
import type { PlanAreaRules } from '../../../src/contract/planArea.ts';
import { TaskRefusal } from '../../common/TaskRefusal.ts';
import { completeRules, type PlanRules, RULE_PARAMS } from '../../planning/rules.ts';

type Given = { [Name in keyof PlanAreaRules]?: PlanAreaRules[Name] | undefined };

/** The rules of the params, in the planner's names and units. */
export function rulesOf(given: Given): Partial<PlanRules> {
  const { ways, crossStreets, cableSizes } = given;
  const rules: Partial<PlanRules> = {
    ...(ways !== undefined && { ways }),
    ...(crossStreets !== undefined && { crossStreets }),
    ...(cableSizes !== undefined && { cableSizes }),
  };
  for (const [rule, [param, units]] of Object.entries(RULE_PARAMS)) {
    const value = given[param];
    if (value !== undefined) Object.assign(rules, { [rule]: value / units });
  }
  return rules;
}

/** Says what in the rules contradicts, or is missing beside them. Each rule that is given is in its range. */
export function ruleProblems(given: Given): ParameterProblem[] {
  try {
    completeRules(rulesOf(given));
    return [];
  } catch (thrown) {
    if (!(thrown instanceof TaskRefusal)) throw thrown;
    return thrown.error.parameters ?? [];
  }
}
