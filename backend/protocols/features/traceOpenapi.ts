import {
  answer,
  arrayOf,
  type OpenApiPart,
  objectOf,
  problemResponses as problems,
  type Schema,
  schemaRef,
} from '../../http/openapi.ts';

const text = { type: 'string' };
const metres = { type: 'number', minimum: 0 };
const flag = { type: 'boolean' };
const count = { type: 'integer', minimum: 0 };
const side = { enum: ['in', 'out'] };
const pinNumber = { type: 'integer' };
const place = schemaRef('NetworkPlace');
const pin = schemaRef('TracePin');
const path = arrayOf(schemaRef('TracePath'));
const design = { type: ['string', 'null'], description: "'design/NAME'; null: master" };
const loss = { type: 'number', description: 'dB, as the record has it' };

const PLACE = { urn: text, table: text, name: text, position: schemaRef('TracePosition') };
const CABLE = {
  urn: text,
  table: text,
  name: text,
  cableKind: { type: 'string', description: "'feeder', 'distribution' or 'drop', where the record says it" },
};
const CABLE_USE = {
  ...CABLE,
  fibreCount: count,
  fibresUsed: count,
  lengthMetres: metres,
  slackMetres: metres,
};
const USE_FIELDS = ['urn', 'table', 'fibreCount', 'fibresUsed', 'lengthMetres'];

const schemas: Record<string, Schema> = {
  TracePosition: { type: 'array', items: { type: 'number' }, minItems: 2 },
  TracePath: arrayOf(schemaRef('TracePosition')),
  NetworkPlace: objectOf(['urn', 'table'], PLACE),
  TracePin: objectOf(['side', 'pin'], { side, pin: pinNumber }),
  TraceStep: {
    oneOf: [
      objectOf(['kind', 'urn', 'table'], {
        kind: { const: 'equipment' },
        ...PLACE,
        at: place,
        enters: pin,
        leaves: pin,
        lossDb: loss,
      }),
      objectOf(['kind', 'urn', 'table', 'fibre', 'segments', 'lengthMetres', 'path'], {
        kind: { const: 'cable' },
        ...CABLE,
        fibre: pinNumber,
        fibreCount: count,
        segments: arrayOf(text),
        lengthMetres: metres,
        path,
      }),
      objectOf(['kind', 'urn', 'splice'], {
        kind: { const: 'joint' },
        urn: text,
        splice: { ...flag, description: 'It joins two cables' },
        at: place,
        lossDb: loss,
      }),
    ],
  },
  TraceLine: objectOf(['steps', 'ends', 'lengthMetres'], {
    address: place,
    steps: arrayOf(schemaRef('TraceStep')),
    ends: {
      enum: ['feed', 'splitter', 'open', 'loop', 'limit'],
      description: "Where the line ends; 'splitter': at one whose input has no fibre yet",
    },
    lengthMetres: metres,
    lossDb: loss,
  }),
  NetworkTrace: objectOf(['urn', 'design', 'lines', 'truncated'], {
    urn: text,
    design,
    lines: arrayOf(schemaRef('TraceLine')),
    truncated: flag,
  }),
  PortPeer: objectOf(['urn', 'table', 'side', 'pin'], { ...PLACE, side, pin: pinNumber }),
  PortUse: objectOf(['side', 'pin'], {
    side,
    pin: pinNumber,
    peer: schemaRef('PortPeer'),
    end: place,
    address: place,
    lengthMetres: metres,
  }),
  CableUse: objectOf(USE_FIELDS, CABLE_USE),
  CableDetails: objectOf([...USE_FIELDS, 'path', 'segments', 'fibres'], {
    ...CABLE_USE,
    path,
    segments: arrayOf(objectOf(['urn', 'lengthMetres'], { urn: text, route: text, lengthMetres: metres })),
    from: place,
    to: place,
    fibres: arrayOf(
      objectOf(['fibre', 'joints'], {
        fibre: pinNumber,
        joints: arrayOf(objectOf(['peer'], { at: place, peer: schemaRef('PortPeer') })),
      }),
    ),
  }),
  NetworkRelations: objectOf(
    ['urn', 'design', 'housedIn', 'houses', 'ports', 'cables', 'routes', 'addresses', 'truncated'],
    {
      urn: text,
      design,
      housedIn: arrayOf(place),
      houses: arrayOf(objectOf(['urn', 'table', 'housing'], { ...PLACE, housing: text })),
      ports: arrayOf(schemaRef('PortUse')),
      cables: arrayOf(schemaRef('CableUse')),
      routes: arrayOf(
        objectOf(['urn', 'table', 'lengthMetres'], {
          urn: text,
          table: text,
          kind: text,
          lengthMetres: metres,
          to: place,
        }),
      ),
      cable: schemaRef('CableDetails'),
      addresses: arrayOf(place),
      truncated: flag,
    },
  ),
};

/** The part of the document about where fibres go. `parameters`: table, id and design. */
export function traceOpenapi(parameters: readonly Schema[]): OpenApiPart {
  const read = (summary: string, description: string, schema: string) => ({
    get: {
      summary,
      parameters,
      responses: {
        200: answer(description, { 'application/json': { schema: schemaRef(schema) } }),
        ...problems(400, 404),
      },
    },
  });
  return {
    paths: {
      '/features/{table}/{id}/trace': read(
        'The lines of an address, a wall box, an ONT, a terminal or a splitter, each to the feed',
        'From the records alone. Other features have no lines',
        'NetworkTrace',
      ),
      '/features/{table}/{id}/related': read(
        'What a feature is connected to',
        'What it is in, what is in it, its ports and who is on them, its cables and fibres, its routes',
        'NetworkRelations',
      ),
    },
    schemas,
  };
}
