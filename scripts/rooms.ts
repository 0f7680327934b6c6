/**
 * The rooms of the repository and the arrows between them, for the import rules (importRules.ts) and for anyone who asks
 * where a file belongs. The list goes from the ground up: a room may import only rooms that stand before it, so no
 * room imports upward and no two rooms import each other.
 */
export interface Room {
  /** A folder, or a file that more rooms may import than its neighbours. A last '*' stands for each folder in that place. */
  room: string;
  /** The rooms that its files may import besides their own. A last '*' stands for every room in that folder. */
  imports: readonly string[];
  /** The packages that its files may import; 'node:*' stands for the modules of Node, '*' for any package. */
  packages: readonly string[];
}

const CONTRACT = 'src/contract';
const ANY = ['*'];
/** Everything that is published, for the rooms that show or test it. */
const PUBLISHED = ['src/*', 'src/index.ts', 'standin/*', 'mocks', 'mocks/*'];
/** All rooms that show a task to a user stand on these. */
const UI = [
  CONTRACT,
  'src/client',
  'src/locales',
  'src/host/contract.ts',
  'src/host/sketches.ts',
  'src/host/useLessMotion.ts',
  'src/host/ghosts.ts',
  'src/host/taskPalette.ts',
];
/** All rooms that run tasks on a network stand on these. */
const WORK = [CONTRACT, 'backend/common', 'backend/network', 'backend/tasks'];
const BACKEND = ['backend/common', 'backend/tasks', 'backend/http'];

