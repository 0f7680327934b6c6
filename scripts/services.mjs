// Redis and PostgreSQL with PostGIS for tests, benches and `npm run start:server`.
export { findProxies, findServices, installServices } from './services/findServices.mjs';
export { startLrtProcess } from './services/startLrtProcess.ts';
export { startPgbouncer } from './services/startPgbouncer.ts';
export { startServices } from './services/startServices.ts';
