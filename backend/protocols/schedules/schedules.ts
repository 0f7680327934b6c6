import { readQuery } from '../../http/query.ts';
import { defineProtocol } from '../Protocol.ts';

/** The schedules protocol lists the tasks that start by themselves. It is absent where the host runs no schedules. */
export const schedules = defineProtocol({
  name: 'schedules',
  routes: { 'GET /schedules': {} },
  openapi: async () => (await import('./openapi.ts')).openapi,
  handlers: ({ schedules: list }) =>
    list && {
      'GET /schedules'({ request, caller }) {
        readQuery(request, []);
        return Response.json(
          { schedules: list.schedules(caller) },
          { headers: { 'Cache-Control': 'no-store' } },
        );
      },
    },
});
