// Loaded before all else (NODE_OPTIONS=--import): the clock of the day is off by LRT_FAULTS_CLOCK_MS, in worker threads
// too. Timers and performance.now() go by the steady clock, which is right on such a machine as well.
const offsetMs = Number(process.env.LRT_FAULTS_CLOCK_MS);
const RealDate = globalThis.Date;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offsetMs);
    else super(...given);
  }

  static now() {
    return RealDate.now() + offsetMs;
  }
};
