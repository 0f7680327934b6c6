import myw from 'myWorld-client';

const METRES_PER_DEGREE = 111320;

/** Reads the network; knows nothing of the modal. */
export default class PoleReportBuilder extends myw.MywClass {
  constructor(database) {
    super();
    this.database = database;
  }

  /** The poles within `radius` metres of a feature, nearest first; `reach`: how far a drop cable goes. */
  async polesNear(feature, { radius, reach, onlyDesign }) {
    const at = centreOf(feature);
    const poles = await this.database.getFeaturesAround(['pole'], at, radius);
    const wanted = poles.filter((pole) => !onlyDesign || pole._myw.delta === feature._myw.delta);
    return Promise.all(
      wanted.map(async (pole) => ({
        key: pole.getUrn(),
        pole,
        name: pole.getTitle(),
        metres: Math.round(distance(at, centreOf(pole))),
        addresses: (await this.database.getFeaturesAround(['address'], centreOf(pole), reach)).length,
      })),
    );
  }
}

/** The first position of a feature's geometry. */
function centreOf(feature) {
  let [lng, lat] = feature.geometry.coordinates;
  while (Array.isArray(lng)) [lng, lat] = lng;
  return { lat, lng };
}

function distance(a, b) {
  const x = (a.lng - b.lng) * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(x, a.lat - b.lat) * METRES_PER_DEGREE;
}
