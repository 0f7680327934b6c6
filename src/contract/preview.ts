// This is what a server says of a task before it is started: the answer of `POST /tasks/preview`.

import type { TaskError } from './errors.ts';
import type { BoundingBox, GeoFeature } from './geometry.ts';

/** Body of `POST /tasks/preview`. */
export interface PreviewRequest {
  name: string;
  params: Record<string, unknown>;
}

export const PREVIEW_CHANGES = ['add', 'change', 'remove', 'restore'] as const;
/** It says what becomes of the things that a line counts. `restore`: they come back as they were before. */
export type PreviewChange = (typeof PREVIEW_CHANGES)[number];

/** So many things of one kind. The client has the words for the kind. */
export interface PreviewCount {
  /** The name of a table ('pole'), or a word of the definition's own ('address-unserved'). */
  kind: string;
  change: PreviewChange;
  count: number;
}

/** One line of a bill of materials. */
export interface PreviewBillLine {
  /** The client has the words for it: 'splitter-32', 'cable-12'. */
  item: string;
  unit: 'piece' | 'metre';
  quantity: number;
  /** The price of one unit, where it is known. */
  price?: number;
  cost?: number;
}

/** Something that the user should know and that does not refuse the task. As in a TaskError: a code, values, an English text. */
export interface PreviewRemark {
  code: string;
  message: string;
  details?: Record<string, unknown>;
}

/** The time that a run will probably take, from its start: four of five runs end in between. */
export interface DurationEstimate {
  lowSeconds: number;
  highSeconds: number;
  /** So many earlier runs it is from. */
  runs: number;
}

/** It says what a task would do with these params, had it been started now. Nothing was written, reserved or queued for it. */
export interface TaskPreview {
  /** Why it would be refused. All else is then empty. */
  refusal?: TaskError;
  counts: PreviewCount[];
  /** Encloses all of it, those features too that did not fit. */
  bbox?: BoundingBox;
  /** The map can draw these: the first MAX_PREVIEW_FEATURES of what would be there. Their ids are of this preview alone. */
  features: GeoFeature[];
  /** The number of all features. */
  featureTotal: number;
  bill?: PreviewBillLine[];
  /** The currency of the bill's prices and costs: 'EUR'. */
  currency?: string;
  remarks: PreviewRemark[];
  /** Absent where no run of this task has ended yet. */
  duration?: DurationEstimate;
  /**
   * Params with which a start does exactly this. Absent where those of the request do. A task that chooses at random would
   * otherwise choose others.
   */
  exactParams?: Record<string, unknown>;
}

/** A preview has so many features at most. */
export const MAX_PREVIEW_FEATURES = 5_000;
/** A preview has so many lines of each kind at most: counts, bill, remarks. */
export const MAX_PREVIEW_LINES = 200;
