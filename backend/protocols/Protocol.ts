import type { Spool } from '../handover/sqlite/Spool.ts';
import type { BackendContext } from '../http/context.ts';
import type { EventFormat } from '../http/EventFormat.ts';
import type { OpenApiPart } from '../http/openapi.ts';
import type { NetworkStore } from '../network/NetworkStore.ts';
import type { ScheduleList } from '../tasks/ScheduleList.ts';
import type { Caller, TaskEngine } from '../tasks/TaskEngine.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A method and a path: 'GET /tasks/:id'. ':id' is one segment. HEAD goes with GET. */
export type RouteKey = `${Method} /${string}`;

/** Hosts, rate limits, metrics and fault scenarios need to know this about a route. */
export interface RouteTraits {
  /** The request starts a task. The rate limit for new tasks counts it. */
  startsTask?: true;
  /** The response is an event stream of this format. */
  events?: EventFormat;
  /** A client that asks for a WebSocket gets one here: the handler answers with a `socketResponse`. */
  webSocket?: true;
}

/** The parts of a backend that its protocols use. */
export interface ProtocolParts {
  engine: TaskEngine;
  /** Absent in a backend without a network. */
  store?: NetworkStore | undefined;
  /** Absent where the host runs no schedules. */
  schedules?: ScheduleList | undefined;
  /** The permission that a caller needs to change the network. Undefined: everyone may. */
  editPermission?: string | undefined;
  /** Opens a place for a file that is made before it is sent. Undefined: in memory. */
  openSpool?: (() => Spool) | undefined;
  /** The path under which the backend is mounted: '' or '/api'. A `Location` header begins with it. */
  basePath: string;
}

/** One authenticated request for a route. */
export interface ProtocolCall {
  readonly request: Request;
  readonly caller: Caller;
  readonly context: BackendContext;
  /** A segment of the path, decoded: `param('id')` for '/tasks/:id'. Throws a TypeError where the path has none. */
  param(name: string): string;
}

/** Answers a request. A TaskRefusal that it throws becomes `application/problem+json`; any other error becomes 500. */
export type Handler = (call: ProtocolCall) => Response | Promise<Response>;

/**
 * One protocol of the backend as one value. backend/protocols/index.ts lists them. Hosts, rate limits, metrics, the
 * OpenAPI document and the fault scenarios read this value, so none of them knows a path or a frame.
 */
export interface Protocol {
  /** 'lrt'. Unique among the protocols of a backend. */
  readonly name: string;
  /** Every route. The order is free: a literal segment wins over a ':parameter'. */
  readonly routes: Readonly<Record<RouteKey, RouteTraits>>;
  /** A handler for each route, or undefined where the parts do not suffice: then the protocol is absent. */
  handlers(parts: ProtocolParts): Readonly<Record<RouteKey, Handler>> | undefined;
  /** Describes every route, '{id}' for ':id'. It is loaded on demand, because most backends are never asked for it. */
  openapi(): Promise<OpenApiPart>;
}

/**
 * Checks, in types alone, that each route of a protocol has a handler.
 *
 * @example
 * const health = defineProtocol({
 *   name: 'health',
 *   routes: { 'GET /health': {} },
 *   handlers: () => ({ 'GET /health': () => Response.json({ ok: true }) }),
 *   openapi: async () => ({ paths: { '/health': { get: { responses: { 200: { description: 'It works' } } } } } }),
 * });
 */
export function defineProtocol<Key extends RouteKey>(protocol: {
  name: string;
  routes: Readonly<Record<Key, RouteTraits>>;
  handlers(parts: ProtocolParts): Readonly<Record<Key, Handler>> | undefined;
  openapi(): Promise<OpenApiPart>;
}): Protocol {
  return protocol;
}
