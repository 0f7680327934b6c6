import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { planAreaParams } from '../../../backend/definitions/planArea/planAreaParams.ts';
import { MemoryStore } from '../../../backend/network/MemoryStore.ts';
import { generateTown } from '../../../mocks/town/generateTown.ts';
import { PLAN_RULES } from '../../../src/contract/planArea.ts';
import { readPriceList } from '../../../src/contract/priceList.ts';
import { runPlan } from '../../support/tasks/runPlan.ts';

const page = readFileSync('docs/plan-an-area.md', 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);
const [request = '', jsonList = ''] = blocks('json');
const [csvList = ''] = blocks('csv');
const [command = ''] = blocks('sh');

it('the request plans the area of a design that has its name, and prices what its list names', async () => {
  const { name, params } = JSON.parse(request);
  expect(name).toBe('plan_area_task');
  const { designPoles: _, ...town } = generateTown({ addresses: 60, centre: [-71.1097, 42.3736] });
  const designs = town.designs.slice(0, 1).map((design) => ({ ...design, name: 'North' }));
  const store = new MemoryStore({ town: { ...town, designs } });
  const { result } = await runPlan(store, planAreaParams.parse({ ...params, area: 'all' }));
  expect(result).toMatchObject({ design: 'design/North', served: 60, bill: { currency: 'EUR' } });
  expect(result.bill.lines).toContainEqual(expect.objectContaining({ item: 'splice', price: 12.5 }));
  expect(result.bill.missing).toContain('drop-cable');
});

it('the table of rules has every number with its default', () => {
  const usual = new Map<string, number>();
  for (const [, names = '', values = ''] of page.matchAll(/^\| (`\w+`(?:, `\w+`)*) \| ([\d., ]+) \|/gm)) {
    const list = [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    for (const [i, value] of values.split(', ').entries()) usual.set(list[i] ?? '', Number(value));
  }
  for (const [name, rule] of Object.entries(PLAN_RULES))
    if (name !== 'spareFibresPercent') expect([name, usual.get(name)]).toEqual([name, rule.default]);
  expect(page).toContain(
    `\`cableSizes\`, \`spareFibresPercent\` | 12 to 288, ${PLAN_RULES.spareFibresPercent.default} |`,
  );
  const [leftOut = ''] = /\{ "property".*?\}/.exec(page) ?? [];
  const rules = { leaveOutPoles: JSON.parse(leftOut) };
  expect(planAreaParams.parse({ design: 'design/North', rules }).rules).toEqual(rules);
});

it('the price lists are read as they stand, and the command sends the first of them', () => {
  expect(readPriceList(csvList)).toEqual({
    currency: 'EUR',
    prices: [
      { item: 'cable-12', price: 0.85 },
      { item: 'drop-cable', price: 0.42 },
      { item: 'splitter-32', price: 61.5 },
    ],
    problems: [],
    unknown: [],
  });
  expect(readPriceList(jsonList)).toMatchObject({ currency: 'EUR', problems: [], unknown: [] });
  expect(readPriceList(jsonList).prices).toHaveLength(2);

  // A filter of jq is JSON but for the quotes around its keys, and the variable.
  const [, filter = ''] = /'(\{[\s\S]*?\})' \|/.exec(command) ?? [];
  const body = filter.replace(/(\w+):/g, '"$1":').replace('$text', JSON.stringify(csvList));
  const { name, params } = JSON.parse(body);
  expect(name).toBe('plan_area_task');
  expect(planAreaParams.parse(params).priceList).toEqual({ name: 'prices.csv', text: csvList });
});
