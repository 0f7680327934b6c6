import type { ParameterProblem } from '../../../src/contract/index.ts';
import type { PlanAreaRules } from '../../../src/contract/planArea.ts';
import { TaskRefusal } from '../../common/TaskRefusal.ts';
import { completeRules, type PlanRules } from '../../planning/rules.ts';

/** The planner's rule of a param, and by how much the param is larger. */
const RULES: {
  [Name in Exclude<keyof PlanAreaRules, 'ways' | 'crossStreets' | 'cableSizes'>]-?: [keyof PlanRules, number];
} = {
  longestDropMetres: ['longestDrop', 1],
  longestSpanMetres: ['longestSpan', 1],
  longestLateralMetres: ['longestLateral', 1],
  corridorMetres: ['corridor', 1],
  splitterPorts: ['splitterPorts', 1],
  sparePortsPercent: ['sparePorts', 100],
  splitterLossDb: ['splitterLoss', 1],
  terminalPorts: ['terminalPorts', 1],
  spareFibresPercent: ['spareFibres', 100],
  routeSlackPercent: ['routeSlack', 100],
  closureSlackMetres: ['closureSlack', 1],
  dropSlackMetres: ['dropSlack', 1],
  longestDetour: ['detour', 1],
  lossLimitDb: ['lossLimit', 1],
  lossMarginDb: ['lossMargin', 1],
  newTerminalMetres: ['terminalMetres', 1],
};
const PARAM_OF = new Map<string, string>(Object.entries(RULES).map(([param, [rule]]) => [rule, param]));

type Given = { [Name in keyof PlanAreaRules]?: PlanAreaRules[Name] | undefined };

/** The rules of the params, in the planner's names and units. */
export function rulesOf(given: Given): Partial<PlanRules> {
  const { ways, crossStreets, cableSizes } = given;
  const rules: Partial<PlanRules> = {
    ...(ways !== undefined && { ways }),
    ...(crossStreets !== undefined && { crossStreets }),
    ...(cableSizes !== undefined && { cableSizes }),
  };
  for (const [param, [rule, factor]] of Object.entries(RULES)) {
    const value: unknown = Reflect.get(given, param);
    if (typeof value === 'number') Object.assign(rules, { [rule]: value / factor });
  }
  return rules;
}

/** Names what in the rules contradicts, by the names of the params. */
export function ruleProblems(given: Given): ParameterProblem[] {
  try {
    completeRules(rulesOf(given));
    return [];
  } catch (thrown) {
    if (!(thrown instanceof TaskRefusal)) throw thrown;
    return (thrown.error.parameters ?? []).map((problem) => ({
      ...problem,
      parameter: PARAM_OF.get(problem.parameter) ?? problem.parameter,
    }));
  }
}
