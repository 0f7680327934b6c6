import type { OpenApiPart } from '../../http/openapi.ts';
import { PATHS } from './openapi/paths.ts';
import { SCHEMAS } from './openapi/schemas.ts';

/** The LRT protocol in the OpenAPI document. */
export const openapi: OpenApiPart = { paths: PATHS, schemas: SCHEMAS };