export const ROOMS: readonly Room[] = [
  // These rooms are published. Nothing in them imports the backend, the mocks or the server.
  { room: CONTRACT, imports: [], packages: [] },
  { room: 'src/client', imports: [CONTRACT], packages: ['eventsource-parser'] },
  { room: 'src/client/protocols/*', imports: [CONTRACT, 'src/client'], packages: ['eventsource-parser'] },
  { room: 'src/client/index.ts', imports: [CONTRACT, 'src/client', 'src/client/protocols/*'], packages: [] },
  { room: 'src/locales', imports: [], packages: [] },
  { room: 'src/locales/check', imports: ['src/locales'], packages: ['node:*'] },
  { room: 'src/host/sketches.ts', imports: [CONTRACT], packages: [] },
  {
    room: 'src/host/contract.ts',
    imports: [CONTRACT, 'src/client', 'src/host/sketches.ts'],
    packages: ['react'],
  },
  { room: 'src/host/useLessMotion.ts', imports: [], packages: ['react'] },
  { room: 'src/host/ghosts.ts', imports: [], packages: [] },
  { room: 'src/host/taskPalette.ts', imports: [], packages: [] },
  { room: 'src/host/words', imports: ['src/locales'], packages: [] },
  { room: 'src/host', imports: [...UI, 'src/host/words'], packages: ['react', 'react-dom', 'antd'] },
  { room: 'src/parts', imports: UI, packages: ['react', 'antd'] },
  { room: 'src/handover', imports: [...UI, 'src/parts'], packages: ['react', 'antd'] },
  { room: 'src/modal', imports: [...UI, 'src/parts', 'src/handover'], packages: ['react', 'antd'] },
  { room: 'src/notices', imports: [...UI, 'src/parts'], packages: ['react', 'antd'] },
  { room: 'src/plugin', imports: [...UI, 'src/parts', 'src/modal', 'src/notices'], packages: ['react'] },
  {
    room: 'src/plan',
    imports: [...UI, 'src/parts', 'src/plugin', 'src/handover'],
    packages: ['react', 'antd'],
  },
  { room: 'src/monitor/map', imports: [...UI, 'src/parts'], packages: ['react'] },
  {
    room: 'src/monitor/run',
    imports: [...UI, 'src/parts', 'src/handover', 'src/host/ghosts.ts', 'src/host/taskPalette.ts'],
    packages: ['react', 'react-dom', 'antd'],
  },
  {
    room: 'src/monitor/workflow',
    imports: [...UI, 'src/parts', 'src/monitor/run', 'src/monitor/map'],
    packages: ['react', 'react-dom', 'antd', '@dagrejs/dagre'],
  },
  {
    room: 'src/monitor',
    imports: [...UI, 'src/parts', 'src/plugin', 'src/monitor/run', 'src/monitor/map', 'src/monitor/workflow'],
    packages: ['react', 'antd'],
  },
  {
    room: 'src/maps/base',
    imports: [CONTRACT, 'src/host/contract.ts', 'src/host/ghosts.ts', 'src/host/taskPalette.ts'],
    packages: [],
  },
  {
    room: 'src/maps/openlayers',
    imports: [CONTRACT, 'src/host', 'src/host/contract.ts', 'src/maps/base'],
    packages: ['ol'],
  },
  {
    room: 'src/maps/maplibre',
    imports: [CONTRACT, 'src/host', 'src/host/contract.ts', 'src/maps/base'],
    packages: ['maplibre-gl'],
  },
  {
    room: 'src/hosts/*',
    imports: [...UI, 'src/host', 'src/parts', 'src/modal', 'src/plugin', 'src/plan', 'src/maps/base'],
    packages: ['react', 'antd', 'myWorld-client'],
  },
  {
    room: 'src/index.ts',
    imports: [...UI, 'src/host', 'src/parts', 'src/modal', 'src/plugin'],
    packages: [],
  },
  { room: 'standin/platform', imports: [...UI, 'src/host'], packages: ['react', 'react-dom', 'antd'] },
  { room: 'standin/vite', imports: [], packages: ['node:*', 'vite'] },

  // The backend stands on Web standards: no module of Node, no React, and of src the contract alone.
  { room: 'backend/common', imports: [CONTRACT], packages: [] },
  {
    room: 'backend/network',
    imports: [CONTRACT, 'backend/common'],
    packages: ['kdbush', 'geokdbush', 'geographiclib-geodesic'],
  },
  // Reads the files that planners have. Its formats load on demand, each with its library.
  {
    room: 'backend/data',
    imports: [CONTRACT, 'backend/common', 'backend/network'],
    packages: ['fflate', 'papaparse', 'proj4', 'saxes'],
  },
  {
    room: 'backend/planning',
    imports: [CONTRACT, 'backend/common', 'backend/network'],
    packages: ['kdbush'],
  },
  { room: 'backend/handover', imports: [CONTRACT, 'backend/common', 'backend/network'], packages: [] },
  // Planners' files as a town.
  {
    room: 'backend/intake',
    imports: [CONTRACT, 'backend/common', 'backend/data', 'backend/network'],
    packages: [],
  },
  { room: 'backend/tasks', imports: [CONTRACT, 'backend/common', 'backend/network'], packages: [] },
  {
    room: 'backend/workflows/graph',
    imports: [CONTRACT, 'backend/common', 'backend/tasks'],
    packages: [],
  },
  {
    room: 'backend/workflows/define',
    imports: [CONTRACT, 'backend/common', 'backend/tasks', 'backend/workflows/graph'],
    packages: [],
  },
  {
    room: 'backend/workflows/blueprint',
    imports: [CONTRACT, 'backend/common', 'backend/workflows/graph'],
    packages: [],
  },
  {
    room: 'backend/workflows',
    imports: [CONTRACT, 'backend/common', 'backend/tasks', 'backend/workflows/graph'],
    packages: [],
  },
  { room: 'backend/embedded', imports: [...WORK, 'backend/workflows'], packages: [] },
  { room: 'backend/definitions/design.ts', imports: [...WORK], packages: ['zod'] },
  {
    room: 'backend/definitions/planArea',
    imports: [...WORK, 'backend/definitions/design.ts', 'backend/planning'],
    packages: ['zod'],
  },
  {
    room: 'backend/definitions',
    imports: [...WORK, 'backend/definitions/design.ts', 'backend/definitions/planArea'],
    packages: ['zod'],
  },
  { room: 'backend/http', imports: [CONTRACT, 'backend/common', 'backend/tasks'], packages: ['hono'] },
  {
    room: 'backend/protocols/Protocol.ts',
    imports: [CONTRACT, ...BACKEND, 'backend/network', 'backend/handover'],
    packages: [],
  },
  {
    room: 'backend/protocols/*',
    imports: [
      CONTRACT,
      ...BACKEND,
      'backend/network',
      'backend/handover',
      'backend/workflows/graph',
      'backend/workflows/blueprint',
      'backend/protocols/Protocol.ts',
    ],
    packages: [],
  },
  {
    room: 'backend/protocols',
    imports: ['backend/protocols/Protocol.ts', 'backend/protocols/*'],
    packages: [],
  },
  {
    room: 'backend',
    imports: [
      CONTRACT,
      ...BACKEND,
      'backend/network',
      'backend/handover',
      'backend/protocols',
      'backend/protocols/Protocol.ts',
    ],
    packages: ['hono'],
  },

  // The mocks bind the backend to MSW. They know neither the server nor the harness.
  { room: 'mocks/town', imports: ['backend/network', 'backend/definitions'], packages: [] },
  {
    room: 'mocks/persistence',
    imports: ['backend/network', 'backend/tasks', 'backend/embedded'],
    packages: ['idb-keyval'],
  },
  {
    room: 'mocks/workflows',
    imports: [...WORK, 'backend/definitions', 'backend/definitions/design.ts', 'backend/workflows/define'],
    packages: ['zod'],
  },
  { room: 'mocks/scenarios', imports: [CONTRACT, 'backend', ...BACKEND, 'mocks/town'], packages: [] },
  {
    room: 'mocks',
    imports: [CONTRACT, 'backend', 'backend/*', 'backend/workflows/*', 'mocks/*'],
    packages: ['msw'],
  },

  // The server carries the backend on Node.
  { room: 'server/src/common', imports: ['backend/common'], packages: ['node:*'] },
  { room: 'server/src/outgoing', imports: [], packages: ['node:*'] },
  {
    room: 'server/src/config',
    imports: ['server/src/common', 'server/src/outgoing'],
    packages: ['node:*', 'zod'],
  },
  {
    room: 'server/src/database',
    imports: ['backend/network', 'server/src/common', 'server/src/config'],
    packages: ['node:*', 'pg', 'node-pg-migrate', 'zod'],
  },
  {
    room: 'server/src/schedules',
    imports: [CONTRACT, 'backend/common', 'backend/tasks', 'server/src/common', 'server/src/config'],
    packages: ['node:*', 'croner', 'zod'],
  },
  {
    room: 'server/src/definitions',
    imports: [
      'backend/common',
      'backend/definitions',
      'backend/network',
      'backend/tasks',
      'server/src/common',
      'server/src/config',
      'server/src/schedules',
    ],
    packages: ['node:*'],
  },
  {
    room: 'server/src/auth',
    imports: ['backend/common', 'backend/tasks', 'server/src/common', 'server/src/config'],
    packages: ['node:*', 'jose', 'zod'],
  },
  {
    room: 'server/src/http',
    imports: [CONTRACT, 'backend', ...BACKEND, 'backend/handover', 'server/src/auth', 'server/src/common'],
    packages: ['node:*', 'hono', '@hono/node-server', 'ioredis', 'rate-limiter-flexible', 'ws'],
  },
  // An author of a service builds on this room.
  {
    room: 'server/src/service',
    imports: [CONTRACT, 'backend/common', 'backend/http', 'backend/protocols/*', 'server/src/http'],
    packages: ['node:*', 'hono'],
  },
  // The operations of services as tasks.
  {
    room: 'server/src/serviceTasks',
    imports: [
      CONTRACT,
      'src/client',
      'src/client/protocols/*',
      'backend/common',
      'backend/tasks',
      'server/src/common',
      'server/src/config',
      'server/src/outgoing',
    ],
    packages: ['node:*', 'zod'],
  },
  {
    room: 'server/src/observe',
    imports: ['backend/tasks', 'server/src/common', 'server/src/config', 'server/src/http'],
    packages: [
      'node:*',
      'pino',
      'prom-client',
      '@opentelemetry/api',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace',
    ],
  },
  { room: 'server/src/sqlite', imports: [...WORK, 'backend/embedded'], packages: ['node:*', 'zod'] },
  {
    room: 'server/src/postgis',
    imports: [CONTRACT, 'backend/common', 'backend/network', 'server/src/common', 'server/src/database'],
    packages: ['node:*', 'pg', 'pg-copy-streams'],
  },
  {
    room: 'server/src/distributed/rows',
    imports: ['backend/workflows', CONTRACT, 'backend/tasks', 'server/src/common'],
    packages: ['node:*', 'pg'],
  },
  {
    room: 'server/src/distributed/logs',
    imports: [
      CONTRACT,
      'backend/common',
      'backend/tasks',
      'server/src/common',
      'server/src/distributed/rows',
    ],
    packages: ['node:*', 'ioredis'],
  },
  {
    room: 'server/src/distributed',
    imports: [
      'backend/workflows',
      'backend/workflows/graph',
      ...WORK,
      'server/src/database',
      'server/src/observe',
      'server/src/distributed/rows',
      'server/src/distributed/logs',
      'server/src/common',
    ],
    packages: ['node:*', 'bullmq', 'ioredis', 'pg'],
  },
  {
    room: 'server/src/distributed/worker',
    imports: [
      'backend/workflows',
      ...WORK,
      'server/src/common',
      'server/src/database',
      'server/src/definitions',
      'server/src/observe',
      'server/src/postgis',
      'server/src/distributed',
      'server/src/distributed/rows',
      'server/src/distributed/logs',
    ],
    packages: ['node:*', 'bullmq', 'ioredis'],
  },
  {
    room: 'server/src/admin',
    imports: [],
    packages: ['@bull-board/api', '@bull-board/hono', '@hono/node-server', 'bullmq', 'hono'],
  },
  {
    room: 'server/src',
    imports: [...WORK, 'backend/intake', 'backend/workflows/define', 'backend/workflows/blueprint'],
    packages: ['node:*'],
  },
  {
    room: 'server/src/cli',
    imports: [CONTRACT, 'backend', 'backend/*', 'server/src', 'server/src/*'],
    packages: ['node:*', 'cli-progress', 'ioredis', 'pg', 'pino', 'zod'],
  },
  { room: 'server', imports: ['server/src/cli'], packages: ANY },

  // These rooms are not published by themselves: the commands, the examples, the harness and the tools.
  { room: 'dist', imports: [], packages: [] },
  { room: 'bin', imports: ['dist'], packages: ['node:*'] },
  { room: 'templates', imports: PUBLISHED, packages: ANY },
  { room: 'server/templates', imports: ['server/src/service'], packages: ANY },
  { room: 'examples', imports: PUBLISHED, packages: ANY },
  { room: 'scripts/entries.mjs', imports: [], packages: [] },
  { room: 'scripts/chromium.mjs', imports: [], packages: ['node:*'] },
  // The samples are written as plugins for the platform are: they know its modules, and nothing of this repository.
  { room: 'harness/samples/*', imports: [], packages: ['react', 'antd', 'myWorld-client'] },
  { room: 'harness/samples/main.samples.js', imports: ['harness/samples/*'], packages: ['myWorld-client'] },
  {
    room: 'test/docs',
    imports: [...PUBLISHED, 'server/src', 'server/src/service', 'harness/samples/main.samples.js'],
    packages: ANY,
  },
  { room: 'harness/messages', imports: [], packages: [] },
  { room: 'harness/startWorker.ts', imports: [], packages: ['msw'] },
  { room: 'harness/describedLate.ts', imports: [], packages: [] },
  {
    room: '.storybook',
    imports: [
      ...PUBLISHED,
      'scripts/entries.mjs',
      'harness/messages',
      'harness/startWorker.ts',
      'harness/describedLate.ts',
    ],
    packages: ANY,
  },
  {
    room: 'harness',
    imports: [
      ...PUBLISHED,
      'backend/common',
      'backend/data',
      'backend/intake',
      'backend/network',
      'scripts/entries.mjs',
      'scripts/chromium.mjs',
      'test/docs',
      '.storybook',
      'harness/samples/main.samples.js',
      'harness/messages',
      'harness/startWorker.ts',
      'harness/describedLate.ts',
    ],
    packages: ANY,
  },
  { room: 'scripts/services', imports: ['server'], packages: ['node:*'] },
  {
    room: 'scripts',
    imports: [
      ...PUBLISHED,
      'backend/*',
      'server',
      'server/src/*',
      'harness',
      'scripts/*',
      'scripts/entries.mjs',
      'scripts/chromium.mjs',
    ],
    packages: ANY,
  },
  // The verifier of plans shares no code with the planner; it knows the types of its input and of its plan.
  {
    room: 'test/support/planning',
    imports: [CONTRACT, 'backend/planning', 'mocks/town'],
    packages: ['node:*', 'geographiclib-geodesic'],
  },
  // A bench runs a plan as tests do.
  { room: 'test/support/tasks', imports: ANY, packages: ANY },
  {
    room: 'bench',
    imports: [
      ...PUBLISHED,
      'backend',
      'backend/*',
      'server/*',
      'scripts',
      'scripts/*',
      'harness',
      'test/support/planning',
      'test/support/tasks',
    ],
    packages: ANY,
  },
  { room: 'test', imports: ANY, packages: ANY },
  { room: '.', imports: ANY, packages: ANY },
];
