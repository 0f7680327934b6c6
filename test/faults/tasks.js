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
  {
    // A node of a workflow. It writes one pole of this name: whoever counts them sees how often it ran with effect.
    name: 'node',
    params: z.strictObject({ design: z.string(), name: z.string(), ms: z.number() }),
    async execute({ design, name, ms }, { network, progress, signal }) {
      const geometry = { type: 'Point', coordinates: [0.1, 52.2] };
      await (await network.view(design)).table('pole').insert({ geometry, properties: { name } });
      await progress({ percent: 50, message: `process ${process.pid}` });
      await pause(ms, signal);
      return { name };
    },
  },
  {
    // The first `bad` of `count` items fail, unless they are retried. Each good item is a pole.
    name: 'items',
    keep: 'good-items',
    params: z.strictObject({ design: z.string(), count: z.number(), bad: z.number() }),
    exclusive,
    async execute({ design, count, bad }, { items, item, network, progress, signal }) {
      const message = `process ${process.pid}`;
      const poles = (await network.view(design)).table('pole');
      const wanted = items ?? Array.from({ length: count }, (_, i) => `item/${i + 1}`);
      await progress({ done: 0, total: wanted.length, message });
      for (const [i, id] of wanted.entries()) {
        await item(id, async () => {
          const number = Number(id.slice('item/'.length));
          const geometry = { type: 'Point', coordinates: [0.1 + number / 1e5, 52.2] };
          await poles.insert({ geometry, properties: { name: id } });
          if (!items && number <= bad) throw new Error(`${id} is bad`);
        });
        // A retry has few items. The test has to see one of them before the last is done.
        if (items || i % 20 === 0) await pause(items ? 100 : 10, signal);
        await progress({ done: i + 1, total: wanted.length, message });
      }
      return { ran: wanted.length };
    },
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
