import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import { openApiDocument } from '../../../backend/http/openapi.ts';
import { PROTOCOLS } from '../../../backend/protocols/index.ts';
import type { Protocol } from '../../../backend/protocols/Protocol.ts';

interface Operation {
  responses: Record<string, { content?: Record<string, object> } | undefined>;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Holds answers of the backend against its OpenAPI document. */
export async function openApiChecker(basePath = '', protocols: readonly Protocol[] = PROTOCOLS) {
  const parts = await Promise.all(protocols.map((protocol) => protocol.openapi()));
  const document = openApiDocument(parts, basePath);
  const ajv = new Ajv2020({ allErrors: true, strict: false, formats: { 'date-time': true } });
  ajv.addSchema(document, 'openapi');
  const paths = Object.entries(document.paths) as [string, Record<string, Operation | undefined>][];
  const patterns = paths.map(([path, operations]) => ({
    path,
    operations,
    pattern: new RegExp(`^${basePath}${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  }));

  function validatorAt(...pointer: string[]): ValidateFunction {
    const escaped = pointer.map((part) =>
      encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')),
    );
    const validate = ajv.getSchema(`openapi#/${escaped.join('/')}`);
    if (!validate) throw new Error(`No schema at ${pointer.join(' / ')}`);
    return validate as ValidateFunction;
  }

  function conforms(value: unknown, ...pointer: string[]): void {
    const validate = validatorAt(...pointer);
    validate(value);
    expect(validate.errors ?? [], `${pointer.join(' / ')}: ${JSON.stringify(value)?.slice(0, 500)}`).toEqual(
      [],
    );
  }

  return {
    document,
    /** Fails where a status, a type or a body is not in the document. Leaves the body to be read. */
    async check(request: { method: string; url: string }, response: Response): Promise<void> {
      const { pathname } = new URL(request.url);
      const { status } = response;
      const type = response.headers.get('content-type')?.toLowerCase();
      const method = request.method.toLowerCase();
      const asked = `${request.method} ${request.url.slice(0, 300)} answered ${status}`;
      if (status >= 400) {
        expect(type, asked).toBe('application/problem+json');
        if (method !== 'head') conforms(await response.clone().json(), 'components', 'schemas', 'Problem');
      }
      const found = patterns.find(({ pattern }) => pattern.test(pathname));
      // Who is asked for before what there is.
      if (status === 401) return;
      if (!found) {
        expect(status, asked).toBe(404);
        return;
      }
      const name = method === 'head' ? 'get' : method;
      const operation = METHODS.includes(name) ? found.operations[name] : undefined;
      if (!operation) {
        expect(status, asked).toBe(405);
        expect(response.headers.get('allow')?.toLowerCase().split(', ').sort()).toEqual(
          Object.keys(found.operations).sort(),
        );
        return;
      }
      const documented = operation.responses[status];
      expect(Object.keys(operation.responses), asked).toContain(String(status));
      const content = Object.keys(documented?.content ?? {});
      if (content.length === 0) expect(response.body, asked).toBeNull();
      else expect(content, asked).toContain(type);
      if (!type?.includes('json') || method === 'head') return;
      const pointer = ['paths', found.path, name, 'responses', String(status), 'content', type, 'schema'];
      conforms(await response.clone().json(), ...pointer);
    },
    checkEvent(data: unknown): void {
      conforms(data, 'components', 'schemas', 'TaskEvent');
    },
  };
}
