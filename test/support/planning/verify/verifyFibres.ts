import type { ExistingWay, Fibre, Plan } from '../../../../backend/planning/Plan.ts';
import type { PlanInput } from '../../../../backend/planning/PlanInput.ts';

type Say = (problem: string) => void;

/** The loss of a splitter that is there already, by its ports. */
const LOSSES = new Map([
  [32, 17.5],
  [64, 21.5],
]);

/** Follows each fibre to the feed, counts the fibres of each route again, and adds the bill up anew. */
export function verifyFibres(
  input: PlanInput,
  plan: Plan,
  say: Say,
  shortestTo: (node: number) => number,
): void {
  const { routes, splitters, terminals, rules, served } = plan;
  const routeTo = new Map(routes.map((route, i) => [route.to, { ...route, i }]));
  const taken = new Set<string>();
  const splices = new Map<string, number>();
  for (const { node, from, to } of plan.splices) splices.set(`${text(from)} ${text(to)}`, node);
  const isUsed = new Set<string>();

  /** Follows fibres from a node, and returns the last node and the way in metres. */
  const follow = (what: string, start: number, way: readonly Fibre[], end: number): number => {
    let at = start;
    let metres = 0;
    for (const [i, fibre] of way.entries()) {
      const cable = plan.cables[fibre.cable];
      if (taken.has(text(fibre))) say(`${what}: ${text(fibre)} is used twice`);
      taken.add(text(fibre));
      if (!cable || fibre.fibre < 1 || fibre.fibre > cable.size || fibre.fibre > cable.used) {
        say(`${what}: there is no ${text(fibre)}`);
        return metres;
      }
      const next = way[i + 1];
      const key = next ? `${text(fibre)} ${text(next)}` : '';
      const leave = next ? (splices.get(key) ?? -1) : end;
      if (next) isUsed.add(key);
      const [a, b] = [cable.nodes.indexOf(at), cable.nodes.indexOf(leave)];
      if (a < 0 || b < 0) say(`${what}: cable ${fibre.cable} does not go from ${at} to ${leave}`);
      for (const route of cable.routes.slice(Math.min(a, b), Math.max(a, b)))
        metres += routes[route]?.metres ?? Number.NaN;
      at = leave;
    }
    if (at !== end) say(`${what} ends at ${at}, not at ${end}`);
    return metres;
  };
  const pathUp = (node: number): number[] => {
    const path: number[] = [];
    for (let route = routeTo.get(node); route; route = routeTo.get(route.from)) path.push(route.i);
    return path;
  };
  const counted = { feeder: new Map<number, number>(), distribution: new Map<number, number>() };
  const count = (kind: 'feeder' | 'distribution', a: number, b: number) => {
    const [up, down] = [new Set(pathUp(a)), new Set(pathUp(b))];
    for (const route of [...up, ...down]) {
      if (up.has(route) && down.has(route)) continue;
      counted[kind].set(route, (counted[kind].get(route) ?? 0) + 1);
    }
  };

  const feed = plan.feed ?? -1;
  const feederMetres = splitters.map(({ node, way, existing, used, ports }, i) => {
    if (existing === undefined && used > Math.floor(ports * (1 - rules.sparePorts) + 1e-9))
      say(`splitter ${i} has ${used} of ${ports} in use`);
    if (used < 1) say(`splitter ${i} serves nobody`);
    if (node === undefined) return 0;
    count('feeder', feed, node);
    return follow(`the feeder of splitter ${i}`, feed, way, node);
  });
  const ports = new Set<string>();
  const lit = new Map<string, number>();
  for (const {
    address,
    terminal,
    terminalPort,
    splitter,
    splitterPort,
    way,
    wayMetres,
    lossDb,
    dropMetres,
    over,
  } of served) {
    const from = splitters[splitter];
    if (!from) {
      say(`${address} has no splitter`);
      continue;
    }
    const port = `splitter ${splitter} ${splitterPort}`;
    if (ports.has(port)) say(`${address}: ${port} is used twice`);
    ports.add(port);
    const given = input.splitters?.find(({ id }) => id === from.existing);
    const free = given?.freePorts;
    if (free ? !free.includes(splitterPort) : splitterPort < 1 || splitterPort > from.ports)
      say(`${address}: no port ${port}`);
    const line = over && lineOf(input, over, given?.id);
    if (over) {
      const own = `terminal ${over.terminal} ${over.port}`;
      if (!line || ports.has(own)) say(`${address}: no free way over ${own}`);
      ports.add(own);
      for (const cable of over.cables) lit.set(cable, (lit.get(cable) ?? 0) + 1);
    }
    if (terminal === null && wayMetres === null) continue;
    if (terminal === null && from.node === undefined) {
      const metres = (given?.wayMetres ?? Number.NaN) + (line?.metres ?? 0);
      if (!(Math.abs(metres - (wayMetres ?? 0)) <= 1e-6)) say(`${address}: its way is ${metres} m`);
      continue;
    }
    const end = terminal === null ? from.node : terminals[terminal]?.node;
    const own = `terminal ${terminal} ${terminalPort}`;
    if (terminal !== null) {
      if (
        ports.has(own) ||
        (terminalPort ?? 0) < 1 ||
        (terminalPort ?? 0) > (terminals[terminal]?.ports ?? 0)
      )
        say(`${address}: bad ${own}`);
      ports.add(own);
    }
    if (end === undefined || from.node === undefined || wayMetres === null) {
      say(`${address} is on no node`);
      continue;
    }
    count('distribution', from.node, end);
    const metres = (feederMetres[splitter] ?? 0) + follow(address, from.node, way, end);
    if (Math.abs(metres - wayMetres) > 1e-6) say(`${address}: its way is ${metres} m, not ${wayMetres}`);
    const shortest = shortestTo(end);
    if (!(metres <= shortest * rules.detour * (1 + 1e-6) + 0.1))
      say(`${address}: its way ${metres} m, the shortest ${shortest} m`);
    const km = (metres + dropMetres) / 1000;
    const ofSplitter = LOSSES.get(given?.ports ?? 0) ?? rules.splitterLoss;
    const loss = ofSplitter + 0.35 * km + 4 * 0.5 + (4 + km / 2) * 0.1;
    if (Math.abs(loss - (lossDb ?? 0)) > 1e-9) say(`${address}: its loss is ${loss}, not ${lossDb}`);
  }
  for (const [cable, fibres] of lit) {
    if (fibres > (input.freeFibres?.get(cable) ?? 0)) say(`${cable} has not ${fibres} free fibres`);
  }
  for (const key of splices.keys()) if (!isUsed.has(key)) say(`the splice ${key} joins nothing`);
  if (splices.size !== plan.splices.length) say('two splices join the same fibres');
  verifySizes(plan, counted, say);
  verifyBill(plan, say);
}

