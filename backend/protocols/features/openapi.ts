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
import { traceOpenapi } from './traceOpenapi.ts';

const geoJson = { 'application/geo+json': { schema: schemaRef('FeatureCollection') } };

const oneFeature = { 'application/geo+json': { schema: schemaRef('StoredFeature') } };
const body = (description: string, content: Record<string, unknown>) => ({
  required: true,
  description,
  content,
});
const inPath = (name: string, description: string) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
});
const table = inPath('table', "The name of a table. 'street' is in master only");
const id = inPath('id', 'The number of the record');
const designName = inPath('name', "The design's name, without 'design/'");
const design = query('design', { type: 'string', maxLength: 200 }, "'design/NAME'; without it master");
const ifMatch = {
  name: 'If-Match',
  in: 'header',
  description: 'The ETag of the feature that is to be changed; 412 where somebody else has changed it',
  schema: { type: 'string' },
};
const changed = {
  200: answer('The feature as it is now, with its ETag', oneFeature, ['ETag']),
  ...problems(400, 404, 409, 412, 413, 415),
};

const traces = traceOpenapi([table, id, design]);

/** The features protocol in the OpenAPI document. */
export const openapi: OpenApiPart = {
  paths: {
    '/designs': {
      get: {
        summary: 'All designs',
        responses: { 200: answer('Their areas', geoJson), ...problems(400) },
      },
      post: {
        summary: 'Makes an empty design',
        requestBody: body('A Feature: the area is its geometry, the name is properties.name', oneFeature),
        responses: {
          201: answer('The design; Location leads to it', oneFeature, ['Location']),
          ...problems(400, 409, 413, 415),
        },
      },
    },
    '/designs/{name}': {
      get: {
        summary: 'A design',
        parameters: [designName],
        responses: { 200: answer('Its area', oneFeature), ...problems(400, 404) },
      },
      delete: {
        summary: 'Drops a design, with all that was planned in it',
        parameters: [designName],
        responses: { 204: { description: 'It is gone' }, ...problems(400, 404) },
      },
    },
    '/designs/{name}/post': {
      post: {
        summary: 'Merges a design into master. The design is gone afterwards',
        parameters: [designName],
        requestBody: {
          description:
            'Without a body nothing is posted where master has changed a record since the design did: 409',
          content: {
            'application/json': {
              schema: objectOf([], {
                prefer: { enum: ['design', 'master'], description: 'Whose version of such a record stays' },
              }),
            },
          },
        },
        responses: {
          200: answer('So many records were added, changed and deleted', {
            'application/json': { schema: schemaRef('PostedDesign') },
          }),
          ...problems(400, 404, 409, 413, 415),
        },
      },
    },
    '/features/{table}': {
      post: {
        summary: 'Adds a feature, or all of a FeatureCollection',
        description:
          'All features of a collection are stored, or none: `errors` then names each that is refused.',
        parameters: [table, design],
        requestBody: body('A Feature or a FeatureCollection. Ids in it count for nothing', {
          'application/geo+json': { schema: { type: 'object' } },
        }),
        responses: {
          201: answer(
            'The feature; Location leads to it. Of a collection the ids, in order',
            {
              ...oneFeature,
              'application/json': { schema: objectOf(['ids'], { ids: arrayOf({ type: 'string' }) }) },
            },
            ['Location', 'ETag'],
          ),
          ...problems(400, 404, 409, 413, 415),
        },
      },
    },
    '/features/{table}/{id}': {
      get: {
        summary: 'A feature',
        parameters: [table, id, design],
        responses: { 200: answer('The feature, with its ETag', oneFeature, ['ETag']), ...problems(400, 404) },
      },
      put: {
        summary: 'Replaces a feature',
        parameters: [table, id, design, ifMatch],
        requestBody: body('A Feature', oneFeature),
        responses: changed,
      },
      patch: {
        summary: 'Changes a feature',
        parameters: [table, id, design, ifMatch],
        requestBody: body('A JSON merge patch: null removes a property', {
          'application/merge-patch+json': { schema: { type: 'object' } },
        }),
        responses: changed,
      },
      delete: {
        summary: 'Removes a feature',
        parameters: [table, id, design, ifMatch],
        responses: { 204: { description: 'It is gone' }, ...problems(400, 404, 409, 412) },
      },
    },
    ...traces.paths,
    '/features': {
      get: {
        summary: 'What is stored, for maps',
        parameters: [
          query(
            'bbox',
            { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 4 },
            'West, south, east, north in degrees of WGS 84. West may be greater than east: over the antimeridian',
          ),
          query(
            'design',
            { type: 'string', maxLength: 200 },
            "'design/NAME'; without it what is in master only",
          ),
          query(
            'task',
            { type: 'string', maxLength: 200 },
            'The id of a task: only the records that it has inserted, as they are now, in its design, or in master once that was posted. Not together with design. 404 where the caller may not see the task',
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
    ...traces.schemas,
    StoredFeature: {
      description: 'A Feature that may be without a geometry',
      ...objectOf(['type', 'id', 'geometry', 'properties'], {
        type: { const: 'Feature' },
        id: { type: 'string' },
        geometry: { oneOf: [schemaRef('Geometry'), { type: 'null' }] },
        properties: { type: 'object' },
      }),
    },
    PostedDesign: objectOf(['added', 'changed', 'deleted'], {
      added: { type: 'integer' },
      changed: { type: 'integer' },
      deleted: { type: 'integer' },
    }),
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
