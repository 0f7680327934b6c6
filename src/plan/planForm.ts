import type { BoundingBox, Position } from '../contract/index.ts';
import type { PlanAreaParams } from '../contract/planArea.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { crosses, shapeOf } from './drawnArea.ts';
import { readPrices } from './readPrices.ts';
import { type RuleProblems, type RuleTexts, readRules } from './readRules.ts';

/** Everything that the user has entered, as it was entered. */
export interface PlanForm {
  area: 'design' | 'drawn' | 'view' | 'all';
  /** A closed ring. */
  drawn?: readonly Position[] | undefined;
  feed: 'auto' | 'map' | 'pole';
  /** The place that was picked on the map. */
  picked?: Position | undefined;
  /** The pole that was last selected on the map. */
  pole?: { title: string; at: Position } | undefined;
  rules: RuleTexts;
  pricesText: string;
  /** The name of the file that the prices are from; undefined where they were written or pasted. */
  pricesFile?: string | undefined;
  currency: string;
}

export const EMPTY_FORM: PlanForm = { area: 'design', feed: 'auto', rules: {}, pricesText: '', currency: '' };

export interface ReadForm {
  /** Undefined: the task cannot start yet. */
  params: PlanAreaParams | undefined;
  /** They say what is wrong and what is missing, in the order of the form. */
  reasons: string[];
  ruleProblems: RuleProblems;
  priceProblems: string[];
  priceCount: number;
  priceNote: string | undefined;
  /** The currency that the price list names. */
  listCurrency: string | undefined;
}

const LONGEST_CURRENCY = 20;

/** Reads the form. `view`: what the map shows. */
export function readForm(
  form: PlanForm,
  design: string | undefined,
  view: BoundingBox | undefined,
  translator: Translator,
): ReadForm {
  const { msg } = translator;
  const reasons: string[] = [];
  if (design === undefined) reasons.push(msg('plan_no_design'));
  const area = areaOf(form, view);
  if (area === undefined) reasons.push(msg('area_missing'));
  else if (form.area === 'drawn' && crosses(form.drawn ?? [])) reasons.push(msg('area_crosses'));
  const feed = feedOf(form);
  if (form.feed !== 'auto' && !feed) reasons.push(msg(form.feed === 'map' ? 'feed_missing' : 'feed_no_pole'));
  const { rules, problems: ruleProblems } = readRules(form.rules, translator);
  if (Object.keys(ruleProblems).length > 0) reasons.push(msg('rules_wrong'));
  const list = readPrices(form.pricesText, translator);
  const { prices, problems: priceProblems } = list;
  if (priceProblems.length > 0) reasons.push(msg('prices_wrong'));
  const currency = (form.currency.trim() || (list.currency ?? '')).slice(0, LONGEST_CURRENCY);
  const params: PlanAreaParams | undefined =
    design === undefined || area === undefined || reasons.length > 0
      ? undefined
      : {
          design,
          ...(area !== 'design' && { area }),
          ...(feed && { feed }),
          ...(Object.keys(rules).length > 0 && { rules }),
          ...(prices.length > 0 && { prices }),
          ...(prices.length > 0 && currency !== '' && { currency }),
        };
  return {
    params,
    reasons,
    ruleProblems,
    priceProblems,
    priceCount: prices.length,
    priceNote: list.note,
    listCurrency: list.currency,
  };
}

function areaOf({ area, drawn }: PlanForm, view: BoundingBox | undefined): PlanAreaParams['area'] {
  if (area === 'design' || area === 'all') return area;
  if (area === 'drawn') return drawn && shapeOf(drawn);
  if (!view) return undefined;
  const [west, south, east, north] = view;
  const far = east < west ? east + 360 : east;
  return shapeOf([
    [west, south],
    [far, south],
    [far, north],
    [west, north],
    [west, south],
  ]);
}

/** The place of the feed; undefined where the plan chooses it, or where there is none yet. */
export function feedOf({ feed, picked, pole }: PlanForm): Position | undefined {
  if (feed === 'auto') return undefined;
  return feed === 'map' ? picked : pole?.at;
}
