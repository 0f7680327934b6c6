// The OpenAPI document of a backend, put together from what its protocols say, and the pieces that they share.
import { PROBLEM_TYPE_PREFIX } from '../../src/contract/index.ts';

/** A JSON Schema (2020-12). */
export type Schema = Record<string, unknown>;

/** The part of the OpenAPI document that a protocol contributes. */
export interface OpenApiPart {
  /** Operations by path, then by method in lower case: `{ '/tasks/{id}': { get: { ... } } }`. */
  paths: Record<string, Record<string, unknown>>;
  /** Schemas by name, for `schemaRef`. Those of `SHARED_SCHEMAS` are always there. */
  schemas?: Record<string, Schema>;
}

/** The OpenAPI 3.1 document of a backend. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  security: Record<string, string[]>[];
  paths: OpenApiPart['paths'];
  components: { securitySchemes: Record<string, Schema>; schemas: Record<string, Schema> };
}

/**
 * Puts the document together. `basePath` is where the backend is mounted. Throws a TypeError where two parts define
 * different schemas of one name.
 */
export function openApiDocument(parts: readonly OpenApiPart[], basePath: string): OpenApiDocument {
  const schemas: Record<string, Schema> = { ...SHARED_SCHEMAS };
  const paths: OpenApiPart['paths'] = {};
  for (const part of [DOCUMENT_PART, ...parts]) {
    for (const [path, operations] of Object.entries(part.paths)) {
      paths[path] = { ...paths[path], ...operations };
    }
    for (const [name, schema] of Object.entries(part.schemas ?? {})) {
      if (schemas[name] && schemas[name] !== schema) {
        throw new TypeError(
          `Two protocols define the schema "${name}"; put the name of the protocol before it`,
        );
      }
      schemas[name] = schema;
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Long-running tasks',
      version: '1',
      description:
        'Start tasks that take minutes, follow them, and read the network they build. Errors are RFC 9457 problems. ' +
        'A method that a path does not have is 405, an unknown path is 404.',
    },
    servers: [{ url: basePath || '/' }],
    security: [{ bearer: [] }],
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } }, schemas },
  };
}

const text: Schema = { type: 'string' };

/** A reference to a schema of the document. */
export function schemaRef(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

export function arrayOf(items: Schema): Schema {
  return { type: 'array', items };
}

/** The schema of an object. Answers may have more properties than those named. */
export function objectOf(required: string[], properties: Record<string, Schema>): Schema {
  return { type: 'object', required, properties };
}

/** Schemas that every document has. */
const SHARED_SCHEMAS: Record<string, Schema> = {
  ParameterProblem: objectOf(['parameter', 'code', 'message'], {
    parameter: { type: 'string', description: 'Dots join the names of a nested parameter' },
    code: { type: 'string', description: "Stable: 'missing', 'unknown', 'wrong-type', 'out-of-range', ..." },
    message: text,
    expected: text,
  }),
  Problem: {
    description: 'RFC 9457',
    ...objectOf(['type', 'title', 'status', 'detail'], {
      type: { type: 'string', pattern: `^${PROBLEM_TYPE_PREFIX}[a-zA-Z0-9_.:-]+$` },
      title: text,
      status: { type: 'integer', minimum: 400, maximum: 599 },
      detail: { type: 'string', description: 'What was wrong, where, and the fix' },
      errors: arrayOf(schemaRef('ParameterProblem')),
      details: { type: 'object' },
    }),
  },
};

/** Longitude, latitude in degrees, WGS 84. */
const position: Schema = { type: 'array', minItems: 2, items: { type: 'number' } };
const geometry = (type: string, coordinates: Schema): Schema =>
  objectOf(['type', 'coordinates'], { type: { const: type }, coordinates });

/** `Geometry` and `Feature` (RFC 7946), for a protocol that sends them. */
export const GEOJSON_SCHEMAS: Record<string, Schema> = {
  Geometry: {
    oneOf: [
      geometry('Point', position),
      geometry('LineString', arrayOf(position)),
      geometry('Polygon', arrayOf(arrayOf(position))),
    ],
  },
  Feature: objectOf(['type', 'id', 'geometry', 'properties'], {
    type: { const: 'Feature' },
    id: { type: 'string', description: "'table/number', the record it shows" },
    geometry: schemaRef('Geometry'),
    properties: objectOf(['table'], { table: text, name: text }),
  }),
};

const PROBLEMS = {
  400: 'The request, or a parameter of the task, is wrong; `errors` names each',
  401: 'The request has no valid credentials',
  403: 'The caller may not do this',
  404: 'There is nothing, or it belongs to another owner',
  409: 'The state of the task, or of the design, does not allow this',
  412: 'The record is not what If-Match names',
  413: 'The body has more than 1 MB',
  415: 'The body is not JSON, by its Content-Type',
  426: 'There is a WebSocket at this address',
  429: 'One owner has made too many requests, or has too many event streams open; Retry-After says when to try again',
  500: 'An unexpected error on the server',
  503: 'The server shuts down, or a service that it depends on does not answer',
};
export type ProblemStatus = keyof typeof PROBLEMS;

/** The error responses of an operation. Those that any request may get are added. */
export function problemResponses(...statuses: ProblemStatus[]): Record<string, unknown> {
  const sorted = [...new Set<ProblemStatus>([...statuses, 401, 403, 429, 500, 503])].sort((a, b) => a - b);
  return Object.fromEntries(
    sorted.map((status) => [
      status,
      {
        description: PROBLEMS[status],
        content: { 'application/problem+json': { schema: schemaRef('Problem') } },
        ...(status === 401 && { headers: { 'WWW-Authenticate': { schema: text } } }),
        ...(status === 429 && { headers: { 'Retry-After': { schema: { type: 'integer', minimum: 1 } } } }),
      },
    ]),
  );
}

type Content = Record<string, { schema: Schema }>;

/** The content of a body: `jsonContent('Task')` for a named schema. */
export function jsonContent(name: string): Content {
  return { 'application/json': { schema: schemaRef(name) } };
}

/** A successful response, with the names of the headers that matter. */
export function answer(
  description: string,
  content: Content,
  headers: string[] = [],
): Record<string, unknown> {
  return {
    description,
    content,
    ...(headers.length > 0 && {
      headers: Object.fromEntries(headers.map((name) => [name, { schema: text }])),
    }),
  };
}

/** An optional query parameter. */
export function query(name: string, schema: Schema, description: string): Record<string, unknown> {
  return { name, in: 'query', required: false, schema, description, explode: false };
}

/** The path that serves the document itself. */
const DOCUMENT_PART: OpenApiPart = {
  paths: {
    '/openapi.json': {
      get: {
        summary: 'This document',
        security: [],
        responses: {
          200: answer('OpenAPI 3.1', {
            'application/vnd.oai.openapi+json;version=3.1': { schema: { type: 'object' } },
          }),
          ...problemResponses(),
        },
      },
    },
  },
};
