import * as z from 'zod';

/** Tasks whose work can be counted afterwards: each writes `poles` poles, named by itself and a number from 1. */
const params = z.strictObject({
  design: z.string(),
  poles: z.number(),
  /** How long each of them takes. */
  stepMs: z.number(),
  /** So many attempts fail at half the work. */
  failures: z.number().default(0),
});

const exclusive = ({ design }) => design;

export default [
  {
    name: 'poles',
    params,
    exclusive,
    execute: (given, context) => build(given, context, pause),
  },
  {
    name: 'poles-computed',
    cpuBound: true,
    params,
    exclusive,
    execute: (given, context) => build(given, context, compute),
  },
  {
    name: 'poles-retried',
    retry: { attempts: 3, backoffSeconds: 1 },
    params,
    exclusive,
    execute: (given, context) => build(given, context, pause),
  },
];

async function build(
  { design, poles, stepMs, failures },
  { taskId, attempt, progress, network, signal },
  wait,
) {
  const message = `process ${process.pid}`;
  await progress({ percent: 0, done: 0, total: poles, message });
  const view = await network.view(design);
  for (let done = 1; done <= poles; done += 1) {
    await wait(stepMs, signal);
    const name = `${taskId}#${done}`;
    const geometry = { type: 'Point', coordinates: [0.1 + done / 1e5, 52.2] };
    await view.table('pole').insert({ geometry, properties: { name } });
    const feature = { type: 'Feature', id: `pole/${done}`, geometry, properties: { table: 'pole', name } };
    await progress({ percent: (100 * done) / poles, done, total: poles, message, features: [feature] });
    if (attempt <= failures && done >= poles / 2) throw new Error(`Attempt ${attempt} is to fail`);
  }
  return { poles };
}

function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/** Not the clock of the day: that one may be wrong. */
function compute(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
