import type {
  Fibre,
  Plan,
  PlanCable,
  PlanRoute,
  PlanSplitter,
  ServedAddress,
} from '../../../../backend/planning/Plan.ts';
import type { PlanInput } from '../../../../backend/planning/PlanInput.ts';
import type { PlanRules } from '../../../../backend/planning/rules.ts';
import type { Position } from '../../../../src/contract/index.ts';
import type { PlanAreaResult } from '../../../../src/contract/planArea.ts';
import { OwnGround } from '../verify/OwnGround.ts';
import { geodesic } from '../verify/space.ts';
import type { Passage, Patchwork } from './Patchwork.ts';
import { lineOf, number, type PlanRecord, type PlanRecords, pointOf, text } from './PlanRecords.ts';
import { StreetFinder } from './StreetFinder.ts';

/** The parts of what a run said that no record has. */
export interface RunFacts {
  rules: PlanRules;
  result: PlanAreaResult;
  unserved: Plan['unserved'];
}

/** Makes a plan of the records that a run wrote, by following every fibre. What it cannot follow, it says. */
export function planOfRecords(
  input: PlanInput,
  records: PlanRecords,
  patchwork: Patchwork,
  isNew: (record: PlanRecord) => boolean,
  { rules, result, unserved }: RunFacts,
  say: (problem: string) => void,
): Plan {
  const nodes: Plan['nodes'] = [];
  const numberOf = new Map<string, number>();
  const nodeOf = (urn: string): number => {
    const known = numberOf.get(urn);
    if (known !== undefined) return known;
    const record = records.get(urn);
    const position: Position = record ? pointOf(record) : [Number.NaN, Number.NaN];
    const own = nodes.push({ position, ...(urn.startsWith('pole/') && { pole: urn }) }) - 1;
    numberOf.set(urn, own);
    return own;
  };

  const fresh = (table: Parameters<PlanRecords['table']>[0]) => records.table(table).filter(isNew);
  const splitterRecords = fresh('fiber_splitter');
  const feedOf = new Map<string, { way: Passage[]; feed: string }>();
  for (const splitter of records.table('fiber_splitter')) {
    const fed = patchwork.follow(splitter.urn, 'in', 1);
    const frame = fed && records.get(fed.end.urn);
    if (fed && frame?.table === 'fiber_odf')
      feedOf.set(splitter.urn, { way: reversed(fed.way), feed: text(frame, 'root_housing') });
    else if (isNew(splitter)) say(`${splitter.urn} is not fed`);
  }
  const feeds = new Set([...feedOf.values()].map(({ feed }) => feed));
  if (feeds.size > 1) say(`there are ${feeds.size} feeds`);
  const feedUrn = [...feeds][0];
  const feed = feedUrn === undefined ? undefined : nodeOf(feedUrn);

  // The routes, from the feed on: those along streets vertex by vertex.
  const streets = new StreetFinder(new OwnGround(input, rules, nodes[feed ?? -1]?.position));
  const leaving = new Map<string, PlanRecord[]>();
  const trunk = [...fresh('oh_route'), ...fresh('ug_route')].filter(
    (route) => text(route, 'kind') !== 'drop',
  );
  for (const route of trunk) {
    const from = text(route, 'in_structure');
    leaving.set(from, [...(leaving.get(from) ?? []), route]);
  }
  const routes: PlanRoute[] = [];
  const piecesOf = new Map<string, number[]>();
  const open = feedUrn === undefined ? [] : [feedUrn];
  let reached = 0;
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    for (const route of leaving.get(at) ?? []) {
      reached += 1;
      const line = lineOf(route);
      const end = text(route, 'out_structure');
      const kind =
        text(route, 'kind') === 'street' ? 'street' : text(route, 'kind') === 'span' ? 'span' : 'lateral';
      if ((kind === 'street') !== (route.table === 'ug_route')) say(`${route.urn} is a ${kind}`);
      let metres = 0;
      let from = nodeOf(at);
      for (const [i, position] of line.slice(1).entries()) {
        const before = line[i] ?? position;
        const to = i === line.length - 2 ? nodeOf(end) : nodes.push({ position }) - 1;
        const street = kind === 'street' ? streets.find(before, position) : undefined;
        const length = geodesic(before, position);
        metres += length;
        const piece =
          routes.push({ from, to, kind, ...(street !== undefined && { street }), metres: length }) - 1;
        piecesOf.set(route.urn, [...(piecesOf.get(route.urn) ?? []), piece]);
        from = to;
      }
      if (Math.abs(metres - number(route, 'length')) > 1e-6) say(`${route.urn} is ${metres} m long`);
      for (const [structure, place] of [
        [at, line[0]],
        [end, line.at(-1)],
      ] as const) {
        const record = records.get(structure);
        if (!record || !place || geodesic(pointOf(record), place) > 0.5)
          say(`${route.urn} is not at ${structure}`);
      }
      open.push(end);
    }
  }
  if (reached !== trunk.length) say(`${trunk.length - reached} of ${trunk.length} routes lead from no feed`);

  const cableNumber = new Map<string, number>();
  const cables: PlanCable[] = [];
  for (const cable of fresh('fiber_cable')) {
    if (text(cable, 'kind') === 'drop') continue;
    const segments = patchwork.segmentsOf(cable.urn);
    const along = segments.flatMap((segment) => piecesOf.get(text(segment, 'housing')) ?? []);
    const metres = segments.reduce((sum, segment) => sum + number(segment, 'length'), 0);
    if (Math.abs(metres - number(cable, 'length_metres')) > 1e-6) say(`${cable.urn} is ${metres} m long`);
    cableNumber.set(cable.urn, cables.length);
    cables.push({
      kind: text(cable, 'kind') === 'feeder' ? 'feeder' : 'distribution',
      size: number(cable, 'fiber_count'),
      used: number(cable, 'fiber_count'),
      nodes: [
        nodeOf(text(segments[0] ?? cable, 'in_structure')),
        ...along.map((piece) => routes[piece]?.to ?? -1),
      ],
      routes: along,
      metres,
      slackMetres: number(cable, 'slack_metres'),
    });
  }

  const splices: Plan['splices'] = [];
  const wayOf = (passages: readonly Passage[]): Fibre[] => {
    const way = passages.map(({ cable, fibre }) => ({ cable: cableNumber.get(cable) ?? -1, fibre }));
    for (const [i, from] of way.entries()) {
      const to = way[i + 1];
      if (to) splices.push({ node: nodeOf(passages[i]?.to ?? ''), from, to });
    }
    return way;
  };

  const splitters: PlanSplitter[] = [];
  const splitterNumber = new Map<string, number>();
  const addSplitter = (record: PlanRecord): number => {
    const known = splitterNumber.get(record.urn);
    if (known !== undefined) return known;
    const given = input.splitters?.find(({ id }) => id === record.urn);
    const fed = feedOf.get(record.urn);
    const isFedByPlan = given ? !given.fed : true;
    const own =
      splitters.push({
        ...(isFedByPlan && { node: nodeOf(text(record, 'root_housing')) }),
        ports: given ? given.freePorts.length : number(record, 'n_fiber_out_ports'),
        used: 0,
        ...(given && { existing: record.urn }),
        way: isFedByPlan && fed ? wayOf(fed.way) : [],
      }) - 1;
    splitterNumber.set(record.urn, own);
    return own;
  };
  for (const record of splitterRecords) addSplitter(record);

  const terminalRecords = fresh('fiber_terminal');
  const terminalNumber = new Map(terminalRecords.map(({ urn }, i) => [urn, i]));
  const terminals = terminalRecords.map((record) => ({
    node: nodeOf(text(record, 'root_housing')),
    ports: number(record, 'n_fiber_out_ports'),
    used: 0,
  }));

  const served: ServedAddress[] = [];
  const drops = new Map(fresh('oh_route').map((route) => [text(route, 'out_structure'), route]));
  const segmentIn = new Map(
    records.table('cable_segment').map((segment) => [text(segment, 'housing'), segment]),
  );
  const ontIn = new Map(records.table('fiber_ont').map((ont) => [text(ont, 'housing'), ont]));
  for (const box of fresh('wall_box')) {
    const address = text(box, 'address');
    const drop = drops.get(box.urn);
    const segment = drop && segmentIn.get(drop.urn);
    const ont = ontIn.get(box.urn);
    const start = ont && patchwork.follow(ont.urn, 'in', 1);
    if (!drop || !segment || !start) {
      say(`${address} has no drop`);
      continue;
    }
    const at = records.get(start.end.urn);
    const splitter = at?.table === 'fiber_terminal' ? patchwork.follow(at.urn, 'in', start.end.pin) : start;
    const record = splitter && records.get(splitter.end.urn);
    if (!at || !splitter || record?.table !== 'fiber_splitter') {
      say(`${address} is on no splitter`);
      continue;
    }
    const isOnTerminal = at.table === 'fiber_terminal';
    const terminal = isOnTerminal ? (terminalNumber.get(at.urn) ?? -1) : null;
    const own = addSplitter(record);
    const entry = splitters[own];
    if (entry) entry.used += 1;
    const there = terminals[terminal ?? -1];
    if (there) there.used += 1;
    const dropMetres = number(drop, 'length');
    const hasWay = typeof box.properties.way_metres === 'number';
    served.push({
      address,
      terminal,
      terminalPort: isOnTerminal ? start.end.pin : null,
      splitter: own,
      splitterPort: splitter.end.pin,
      way: isOnTerminal ? wayOf(reversed(splitter.way)) : [],
      dropMetres,
      crossesStreet: false,
      wayMetres: hasWay ? number(box, 'way_metres') - dropMetres : null,
      shortestMetres: null,
      lossDb: hasWay ? number(box, 'loss_db') : null,
    });
  }
  return {
    rules,
    feed,
    nodes,
    routes,
    terminals,
    splitters,
    cables,
    splices,
    served,
    unserved,
    remarks: [],
    bill: result.bill.lines,
    summary: { ...result.figures, served: result.served },
  };
}

function reversed(way: readonly Passage[]): Passage[] {
  return way.map(({ cable, fibre, from, to }) => ({ cable, fibre, from: to, to: from })).reverse();
}
