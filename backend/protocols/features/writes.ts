import type { Geometry } from '../../../src/contract/index.ts';
import { TaskRefusal } from '../../common/TaskRefusal.ts';
import { parseText } from '../../http/fields.ts';
import { fieldProblem, invalidRequest } from '../../http/problem.ts';
import { readQuery } from '../../http/query.ts';
import { readJsonObject } from '../../http/requestBody.ts';
import type { NetworkRecord, NetworkStore, NetworkTable } from '../../network/NetworkStore.ts';
import type { TableDefinition } from '../../network/tables.ts';
import type { Caller } from '../../tasks/TaskEngine.ts';
import type { Handler, ProtocolCall, ProtocolParts } from '../Protocol.ts';
import { entityTag, refuseOtherTag } from './entityTag.ts';
import { mergePatch } from './mergePatch.ts';
import {
  type FeaturePlace,
  parseFeature,
  parseFeatures,
  refuseOtherReferenceSystem,
} from './parseFeature.ts';

// Reads, adds, changes and removes single features, and designs: OGC API - Features, part 4, on the paths of part 1 here.

const NOT_STORED = { 'Cache-Control': 'no-store' };
const GEOJSON = { ...NOT_STORED, 'Content-Type': 'application/geo+json' };

type WriteRoute =
  | 'GET /features/:table/:id'
  | 'POST /features/:table'
  | 'PUT /features/:table/:id'
  | 'PATCH /features/:table/:id'
  | 'DELETE /features/:table/:id'
  | 'GET /designs/:name'
  | 'POST /designs'
  | 'POST /designs/:name/post'
  | 'DELETE /designs/:name';

export function writeHandlers(
  { basePath, editPermission }: ProtocolParts,
  store: NetworkStore,
): Record<WriteRoute, Handler> {
  const guard = ({ caller }: ProtocolCall) => refuseReader(caller, editPermission);

  /** Replaces a record by what `next` makes of it. */
  const replace = async (
    call: ProtocolCall,
    next: (record: NetworkRecord, place: FeaturePlace) => ReturnType<typeof parseFeature>,
  ): Promise<Response> => {
    const { table, design } = placeOf(call, store);
    const ifMatch = call.request.headers.get('If-Match');
    const changed = await inTable(store, table, design, async (records) => {
      const record = await found(records, table, call.param('id'), design);
      refuseOtherTag(ifMatch, record);
      const { geometry = null, properties } = next(record, { table, design, urn: record.urn });
      const removed = Object.keys(record.properties).map((name) => [name, undefined] as const);
      return records.update(record.id, {
        geometry,
        properties: { ...Object.fromEntries(removed), ...properties },
      });
    });
    return featureResponse(changed);
  };

  return {
    async 'GET /features/:table/:id'(call) {
      const { table, design } = placeOf(call, store);
      return featureResponse(
        await inTable(store, table, design, (records) => found(records, table, call.param('id'), design)),
      );
    },

    async 'POST /features/:table'(call) {
      guard(call);
      const { table, design } = placeOf(call, store);
      const body = await readGeoJson(call.request);
      const isBulk = body.type === 'FeatureCollection';
      const drafts = isBulk
        ? parseFeatures(body.features, { table, design })
        : [parseFeature(body, { table, design })];
      const made = await inTable(store, table, design, async (records) => {
        const inserted: NetworkRecord[] = [];
        for (const draft of drafts) inserted.push(await records.insert(draft));
        return inserted;
      });
      const [first] = made;
      if (isBulk || !first) {
        return Response.json({ ids: made.map(({ urn }) => urn) }, { status: 201, headers: NOT_STORED });
      }
      const query = design === null ? '' : `?design=${encodeURIComponent(design)}`;
      return featureResponse(first, 201, { Location: `${basePath}/features/${first.urn}${query}` });
    },

    async 'PUT /features/:table/:id'(call) {
      guard(call);
      const body = await readGeoJson(call.request);
      return replace(call, (_, place) => parseFeature(body, place));
    },

    async 'PATCH /features/:table/:id'(call) {
      guard(call);
      const patch = Object.fromEntries(await readJsonObject(call.request));
      return replace(call, (record, place) => {
        const { urn: id, geometry, properties } = record;
        const patched = mergePatch({ type: 'Feature', id, geometry, properties }, patch);
        return parseFeature({ geometry: null, ...Object(patched) }, place);
      });
    },

    async 'DELETE /features/:table/:id'(call) {
      guard(call);
      const { table, design } = placeOf(call, store);
      const ifMatch = call.request.headers.get('If-Match');
      await inTable(store, table, design, async (records) => {
        const record = await found(records, table, call.param('id'), design);
        refuseOtherTag(ifMatch, record);
        await records.delete(record.id);
      });
      return new Response(null, { status: 204, headers: NOT_STORED });
    },

    async 'GET /designs/:name'({ request, param }) {
      readQuery(request, []);
      const name = param('name');
      const design = (await store.designs()).find((known) => known.name === name);
      if (design) return Response.json(designFeature(design), { headers: GEOJSON });
      const message = `There is no design/${name.slice(0, 200)}; GET /designs lists those there are`;
      throw new TaskRefusal({ code: 'design-not-found', message });
    },

    async 'POST /designs'(call) {
      guard(call);
      readQuery(call.request, []);
      const { type, geometry, properties } = await readGeoJson(call.request);
      const name = Object(properties).name;
      if (type !== 'Feature') throw invalidRequest(fieldProblem('type', 'not-allowed', '"Feature"'));
      if (typeof name !== 'string') {
        throw invalidRequest(fieldProblem('properties.name', 'wrong-type', 'the name of the design, a text'));
      }
      const definition: TableDefinition = { name: 'design', geometry: 'Polygon', indexed: [] };
      const place = { table: definition, design: null };
      const area = parseFeature({ type, geometry, properties: null }, place).geometry;
      if (!area)
        throw invalidRequest(fieldProblem('geometry', 'missing', 'the area of the design, a Polygon'));
      await store.createDesign({ name, geometry: area });
      return Response.json(designFeature({ name, geometry: area }), {
        status: 201,
        headers: { ...GEOJSON, Location: `${basePath}/designs/${encodeURIComponent(name)}` },
      });
    },

    async 'POST /designs/:name/post'(call) {
      guard(call);
      readQuery(call.request, []);
      const fields = await readJsonObject(call.request, ['prefer'], { mayBeEmpty: true });
      const prefer = fields.get('prefer');
      if (prefer !== undefined && prefer !== 'design' && prefer !== 'master') {
        throw invalidRequest(fieldProblem('prefer', 'not-allowed', '"design" or "master", or left out'));
      }
      const posted = await store.postDesign(call.param('name'), prefer && { prefer });
      return Response.json(posted, { headers: NOT_STORED });
    },

    async 'DELETE /designs/:name'(call) {
      guard(call);
      readQuery(call.request, []);
      await store.dropDesign(call.param('name'));
      return new Response(null, { status: 204, headers: NOT_STORED });
    },
  };
}

