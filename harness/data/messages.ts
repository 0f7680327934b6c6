import type {
  DataFile,
  DataProblem,
  DataProgress,
  DataReport,
  OpenedData,
} from '../../backend/data/dataTypes.ts';
import type { ChosenLayer } from '../../backend/intake/ChosenLayer.ts';
import type { LayerKind, TownDesign, TownFeature } from '../../backend/network/townTypes.ts';
import type { BoundingBox, Geometry } from '../../src/contract/index.ts';

/** The layers that become a town. */
export interface Intake {
  chosen: ChosenLayer[];
  /** Name of the design that is laid round what the files bring, where they bring none. Null: none is wanted. */
  design: string | null;
}

/** The page asks the worker that reads files. A later ask of the same type ends the earlier one. */
export type Ask =
  | { type: 'open'; id: number; files: DataFile[]; encodings: Record<string, string> }
  | { type: 'survey'; id: number; chosen: ChosenLayer[] }
  | { type: 'plan'; id: number; intake: Intake }
  | { type: 'read'; id: number; layer: LayerKind }
  | { type: 'more'; id: number }
  | { type: 'stop'; id: number };

/** The worker answers, with the id of what it was asked. */
export type Answer = { id: number } & (
  | { type: 'progress'; progress: DataProgress }
  | { type: 'opened'; opened: OpenedData }
  | { type: 'surveyed'; surveyed: Surveyed }
  | { type: 'planned'; designs: TownDesign[] }
  | { type: 'batch'; features: TownFeature[] }
  | { type: 'end' }
  | { type: 'failed'; refusal: Refusal }
);

/** The reader's own reason, or the message of any other error. */
export type Refusal = DataProblem | string;

/** One layer as it would be stored. */
export interface SurveyedLayer {
  report: DataReport;
  /** The first features. */
  rows: { number: number; geometry: Geometry; properties: Record<string, unknown> }[];
  /** Longitudes and latitudes of an even sample, one after the other. */
  points: Float64Array;
  box?: BoundingBox;
}

/** All layers, in the order in which they were chosen. */
export interface Surveyed {
  layers: SurveyedLayer[];
  /** Why the layers cannot be taken together. */
  refusal?: Refusal;
}
