import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../backend/planning/Plan.ts';
import type { PlanInput } from '../../../../backend/planning/PlanInput.ts';
import { planArea } from '../../../../backend/planning/planArea.ts';
import type { Position } from '../../../../src/contract/index.ts';
import { townInput } from '../../../support/planning/townInput.ts';
import { verifyPlan } from '../../../support/planning/verify/verifyPlan.ts';

/** A place by its metres to the east and to the north of a corner near the equator. */
const at = (east: number, north: number): Position => [10 + east / 111_320, north / 110_574];
const address = (id: string, east: number, north: number) => ({ id, position: at(east, north) });
const street = (id: string, ...points: [number, number][]) => ({
  id,
  coordinates: points.map(([east, north]) => at(east, north)),
});

async function planned(input: Partial<PlanInput>): Promise<Plan> {
  const whole: PlanInput = { addresses: [], poles: [], streets: [], ...input };
  const plan = await planArea(whole);
  expect(verifyPlan(whole, plan).problems).toEqual([]);
  return plan;
}
const codes = ({ remarks }: Plan) => remarks.map(({ code }) => code);

describe('the ground of a plan', () => {
  it('never joins two streets that cross without a vertex', async () => {
    const plan = await planned({
      streets: [street('s/1', [0, 0], [400, 0]), street('bridge', [200, -150], [200, 300])],
      addresses: [address('a/1', 380, 10), address('a/2', 210, 290)],
      feed: at(10, 1),
    });
    expect(plan.served.map(({ address }) => address)).toEqual(['a/1']);
    expect(plan.unserved).toEqual([expect.objectContaining({ address: 'a/2', reason: 'piece-not-reached' })]);
    const [piece] = plan.remarks;
    expect(piece).toMatchObject({ code: 'piece-not-reached', count: 1 });
    expect(piece?.message).toMatch(/^a piece of the network, 45\d m with 0 poles, is not joined to the feed/);
  });

  it('joins ends that are 0.4 m apart, and not those that are 0.6 m apart', async () => {
    const gap = (metres: number) => ({
      streets: [street('s/1', [0, 0], [100, 0]), street('s/2', [100 + metres, 0], [300, 0])],
      addresses: [address('a/1', 290, 20)],
      feed: at(0, 0),
    });
    expect((await planned(gap(0.4))).served).toHaveLength(1);
    expect((await planned(gap(0.6))).served).toHaveLength(0);
  });

  it('takes a MultiLineString apart and reports what is no line', async () => {
    const plan = await planned({
      streets: [
        { id: 'multi', coordinates: [[at(0, 0), at(100, 0)], [at(100, 0), at(100, 100)], []] },
        { id: 'none', coordinates: [] },
        { id: 'zero', coordinates: [at(5, 5), at(5, 5)] },
        { id: 'broken', coordinates: [at(0, 0), [Number.NaN, 3], at(0, 50), at(0, 90)] },
      ],
      addresses: [address('a/1', 110, 90)],
      feed: at(0, 0),
    });
    expect(plan.served).toHaveLength(1);
    expect(plan.summary.routeMetres).toBeCloseTo(190, 0);
    expect(plan.remarks).toContainEqual(expect.objectContaining({ code: 'street-without-line', count: 3 }));
    expect(codes(plan)).toContain('street-piece-without-length');
  });

  it('gives no address to a pole that nothing joins, nor to a span far from a street', async () => {
    const pole = (id: string, east: number, north: number) => ({ id, position: at(east, north) });
    const plan = await planned({
      streets: [street('s/1', [0, 0], [300, 0])],
      poles: [pole('p/1', 100, 5), pole('p/2', 100, 50), pole('p/3', 100, 95)],
      addresses: [address('a/1', 100, 100), address('a/2', 110, 20)],
      feed: at(0, 0),
    });
    expect(plan.served.map(({ address }) => address)).toEqual(['a/2']);
    expect(plan.unserved).toMatchObject([{ address: 'a/1', reason: 'out-of-reach' }]);
    expect(plan.unserved[0]?.metres).toBeCloseTo(95, 0);
    expect(plan.remarks).toContainEqual(
      expect.objectContaining({ code: 'pole-not-joined', ids: ['p/2', 'p/3'] }),
    );
  });

  it('crosses no street with a drop where the rules forbid it', async () => {
    const input = {
      streets: [street('s/1', [0, 0], [300, 0])],
      poles: [{ id: 'p/1', position: at(150, -5) }],
      addresses: [address('a/1', 150, 10), address('a/2', 150, -20)],
      feed: at(0, 0),
    };
    expect((await planned(input)).summary).toMatchObject({ served: 2, terminals: 1, crossings: 1 });
    const strict = await planned({ ...input, rules: { crossStreets: false } });
    // A terminal on the street serves both sides.
    expect(strict.summary).toMatchObject({ served: 2, poleTerminals: 0, crossings: 0 });
  });

  it('takes the pole on the side of the address where two are as near', async () => {
    const plan = await planned({
      streets: [street('s/1', [0, 0], [300, 0])],
      poles: [
        { id: 'p/across', position: at(150, -5) },
        { id: 'p/here', position: at(164.7, 5) },
      ],
      addresses: [address('a/1', 150, 10)],
      feed: at(0, 0),
    });
    expect(plan.nodes[plan.terminals[0]?.node ?? -1]?.pole).toBe('p/here');
    expect(plan.served).toMatchObject([{ crossesStreet: false }]);
  });

  it('leaves rows of posts out by the least gap, and keeps one of a pole that is there twice', async () => {
    const pole = (id: string, east: number) => ({ id, position: at(east, 5) });
    const input = {
      streets: [street('s/1', [0, 0], [300, 0])],
      poles: [
        pole('p/1', 50),
        pole('p/again', 50.1),
        ...[100, 105, 110].map((east, i) => pole(`post/${i}`, east)),
      ],
      addresses: [address('a/1', 50, 20), address('a/2', 105, 20)],
      feed: at(0, 0),
    };
    const polesOf = (plan: Plan) => plan.nodes.flatMap(({ pole }) => pole ?? []);
    expect(polesOf(await planned(input))).toContain('post/1');
    const plan = await planned({ ...input, rules: { poleGap: 6 } });
    expect(polesOf(plan)).toEqual(['p/1']);
    expect(plan.served).toHaveLength(2);
    expect(plan.remarks).toContainEqual(
      expect.objectContaining({ code: 'posts-left-out', ids: ['p/again', 'post/0', 'post/1', 'post/2'] }),
    );
  });

  it('measures over the antimeridian as anywhere else', async () => {
    const lengths = [];
    for (const longitude of [0, 179.9999, -179.9999]) {
      const input = townInput({
        seed: 5,
        addresses: 80,
        centre: [longitude > 0 ? 179.5 : longitude < 0 ? -179.5 : 0, 40],
      });
      const shift = longitude > 0 ? 0.4999 : longitude < 0 ? -0.4999 : 0;
      const turned = ([x, y]: Position): Position => {
        const east = x + shift;
        return [east > 180 ? east - 360 : east < -180 ? east + 360 : east, y];
      };
      const plan = await planned({
        addresses: input.addresses.map((one) => ({ ...one, position: turned(one.position) })),
        poles: input.poles.map((one) => ({ ...one, position: turned(one.position) })),
        streets: input.streets.map(({ id, coordinates }) => ({
          id,
          coordinates: coordinates.filter(isPosition).map(turned),
        })),
      });
      lengths.push(plan.summary.routeMetres);
    }
    const [plain = 0, ...others] = lengths;
    for (const other of others) expect(Math.abs(other / plain - 1)).toBeLessThan(0.001);
  });

  it('reports a feed beside the network, and takes the middle where it is no position', async () => {
    const streets = [street('s/1', [0, 0], [300, 0])];
    const addresses = [address('a/1', 200, 20)];
    const far = await planned({ streets, addresses, feed: at(100, 500) });
    expect(far.remarks).toContainEqual(expect.objectContaining({ code: 'feed-moved', at: at(100, 500) }));
    expect(far.served).toHaveLength(1);
    const broken = await planned({ streets, addresses, feed: [Number.NaN, 5] });
    expect(codes(broken)).toContain('no-feed');
    expect(broken.served).toHaveLength(1);
  });

  it('joins the feed to the streets, and not to a row of posts or a short end that is nearer', async () => {
    const plan = await planned({
      streets: [street('s/1', [0, 0], [300, 0]), street('end', [100, 21], [110, 21])],
      poles: [0, 1, 2].map((i) => ({ id: `p/${i}`, position: at(90 + 15 * i, 24) })),
      addresses: [address('a/1', 290, 20)],
      feed: at(100, 20),
      rules: { longestLateral: 22 },
    });
    expect(plan.served).toHaveLength(1);
    expect(plan.routes[0]).toMatchObject({ from: plan.feed, kind: 'lateral' });
  });

  it('says why nothing is built where there is nothing to build on', async () => {
    const plan = await planned({ addresses: [address('a/1', 0, 0)], feed: at(0, 0) });
    expect(plan.unserved).toEqual([{ address: 'a/1', reason: 'no-network', metres: null }]);
    expect(codes(plan)).toContain('no-feed');
    expect((await planned({})).summary).toMatchObject({ addresses: 0, served: 0, metresPerAddress: 0 });
  });
});

