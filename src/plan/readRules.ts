import {
  PLAN_CABLE_SIZES,
  PLAN_RULES,
  PLAN_SPLITTER_LOSS_DB,
  PLAN_WAYS,
  type PlanAreaRules,
  type PlanRuleName,
  type PlanRuleRange,
  type PolesToLeaveOut,
} from '../contract/planArea.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { numberFormat } from '../locales/intl.ts';
import { parseNumber } from '../parts/parseNumber.ts';
import { type RuleField, unitOf } from './ruleGroups.ts';

/** The rules as the user has written them; those that are left out are untouched. */
export type RuleTexts = Readonly<Partial<Record<RuleField, string>>>;

/** They say what is wrong with rules, by their names. */
export type RuleProblems = Partial<Record<RuleField, string>>;

export interface ReadRules {
  /** Only those that differ from the defaults. */
  rules: PlanAreaRules;
  problems: RuleProblems;
}

const LARGEST_CABLE = 6_912;
const MOST_SIZES = 50;

export const isNumberRule = (name: string): name is PlanRuleName => Object.hasOwn(PLAN_RULES, name);

/** Returns a rule as long as the user has not changed it, as text in the user's language. */
export function usualText(name: RuleField, language: string, texts: RuleTexts = {}): string {
  if (name === 'ways') return 'any';
  if (name === 'crossStreets') return 'true';
  if (name === 'leaveOutPoles') return '';
  if (name === 'cableSizes')
    return PLAN_CABLE_SIZES.map((size) => numberFormat(language).format(size)).join(' ');
  const usual = name === 'splitterLossDb' ? lossFor(texts, language) : PLAN_RULES[name].default;
  return usual === undefined ? '' : numberFormat(language).format(usual);
}

function lossFor({ splitterPorts }: RuleTexts, language: string): number | undefined {
  if (splitterPorts === undefined) return PLAN_RULES.splitterLossDb.default;
  return PLAN_SPLITTER_LOSS_DB[parseNumber(splitterPorts, language, true) ?? 0];
}

/** '60 m' */
export function withUnit(name: PlanRuleName, value: number, language: string): string {
  const unit = unitOf(name);
  return `${numberFormat(language).format(value)}${unit && `\u00a0${unit}`}`;
}

/** Reads what the user has written, and says what cannot be kept. */
export function readRules(texts: RuleTexts, { language, msg }: Translator): ReadRules {
  const problems: RuleProblems = {};
  const rules: PlanAreaRules = {};
  const values = new Map<PlanRuleName, number>();
  for (const name of Object.keys(PLAN_RULES).filter(isNumberRule)) {
    const range: PlanRuleRange = PLAN_RULES[name];
    const text = texts[name];
    if (text === undefined) {
      if (name !== 'splitterLossDb') values.set(name, range.default);
      continue;
    }
    const value = parseNumber(text, language, range.isWhole);
    if (value === undefined || value < range.least || value > range.most) {
      problems[name] = msg(range.isWhole ? 'rule_out_of_whole' : 'rule_out_of_range', {
        least: withUnit(name, range.least, language),
        most: withUnit(name, range.most, language),
      });
      continue;
    }
    values.set(name, value);
    if (value !== range.default || name === 'splitterLossDb') rules[name] = value;
  }
  readOthers(texts, language, rules, () => {
    problems.cableSizes = msg('rule_sizes_wrong', { most: LARGEST_CABLE });
  });
  const leftOut = leftOutOf(texts.leaveOutPoles ?? '');
  if (leftOut) rules.leaveOutPoles = leftOut;
  else if (texts.leaveOutPoles?.trim()) problems.leaveOutPoles = msg('rule_leave_out_wrong');
  contradictions(values, texts, { language, msg }, problems);
  return { rules, problems };
}

function readOthers(texts: RuleTexts, language: string, rules: PlanAreaRules, sizesWrong: () => void): void {
  const ways = PLAN_WAYS.find((way) => way === texts.ways);
  if (ways && ways !== 'any') rules.ways = ways;
  if (texts.crossStreets === 'false') rules.crossStreets = false;
  if (texts.cableSizes === undefined) return;
  // Commas stand between sizes, and in none of them: the largest is a number of four digits.
  const words = texts.cableSizes.split(/[\s,;\u060c\u3001]+/).filter(Boolean);
  const sizes = words.map((word) => parseNumber(word, language, true));
  const good = sizes.filter((size) => size !== undefined && size >= 1 && size <= LARGEST_CABLE);
  if (
    good.length === 0 ||
    good.length !== words.length ||
    good.length > MOST_SIZES ||
    new Set(good).size !== good.length
  ) {
    sizesWrong();
    return;
  }
  const read = good.flatMap((size) => size ?? []);
  if (read.join() !== PLAN_CABLE_SIZES.join()) rules.cableSizes = read;
}

/** 'kind = post, lamp' */
function leftOutOf(text: string): PolesToLeaveOut | undefined {
  const [property = '', ...others] = text.split(/[=:\uff1d\uff1a]/);
  const values = others
    .join('=')
    .split(/[,;\u060c\u3001]/)
    .map((value) => value.trim())
    .filter(Boolean);
  return property.trim() !== '' && values.length > 0 ? { property: property.trim(), values } : undefined;
}

function contradictions(
  values: ReadonlyMap<PlanRuleName, number>,
  texts: RuleTexts,
  { language, msg }: Pick<Translator, 'language' | 'msg'>,
  problems: RuleProblems,
): void {
  const [ports, spare] = [values.get('splitterPorts'), values.get('sparePortsPercent')];
  if (ports !== undefined && spare !== undefined && Math.floor(ports * (1 - spare / 100) + 1e-9) < 1)
    problems.sparePortsPercent ??= msg('rule_no_port');
  const loss =
    values.get('splitterLossDb') ??
    (texts.splitterLossDb === undefined ? PLAN_SPLITTER_LOSS_DB[ports ?? 0] : undefined);
  if (loss === undefined) {
    if (ports !== undefined) problems.splitterLossDb ??= msg('rule_no_loss');
    return;
  }
  const [limit, margin] = [values.get('lossLimitDb'), values.get('lossMarginDb')];
  if (limit === undefined || margin === undefined || limit - margin > loss) return;
  const number = (value: number) => numberFormat(language).format(value);
  problems.lossLimitDb ??= msg('rule_no_budget', {
    loss: number(loss),
    limit: number(limit),
    margin: number(margin),
  });
}
