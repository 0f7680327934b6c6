import { describe, expect, it, onTestFinished, vi } from 'vitest';
import myw, { Database, Feature, type FeatureData } from '../../../../standin/platform/index.ts';

const tube = (id: number): FeatureData => ({
  id,
  type: 'tube',
  properties: { name: `Tube ${id}`, housing: 'bundle/1', diameter: id / 2 },
  geometry: {
    type: 'LineString',
    coordinates: [
      [0.1, 52.2],
      [0.11, 52.2],
    ],
  },
});
const FEATURES: FeatureData[] = [
  { id: 1, type: 'bundle', properties: { name: 'Bundle' }, geometry: null, delta: 'design/North' },
  tube(1),
  tube(2),
  {
    id: 5,
    type: 'area',
    properties: {},
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [0, 52],
          [1, 52],
          [1, 53],
          [0, 53],
          [0, 52],
        ],
      ],
    },
  },
];
const create = () => new Database({ features: FEATURES });

describe('the stand-in database', () => {
  it('gives features with what plugins ask of them', async () => {
    const feature = await create().getFeature('myworld/bundle', '1');
    expect(feature.getUrn()).toBe('bundle/1');
    expect(feature.getTitle()).toBe('Bundle');
    expect(feature._myw).toEqual({ title: 'Bundle', delta: 'design/North' });
    expect(feature.properties).toEqual({ id: 1, name: 'Bundle' });
    expect((await create().getFeature('area', 5)).getTitle()).toBe('area/5');
  });

  it('names the feature that is not there', async () => {
    await expect(create().getFeatureByUrn('tube/99')).rejects.toThrow('There is no tube/99');
  });

  it('finds by bounds, by value, and around a place', async () => {
    const database = create();
    const ids = async (found: Promise<{ id: string | number }[]>) => (await found).map(({ id }) => id);
    expect(await ids(database.getFeatures('tube', { bounds: [0, 52, 1, 53] }))).toEqual([1, 2]);
    expect(await ids(database.getFeatures('tube', { bounds: [5, 52, 6, 53] }))).toEqual([]);
    expect(await ids(database.getFeaturesByValue('tube', 'name', '=', 'Tube 2'))).toEqual([2]);
    expect(await ids(database.getFeaturesByValue('tube', 'name', 'like', 'tube%'))).toEqual([1, 2]);
    expect(await ids(database.getFeaturesByValue('tube', 'diameter', '>', 0.5))).toEqual([2]);
    // On the line, 11 m beside it, and inside of the area.
    expect(await ids(database.getFeaturesAround(['tube'], { lat: 52.2, lng: 0.105 }, 0))).toEqual([1, 2]);
    expect(await ids(database.getFeaturesAround(['tube'], [0.105, 52.2001], 10))).toEqual([]);
    expect(await ids(database.getFeaturesAround(['tube'], [0.105, 52.2001], 12))).toEqual([1, 2]);
    expect(await ids(database.getFeaturesAround(['area'], [0.5, 52.5], 0))).toEqual([5]);
    expect(await ids(database.getFeaturesAround(['area'], [1.5, 52.5], 100))).toEqual([]);
  });

  it('keeps a change of a feature to itself until it is updated', async () => {
    const database = create();
    const changed = vi.fn();
    database.on('changed', changed);
    const feature = await database.getFeature('tube', 1);
    feature.properties.name = 'Red';
    expect((await database.getFeature('tube', 1)).properties.name).toBe('Tube 1');
    expect(await database.updateFeature(feature)).toBe(true);
    expect((await database.getFeature('tube', 1)).getTitle()).toBe('Red');
    expect(await database.updateFeature('tube', 1, { properties: { name: 'Blue' } })).toBe(true);
    expect((await database.getFeature('tube', 1)).properties).toMatchObject({ name: 'Blue', diameter: 0.5 });
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('inserts with the next id, and deletes', async () => {
    const database = create();
    const point = { type: 'Point', coordinates: [0, 0] } as const;
    const geometry = { ...point, coordinates: [...point.coordinates] as [number, number] };
    expect(await database.insertFeature('tube', { properties: { name: 'New' }, geometry })).toBe(3);
    expect((await database.getFeature('tube', 3)).geometry).toEqual(geometry);
    await database.deleteFeature('tube', 3);
    await expect(database.getFeature('tube', 3)).rejects.toThrow('tube/3');
  });

  it('runs a transaction, or stores nothing of it', async () => {
    const database = create();
    const feature = await database.getFeature('tube', 1);
    feature.properties.name = 'Red';
    await expect(
      database.transaction().addUpdate('tube', feature).addDelete('tube', 99).run(),
    ).rejects.toThrow('tube/99');
    expect((await database.getFeature('tube', 1)).properties.name).toBe('Tube 1');
    const ids = await database
      .transaction()
      .addUpdate(feature)
      .addInsert('tube', { properties: { name: 'New' } })
      .run();
    expect(ids).toEqual([1, 3]);
    expect((await database.getFeature('tube', 1)).properties.name).toBe('Red');
  });

  it('follows a reference forwards, backwards, and as it was told', async () => {
    const first = await create().getFeature('tube', 1);
    expect((await first.followRelationship('housing')).map((each) => each.getUrn())).toEqual(['bundle/1']);
    const bundle = await create().getFeature('bundle', 1);
    expect((await bundle.followRelationship('conduits')).map(({ id }) => id)).toEqual([1, 2]);
    const told = new Database({
      features: FEATURES,
      relationships: (_feature, name, database) =>
        name === 'last' ? database.getFeatures('tube').then((tubes) => tubes.slice(-1)) : undefined,
    });
    const again = await told.getFeature('bundle', 1);
    expect((await again.followRelationship('last')).map(({ id }) => id)).toEqual([2]);
  });

  it('makes features of the class that a plugin has registered', async () => {
    class Tube extends Feature {
      isWide() {
        return Number(this.properties.diameter) >= 1;
      }
    }
    myw.featureModels.tube = Tube;
    const tube2 = await create().getFeature('tube', 2);
    delete myw.featureModels.tube;
    expect(tube2 instanceof Tube && tube2.isWide()).toBe(true);
  });

  it('makes them of a class on the base that the platform calls MyWorldFeature, and says where they are stored', async () => {
    class Tube extends myw.MyWorldFeature {
      async widen() {
        this.properties.diameter = 9;
        if (this.database instanceof Database) await this.database.updateFeature(this);
      }
    }
    myw.featureModels.tube = Tube;
    onTestFinished(() => void delete myw.featureModels.tube);
    const database = create();
    const tube2 = await database.getFeature('tube', 2);
    if (!(tube2 instanceof Tube)) throw new Error('another class');
    await tube2.widen();
    expect((await database.getFeature('tube', 2)).properties.diameter).toBe(9);
  });

  it('describes its tables', () => {
    const types = create().getFeatureTypes();
    expect(Object.keys(types)).toEqual(['myworld/bundle', 'myworld/tube', 'myworld/area']);
    expect(types['myworld/tube']?.fields).toMatchObject({
      name: { external_name: 'Name', internal_name: 'name', type: 'string(200)', visible: { value: true } },
      diameter: { type: 'double' },
    });
  });

  it('is its own datasource, with members that are given, and words for those that are not', async () => {
    const database = new Database({ features: FEATURES, datasource: { extra: () => 7 } });
    const given = database.getDatasource('myworld');
    expect(Reflect.get(given, 'extra')()).toBe(7);
    expect(await Reflect.get(given, 'getFeatures')('tube')).toHaveLength(2);
    expect(() => Reflect.get(Reflect.get(given, 'comms'), 'equipsIn')()).toThrow(
      "not in the stand-in host: database.getDatasource('myworld').comms.equipsIn",
    );
  });
});
