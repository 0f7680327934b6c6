import { readQuery } from '../../http/query.ts';
import { socketResponse, upgradeRequired } from '../../http/socketResponse.ts';
import { refusals } from '../../tasks/taskErrors.ts';
import { defineProtocol, type ProtocolCall } from '../Protocol.ts';
import { findTask, ReflexSocket } from './ReflexSocket.ts';
import { loadState, ReflexState } from './ReflexState.ts';
import { reflexTaskOf } from './reflexTask.ts';
import { scopeOf } from './scope.ts';

const NOT_STORED = { 'Cache-Control': 'no-store' };

/**
 * The protocol of the Reflex task monitoring template, below a path of its own: REST for the state, a WebSocket for
 * changes. It follows tasks and starts none. docs/reflex.md describes it.
 */
export const reflex = defineProtocol({
  name: 'reflex',
  routes: {
    'GET /reflex/tasks/:client_token': {},
    'GET /reflex/tasks/:client_token/:task_id': {},
    'GET /reflex/ws/tasks/:client_token': { webSocket: true },
    'GET /reflex/ws/tasks/:client_token/:task_id': { webSocket: true },
  },
  openapi: async () => (await import('./openapi.ts')).openapi,
  handlers({ engine }) {
    const scopeFor = ({ param, caller, request }: ProtocolCall) => {
      readQuery(request, []);
      return scopeOf(param('client_token'), caller);
    };
    const openSocket = async (call: ProtocolCall, taskId?: string) => {
      const scope = scopeFor(call);
      const { context } = call;
      if (!context.webSocket) return upgradeRequired();
      const advice = taskId === undefined ? undefined : 'follow all tasks of the client token with one';
      const socket = await ReflexSocket.open(engine, scope, taskId);
      return socketResponse(socket, { context, ...(advice && { advice }) });
    };
    return {
      async 'GET /reflex/tasks/:client_token'(call) {
        const state = new ReflexState();
        await loadState(state, engine, scopeFor(call));
        const headers = { 'Content-Type': 'application/json', ...NOT_STORED };
        return new Response(`{${state.json}}`, { headers });
      },

      async 'GET /reflex/tasks/:client_token/:task_id'(call) {
        const taskId = call.param('task_id');
        const task = await findTask(engine, scopeFor(call), taskId);
        if (!task) throw refusals.taskNotFound([taskId]);
        return Response.json(reflexTaskOf(task), { headers: NOT_STORED });
      },

      'GET /reflex/ws/tasks/:client_token': (call) => openSocket(call),
      'GET /reflex/ws/tasks/:client_token/:task_id': (call) => openSocket(call, call.param('task_id')),
    };
  },
});