/** The line of the input that an address over a terminal which was there has taken. */
function lineOf({ terminals = [] }: PlanInput, over: ExistingWay, splitter: string | undefined) {
  const terminal = terminals.find(({ id }) => id === over.terminal);
  if (!terminal?.freePorts.includes(over.port)) return undefined;
  return terminal.lines.find(
    (line) => line.splitter === splitter && line.cables.join() === over.cables.join(),
  );
}

function verifySizes(
  plan: Plan,
  counted: Record<'feeder' | 'distribution', Map<number, number>>,
  say: Say,
): void {
  const { routes, cables, rules } = plan;
  const { cableSizes: sizes, spareFibres } = rules;
  const largest = Math.max(...sizes);
  const laid = { feeder: routes.map((): number[] => []), distribution: routes.map((): number[] => []) };
  for (const [i, { kind, size, nodes, routes: along }] of cables.entries()) {
    if (!sizes.includes(size)) say(`cable ${i} has ${size} fibres`);
    along.forEach((route, at) => {
      const { from, to } = routes[route] ?? {};
      const isThere = [from, to].includes(nodes[at]) && [from, to].includes(nodes[at + 1]);
      if (!isThere) say(`cable ${i} does not lie along route ${route}`);
      laid[kind][route]?.push(size);
    });
  }
  for (const route of routes.keys()) {
    if (laid.feeder[route]?.length === 0 && laid.distribution[route]?.length === 0)
      say(`route ${route} has no cable`);
    for (const kind of ['feeder', 'distribution'] as const) {
      const wanted: number[] = [];
      let left = Math.ceil((counted[kind].get(route) ?? 0) * (1 + spareFibres) - 1e-9);
      for (; left > largest; left -= largest) wanted.push(largest);
      if (left > 0) wanted.push(Math.min(...sizes.filter((size) => size >= left)));
      const there = laid[kind][route]?.sort((a, b) => b - a).join(' + ');
      if (there !== wanted.join(' + '))
        say(`route ${route}: ${kind} ${there}, and it needs ${wanted.join(' + ')}`);
    }
  }
}

function verifyBill(
  { bill, cables, served, rules, splitters, terminals, splices, routes }: Plan,
  say: Say,
): void {
  const quantity = (prefix: string) =>
    bill.filter(({ item }) => item.startsWith(prefix)).reduce((sum, line) => sum + line.quantity, 0);
  const expected: [string, number][] = [
    [
      'cable-',
      cables.reduce((sum, { metres }) => sum + metres * (1 + rules.routeSlack) + 2 * rules.closureSlack, 0),
    ],
    ['drop-cable', served.reduce((sum, { dropMetres }) => sum + dropMetres + rules.dropSlack, 0)],
    ['route-', routes.reduce((sum, { metres }) => sum + metres, 0)],
    ['splitter-', splitters.filter(({ existing }) => existing === undefined).length],
    ['terminal-', terminals.length],
    [
      'splice',
      splices.length + served.reduce((sum, { over }) => sum + Math.max(0, (over?.cables.length ?? 0) - 1), 0),
    ],
    ['wall-box', served.length],
  ];
  for (const [item, sum] of expected) {
    if (Math.abs(quantity(item) - sum) > 1e-6 * (1 + sum))
      say(`the bill has ${quantity(item)} of ${item}, not ${sum}`);
  }
}

function text({ cable, fibre }: Fibre): string {
  return `cable ${cable} fibre ${fibre}`;
}
