// Redis, PostgreSQL with PostGIS, nginx and PgBouncer for tests, benches and `npm run start:server`.

export { documented } from './services/documented.ts';
export { findProxies, findServices, installServices } from './services/findServices.mjs';
export { startLrtProcess } from './services/startLrtProcess.ts';
export { startNginx } from './services/startNginx.ts';
export { startPgbouncer } from './services/startPgbouncer.ts';
export { startServices } from './services/startServices.ts';
