import {
  CSV_SEPARATORS,
  HANDOVER_FORMATS,
  HANDOVER_REPORTS,
  type HandoverRequest,
  isTerminal,
  type TaskSnapshot,
} from '../../../src/contract/index.ts';
import { TaskRefusal } from '../../common/TaskRefusal.ts';
import { factsOfTask, NO_FACTS } from '../../handover/factsOfTask.ts';
import { attachment } from '../../handover/fileNames.ts';
import {
  type HandoverFacts,
  handoverFile,
  handoverType,
  nothingToExport,
} from '../../handover/HandoverFile.ts';
import { type HandoverOf, HandoverSource } from '../../handover/HandoverSource.ts';
import type { Spool } from '../../handover/sqlite/Spool.ts';
import { fieldProblem, invalidRequest } from '../../http/problem.ts';
import { readQuery } from '../../http/query.ts';
import { refusals } from '../../tasks/taskErrors.ts';
import { defineProtocol } from '../Protocol.ts';
import { streamOf } from './streamOf.ts';

/** Hands the network on that a task has built, or a design, as files. It is absent where the backend has no network store. */
export const handover = defineProtocol({
  name: 'handover',
  routes: {
    'GET /tasks/:id/export': {},
    'GET /designs/:name/export': {},
  },
  openapi: async () => (await import('./openapi.ts')).openapi,
  handlers({ engine, store, openSpool }) {
    if (!store) return undefined;
    const open = async (of: HandoverOf, signal: AbortSignal) =>
      new HandoverSource(await store.snapshot({ signal }), of, signal);
    return {
      async 'GET /tasks/:id/export'({ request, caller, param }) {
        const wanted = parseRequest(request);
        const id = param('id');
        const task = await engine.get(id, caller);
        if (!task) throw refusals.taskNotFound([id]);
        if (!isTerminal(task.status)) {
          throw new TaskRefusal({
            code: 'not-finished',
            message: `Task "${id}" is still ${task.status}; export it once it has ended`,
            details: { status: task.status },
          });
        }
        const facts = factsOfTask(task, (query) => engine.items(id, query, caller));
        return fileResponse(await open({ task: id }, request.signal), wanted, facts, {
          openSpool,
          names: [task.name, id],
          whyEmpty: whyNothing(task),
        });
      },

      async 'GET /designs/:name/export'({ request, param }) {
        const wanted = parseRequest(request);
        const design = `design/${param('name')}`;
        return fileResponse(await open({ design }, request.signal), wanted, NO_FACTS, {
          openSpool,
          names: [param('name')],
          whyEmpty: `${design} adds nothing to master and changes nothing`,
        });
      },
    };
  },
});

async function fileResponse(
  source: HandoverSource,
  wanted: HandoverRequest,
  facts: HandoverFacts,
  { openSpool, names, whyEmpty }: { openSpool: (() => Spool) | undefined; names: string[]; whyEmpty: string },
): Promise<Response> {
  const { mediaType, extension } = handoverType(wanted.format);
  const parts = [...names, ...(wanted.report ? [wanted.report] : [])];
  try {
    if (await source.isEmpty()) throw nothingToExport(whyEmpty);
  } catch (error) {
    await source.close();
    throw error;
  }
  return new Response(await streamOf(handoverFile(source, wanted, facts, openSpool)), {
    headers: {
      'Content-Type': mediaType,
      'Content-Disposition': attachment(parts.join('-'), extension),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

function parseRequest(request: Request): HandoverRequest {
  const query = readQuery(request, ['format', 'report', 'bom', 'separator']);
  const format = HANDOVER_FORMATS.find((known) => known === query.format);
  if (!format) throw invalidRequest(fieldProblem('format', 'not-allowed', oneOf(HANDOVER_FORMATS)));
  const report = HANDOVER_REPORTS.find((known) => known === query.report);
  if (format === 'csv' && !report) {
    throw invalidRequest(fieldProblem('report', 'not-allowed', oneOf(HANDOVER_REPORTS)));
  }
  for (const name of ['report', 'bom', 'separator'] as const) {
    if (format === 'csv' || query[name] === undefined) continue;
    throw invalidRequest(fieldProblem(name, 'not-allowed', 'left out where "format" is not "csv"'));
  }
  const { bom } = query;
  if (bom !== undefined && bom !== 'true' && bom !== 'false') {
    throw invalidRequest(fieldProblem('bom', 'not-allowed', '"true" or "false", or left out'));
  }
  const separator = CSV_SEPARATORS.find((known) => known === query.separator);
  if (query.separator !== undefined && !separator) {
    throw invalidRequest(fieldProblem('separator', 'not-allowed', oneOf(CSV_SEPARATORS)));
  }
  return {
    format,
    ...(report && { report }),
    ...(bom !== undefined && { bom: bom === 'true' }),
    ...(separator && { separator }),
  };
}

const oneOf = (known: readonly string[]) => `one of ${known.map((name) => `"${name}"`).join(', ')}`;

/** Says why nothing is left, as far as the task knows. */
function whyNothing({ id, status, params, designDeletedAt }: TaskSnapshot): string {
  if (status !== 'succeeded')
    return `Task "${id}" has ended as ${status}, so it stored nothing; run it again`;
  const design = typeof params.design === 'string' ? params.design : 'its design';
  if (designDeletedAt !== undefined) {
    return `Nothing of what task "${id}" built is left: ${design} was deleted at ${designDeletedAt}; run the task again in another design`;
  }
  return `Nothing of what task "${id}" built is left: it built nothing, or it was undone or deleted since; run it again`;
}
