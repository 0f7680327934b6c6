import { z } from 'zod';
import type { TaskRecord } from '../../../backend/embedded/TaskJournal.ts';
import { TASK_STATUSES } from '../../../src/contract/index.ts';

const error = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  parameters: z
    .array(
      z.object({
        parameter: z.string(),
        code: z.string(),
        message: z.string(),
        expected: z.string().optional(),
      }),
    )
    .optional(),
});

const position = z.tuple([z.number(), z.number()], z.number());

const failure = z.object({
  id: z.string(),
  code: z.string(),
  message: z.string(),
  geometry: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('Point'), coordinates: position }),
      z.object({ type: z.literal('LineString'), coordinates: z.array(position) }),
      z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(position)) }),
    ])
    .optional(),
});

const task = z.object({
  id: z.string(),
  name: z.string(),
  queue: z.string(),
  status: z.enum(TASK_STATUSES),
  progress: z.object({
    percent: z.number().nullable(),
    step: z.number().nullable(),
    stepCount: z.number().optional(),
    message: z.string(),
    done: z.number().optional(),
    total: z.number().optional(),
  }),
  params: z.record(z.string(), z.unknown()),
  result: z.unknown().optional(),
  error: error.optional(),
  owner: z.string(),
  tags: z.array(z.string()),
  items: z.object({ ok: z.number(), failed: z.number(), failures: z.array(failure) }).optional(),
  built: z
    .object({
      count: z.number(),
      tables: z.array(z.string()),
      bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
    })
    .optional(),
  ignoredParams: z.array(z.string()).optional(),
  retryOf: z.string().optional(),
  createdAt: z.string(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  cancelRequested: z.boolean().optional(),
  cancelledBy: z.string().optional(),
  cancelRequestedAt: z.string().optional(),
  designChangedAt: z.string().optional(),
  designDeletedAt: z.string().optional(),
  designPostedAt: z.string().optional(),
  attempt: z.int(),
  seq: z.int(),
});

/** A task as the file keeps it. */
export const taskRecord: z.ZodType<TaskRecord> = z.object({
  task,
  order: z.number(),
  idempotencyKey: z.string().optional(),
  onlyItems: z.array(z.string()).optional(),
  dueAt: z.string().optional(),
});
