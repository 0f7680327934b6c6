// Reads the answers of `/trace` and `/related`. The types are those of the contract.
import { z } from 'zod';
import type { NetworkRelations, NetworkTrace } from '../../src/contract/index.ts';

const position = z.tuple([z.number(), z.number()], z.number());
const path = z.array(z.array(position));
const place = z.object({
  urn: z.string(),
  table: z.string(),
  name: z.string().exactOptional(),
  position: position.exactOptional(),
});
const linePlace = place.omit({ position: true });
const pin = z.object({ side: z.enum(['in', 'out']), pin: z.number() });
const peer = place.extend(pin.shape);

const equipment = place.extend({
  kind: z.literal('equipment'),
  at: place.exactOptional(),
  enters: pin.exactOptional(),
  leaves: pin.exactOptional(),
  lossDb: z.number().exactOptional(),
});
const cableStep = linePlace.extend({
  kind: z.literal('cable'),
  cableKind: z.string().exactOptional(),
  fibre: z.number(),
  fibreCount: z.number().exactOptional(),
  segments: z.array(z.string()),
  lengthMetres: z.number(),
  path,
});
const joint = z.object({
  kind: z.literal('joint'),
  urn: z.string(),
  splice: z.boolean(),
  at: place.exactOptional(),
  lossDb: z.number().exactOptional(),
});

export const traceSchema: z.ZodType<NetworkTrace> = z.object({
  urn: z.string(),
  design: z.string().nullable(),
  lines: z.array(
    z.object({
      address: place.exactOptional(),
      steps: z.array(z.discriminatedUnion('kind', [equipment, cableStep, joint])),
      ends: z.enum(['feed', 'splitter', 'open', 'loop', 'limit']),
      lengthMetres: z.number(),
      lossDb: z.number().exactOptional(),
    }),
  ),
  truncated: z.boolean(),
});

const cableUse = linePlace.extend({
  cableKind: z.string().exactOptional(),
  fibreCount: z.number(),
  fibresUsed: z.number(),
  lengthMetres: z.number(),
  slackMetres: z.number().exactOptional(),
});

export const relationsSchema: z.ZodType<NetworkRelations> = z.object({
  urn: z.string(),
  design: z.string().nullable(),
  housedIn: z.array(place),
  houses: z.array(place.extend({ housing: z.string() })),
  ports: z.array(
    pin.extend({
      peer: peer.exactOptional(),
      end: place.exactOptional(),
      address: place.exactOptional(),
      lengthMetres: z.number().exactOptional(),
    }),
  ),
  cables: z.array(cableUse),
  routes: z.array(
    z.object({
      urn: z.string(),
      table: z.string(),
      kind: z.string().exactOptional(),
      lengthMetres: z.number(),
      to: place.exactOptional(),
    }),
  ),
  cable: cableUse
    .extend({
      path,
      segments: z.array(
        z.object({ urn: z.string(), route: z.string().exactOptional(), lengthMetres: z.number() }),
      ),
      from: place.exactOptional(),
      to: place.exactOptional(),
      fibres: z.array(
        z.object({
          fibre: z.number(),
          joints: z.array(z.object({ at: place.exactOptional(), peer })),
        }),
      ),
    })
    .exactOptional(),
  addresses: z.array(place),
  truncated: z.boolean(),
});
