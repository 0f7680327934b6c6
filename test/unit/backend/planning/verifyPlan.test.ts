import { beforeAll, expect, it } from 'vitest';
import type { Plan } from '../../../../backend/planning/Plan.ts';
import { planArea } from '../../../../backend/planning/planArea.ts';
import { townInput } from '../../../support/planning/townInput.ts';
import { verifyPlan } from '../../../support/planning/verify/verifyPlan.ts';

const town = townInput({ seed: 3, addresses: 150 });
let plan: Plan;
beforeAll(async () => {
  plan = await planArea(town);
});

it('finds nothing in a good plan', () => {
  expect(verifyPlan(town, plan).problems).toEqual([]);
});

// Each breaks one thing, so that the verifier is known to see it.
const BREAKS: Record<string, [(plan: Plan) => void, RegExp]> = {
  'an address that is left out': [({ served }) => served.pop(), /is missing in the plan/],
  'an address that is unserved in reach': [
    ({ served, unserved }) => {
      const address = served.pop()?.address ?? '';
      unserved.push({ address, reason: 'out-of-reach', metres: 70 });
    },
    /is unserved \(out-of-reach\) and/,
  ],
  'a port that is used twice': [
    ({ served: [first, second] }) => {
      if (first && second)
        Object.assign(second, { splitter: first.splitter, splitterPort: first.splitterPort });
    },
    /is used twice/,
  ],
  'a fibre that is used twice': [
    ({ served }) => {
      const [first, second] = served.filter(({ way }) => way.length > 0);
      if (first && second) second.way = first.way;
    },
    /cable \d+ fibre \d+ is used twice/,
  ],
  'a cable that is too small': [
    ({ cables }) => {
      const cable = cables.find(({ size }) => size > 12);
      if (cable) cable.size = 12;
    },
    /it needs/,
  ],
  'a splice that is missing': [({ splices }) => splices.pop(), /does not go from/],
  'a route that nothing leads to': [({ routes }) => routes.splice(2, 1), /to which no earlier route leads/],
  'a route over a yard': [
    ({ routes }) => {
      const [route] = routes;
      if (route) Object.assign(route, { kind: 'span', street: undefined });
    },
    /is no span/,
  ],
  'a node beside the street': [
    ({ nodes }) => {
      const at = nodes.findIndex(({ pole }, i) => i > 0 && pole === undefined);
      const [x = 0, y = 0] = nodes[at]?.position ?? [];
      nodes[at] = { position: [x + 1e-5, y + 1e-5] };
    },
    /is no piece of|is on no street/,
  ],
  'a bill that is short': [({ bill }) => bill.pop(), /the bill has/],
  'a loss that is wrong': [
    ({ served: [first] }) => {
      if (first?.lossDb) first.lossDb -= 0.1;
    },
    /its loss is/,
  ],
  'a detour': [({ rules }) => Object.assign(rules, { detour: 0.9 }), /the shortest/],
};

it.each(Object.entries(BREAKS))('finds %s', (_, [spoil, problem]) => {
  const spoilt = structuredClone(plan);
  spoil(spoilt);
  expect(verifyPlan(town, spoilt).problems.join('\n')).toMatch(problem);
});