/** A design on the map. */
export function designFeature({ name, geometry }: { name: string; geometry: Geometry }) {
  return {
    type: 'Feature' as const,
    id: `design/${name}`,
    geometry,
    properties: { table: 'design', name },
  };
}

/** Throws 'forbidden' where the caller may only read. */
function refuseReader({ admin, permissions }: Caller, permission: string | undefined): void {
  if (permission === undefined || admin === true || permissions?.includes(permission) === true) return;
  throw new TaskRefusal({
    code: 'forbidden',
    message: `Changing the network takes the permission "${permission}", which you do not have; ask an administrator for it`,
    details: { permission },
  });
}

/** The table of the path, and the design of the query. Throws 'unknown-table'. */
function placeOf(
  { request, param }: ProtocolCall,
  store: NetworkStore,
): { table: TableDefinition; design: string | null } {
  const { design: text } = readQuery(request, ['design']);
  const design = parseText(text, 'design', 200) ?? null;
  return { table: store.tables.get(param('table'), { streets: design === null }), design };
}

function inTable<T>(
  store: NetworkStore,
  { name }: TableDefinition,
  design: string | null,
  work: (records: NetworkTable) => Promise<T>,
): Promise<T> {
  return store.edit(async (network) => work((await network.view(design)).table(name)));
}

async function found(
  records: NetworkTable,
  { name }: TableDefinition,
  id: string,
  design: string | null,
): Promise<NetworkRecord> {
  const record = /^[1-9]\d{0,15}$/.test(id) ? await records.get(Number(id)) : undefined;
  if (record) return record;
  throw new TaskRefusal({
    code: 'record-not-found',
    message: `There is no ${name}/${id.slice(0, 50)} in ${design ?? 'master'}`,
    details: { design },
  });
}

/** A GeoJSON object. It may have members that GeoJSON does not know, which nobody looks at. */
async function readGeoJson(request: Request): Promise<Record<string, unknown>> {
  const body = Object.fromEntries(await readJsonObject(request));
  refuseOtherReferenceSystem(body.crs);
  return body;
}

/** Unlike on a map, a record without a geometry is a feature here. */
function featureResponse(
  record: NetworkRecord,
  status = 200,
  headers: Record<string, string> = {},
): Response {
  const { urn: id, geometry, properties, table, design } = record;
  return Response.json(
    { type: 'Feature', id, geometry, properties: { ...properties, table, design } },
    { status, headers: { ...GEOJSON, ETag: entityTag(record), ...headers } },
  );
}
