import {
  answer,
  arrayOf,
  GEOJSON_SCHEMAS,
  type OpenApiPart,
  objectOf,
  problemResponses as problems,
  query,
  schemaRef,
} from '../../http/openapi.ts';
import { STREET, TABLES } from '../../network/tables.ts';

const geoJson = { 'application/geo+json': { schema: schemaRef('FeatureCollection') } };

/** The features protocol in the OpenAPI document. */
export const openapi: OpenApiPart = {
  paths: {
    '/designs': {
      get: {
        summary: 'All designs',
        responses: { 200: answer('Their areas', geoJson), ...problems(400) },
      },
    },
    '/features': {
      get: {
        summary: 'What is stored, for maps',
        parameters: [
          query(
            'bbox',
            { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 4 },
            'West, south, east, north in degrees of WGS 84',
          ),
          query(
            'design',
            { type: 'string', maxLength: 200 },
            "'design/NAME'; without it what is in master only",
          ),
          query(
            'tables',
            { type: 'array', items: { type: 'string', examples: [...TABLES, STREET] } },
            "Names of tables. Default: all, a server's own included",
          ),
          query(
            'limit',
            { type: 'integer', minimum: 1 },
            'Features on a page; default 10,000, at most 50,000',
          ),
          query('after', { type: 'string', maxLength: 200 }, 'As the "next" link has it'),
        ],
        responses: { 200: answer('One page; the link "next" leads on', geoJson), ...problems(400, 404) },
      },
    },
  },
  schemas: {
    ...GEOJSON_SCHEMAS,
    FeatureCollection: objectOf(['type', 'timeStamp', 'numberReturned', 'features', 'links'], {
      type: { const: 'FeatureCollection' },
      timeStamp: { type: 'string', format: 'date-time' },
      numberReturned: { type: 'integer', minimum: 0 },
      features: arrayOf(schemaRef('Feature')),
      links: arrayOf(
        objectOf(['rel', 'type', 'href'], {
          rel: { enum: ['self', 'next'] },
          type: { type: 'string' },
          href: { type: 'string', description: 'Path and query; "next" is absent on the last page' },
        }),
      ),
    }),
  },
};
