// Serves the methods over HTTP: `npm start`.
import { serveService } from 'lrt-server/service';
import { methods } from './methods.ts';

const { url } = await serveService({ methods });
console.log(`The service is at ${url}`);
