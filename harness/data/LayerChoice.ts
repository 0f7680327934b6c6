import type { DataLayer, DataMapping } from '../../backend/data/dataTypes.ts';
import type { ChosenKind } from './keptMappings.ts';
import type { SurveyedLayer } from './messages.ts';

/** A layer of the files, and how the user wants it read. */
export interface LayerChoice {
  layer: DataLayer;
  mapping: DataMapping;
  kind: ChosenKind;
  /** True where it is read as the last file of its shape was. */
  remembered: boolean;
  /** The result of a look at all of it; undefined while there is none. */
  surveyed?: SurveyedLayer | undefined;
}
