import { PATHS } from './openapi/paths.ts';
import { SCHEMAS } from './openapi/schemas.ts';

/** What the backend can be asked, as an OpenAPI 3.1 document. `basePath`: where it is mounted. */
export function openApiDocument(basePath: string) {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Long-running tasks',
      version: '1',
      description:
        'Start tasks that take minutes, follow them, and read the network they build. Errors are RFC 9457 problems; a method that a path does not have is 405, an unknown path 404.',
    },
    servers: [{ url: basePath || '/' }],
    security: [{ bearer: [] }],
    paths: PATHS,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: SCHEMAS,
    },
  };
}
