import { CSV_SEPARATORS, HANDOVER_FORMATS, HANDOVER_REPORTS } from '../../../src/contract/index.ts';
import { answer, type OpenApiPart, problemResponses, query } from '../../http/openapi.ts';

const bytes = { schema: { type: 'string', format: 'binary' } };

const inPath = (name: string, description: string) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
});

const read = (summary: string, nothing: string, parameter: object) => ({
  get: {
    summary,
    description: `The answer is a stream of any length. ${nothing}`,
    parameters: [
      parameter,
      {
        ...query(
          'format',
          { enum: HANDOVER_FORMATS },
          "'geojson': all records. 'gpkg': a GeoPackage with a layer for each table. 'csv': a report",
        ),
        required: true,
      },
      query(
        'report',
        { enum: HANDOVER_REPORTS },
        "With 'csv'. 'addresses': each with its pole, splitter, port, cable, length and budget. 'bill': the bill of materials. 'splices': each splice and port in use",
      ),
      query(
        'bom',
        { type: 'boolean' },
        "With 'csv': begins with a byte order mark for spreadsheets; default true",
      ),
      query(
        'separator',
        { enum: CSV_SEPARATORS },
        "With 'csv': 'semicolon' also writes decimals with a comma, as spreadsheets in many countries read them; default 'comma'",
      ),
    ],
    responses: {
      200: answer(
        'The file',
        {
          'application/geo+json': { schema: { type: 'object' } },
          'application/geopackage+sqlite3': bytes,
          'text/csv; charset=utf-8': bytes,
        },
        ['Content-Disposition'],
      ),
      ...problemResponses(400, 404, 409),
    },
  },
});

/** The handover protocol in the OpenAPI document. */
export const openapi: OpenApiPart = {
  paths: {
    '/tasks/{id}/export': read(
      'What a task has built, as a file',
      '409 while the task runs, and where nothing of what it built is left: the message says why',
      inPath('id', 'The id of the task'),
    ),
    '/designs/{name}/export': read(
      'What a design adds and changes, as a file',
      '409 where the design is empty',
      inPath('name', "The design's name, without 'design/'"),
    ),
  },
};
