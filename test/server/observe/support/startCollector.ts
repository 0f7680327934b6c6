import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const attributes = z.array(
  z.object({ key: z.string(), value: z.looseObject({ stringValue: z.string().optional() }) }),
);
const batch = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              name: z.string(),
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              kind: z.number(),
              startTimeUnixNano: z.string(),
              endTimeUnixNano: z.string(),
              attributes,
              status: z.looseObject({ code: z.number(), message: z.string().optional() }),
            }),
          ),
        }),
      ),
    }),
  ),
});

export interface CollectedSpan {
  service: string;
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  /** 1 internal, 2 server, 5 consumer */
  kind: number;
  milliseconds: number;
  attributes: Record<string, unknown>;
  /** 2: error */
  status: { code: number; message?: string | undefined };
}

export interface Collector {
  /** http://127.0.0.1:PORT */
  url: string;
  /** What came to /v1/traces, of whatever process. */
  spans: CollectedSpan[];
  /** Answers from now on with this status, and takes nothing; 0: does not answer at all. */
  refuse(status: number): void;
  requests(): number;
  close(): Promise<void>;
}

/** Takes spans as an OpenTelemetry collector does: OTLP over HTTP, JSON. */
export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  let refusal: number | undefined;
  let requests = 0;
  const server = createServer(async (request, response) => {
    requests += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (refusal === 0) return;
    if (refusal !== undefined) {
      response.writeHead(refusal).end();
      return;
    }
    if (request.url !== '/v1/traces') {
      response.writeHead(404).end();
      return;
    }
    for (const { resource, scopeSpans } of batch.parse(JSON.parse(Buffer.concat(chunks).toString()))
      .resourceSpans) {
      const service = String(valuesOf(resource.attributes)['service.name']);
      for (const { startTimeUnixNano, endTimeUnixNano, ...span } of scopeSpans.flatMap(
        (scope) => scope.spans,
      )) {
        const milliseconds = Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1e6;
        const { parentSpanId } = span;
        spans.push({ ...span, service, parentSpanId, milliseconds, attributes: valuesOf(span.attributes) });
      }
    }
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    refuse: (status) => {
      refusal = status;
    },
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function valuesOf(list: z.infer<typeof attributes>): Record<string, unknown> {
  return Object.fromEntries(list.map(({ key, value }) => [key, Object.values(value)[0]]));
}
