import type { DataLayer, DataMapping } from '../data/dataTypes.ts';

/** A layer of a user's files, and how it is to be read. */
export interface ChosenLayer {
  layer: DataLayer;
  mapping: DataMapping;
}