describe('what is there already', () => {
  it('is used first, and a second run adds nothing', async () => {
    const freePorts = [2, 5, 6];
    const input = {
      streets: [street('s/1', [0, 0], [300, 0])],
      addresses: [1, 2, 3, 4, 5].map((i) => address(`a/${i}`, 100 + i * 4, 20)),
      feed: at(0, 0),
      splitters: [{ id: 'fiber_splitter/1', position: at(100, 10), freePorts, fed: true }],
    };
    const plan = await planned(input);
    expect(plan.served).toHaveLength(5);
    const reused = plan.served.filter(({ terminal }) => terminal === null);
    expect(reused.map(({ address, splitterPort }) => [address, splitterPort])).toEqual([
      ['a/1', 2],
      ['a/2', 5],
      ['a/3', 6],
    ]);
    const again = await planned({ ...input, addresses: [] });
    expect(again).toMatchObject({ terminals: [], splitters: [], cables: [], routes: [], served: [] });
  });

  it('is fed by the plan where it has no fibre yet', async () => {
    const plan = await planned({
      streets: [street('s/1', [0, 0], [300, 0])],
      poles: [{ id: 'p/1', position: at(200, 5) }],
      addresses: [address('a/1', 210, 20)],
      feed: at(0, 0),
      splitters: [{ id: 'fiber_splitter/1', position: at(200, 5), pole: 'p/1', freePorts: [1], fed: false }],
    });
    expect(plan.splitters).toMatchObject([{ existing: 'fiber_splitter/1', used: 1, way: [{ fibre: 1 }] }]);
    expect(plan.served[0]?.wayMetres).toBeCloseTo(205, 0);
  });
});

function isPosition(part: Position | readonly Position[]): part is Position {
  return typeof part[0] === 'number';
}
