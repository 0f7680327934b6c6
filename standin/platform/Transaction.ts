import type { Feature } from './Feature.ts';
import { deletion, type GeoJsonData, insertion, type Operation, update } from './operations.ts';

/** Stores the changes of a transaction: the `Database` does, and a transaction needs to know no more of it. */
export interface TransactionRunner {
  runTransaction(transaction: Transaction): Promise<(string | number)[]>;
}

/** Changes that are stored together, or not at all. */
export class Transaction {
  readonly #database: TransactionRunner;
  readonly #operations: Operation[] = [];

  constructor(database: TransactionRunner) {
    this.#database = database;
  }

  addInsert(featureOrType: Feature | string, data?: GeoJsonData): this {
    this.#operations.push(insertion(featureOrType, data));
    return this;
  }

  /** `addUpdate(feature)`, `addUpdate('pole', feature)` or `addUpdate('pole', id, data)`. */
  addUpdate(
    featureOrType: Feature | string,
    featureOrId?: Feature | string | number,
    data: GeoJsonData = {},
  ): this {
    const isFeature = typeof featureOrId === 'object';
    this.#operations.push(
      isFeature ? update(featureOrId, undefined, data) : update(featureOrType, featureOrId, data),
    );
    return this;
  }

  addDelete(featureOrType: Feature | string, featureOrId?: Feature | string | number): this {
    this.#operations.push(
      typeof featureOrId === 'object' ? deletion(featureOrId) : deletion(featureOrType, featureOrId),
    );
    return this;
  }

  getOperations(): readonly Operation[] {
    return this.#operations;
  }

  /** Stores the changes and resolves with the ids, in their order. */
  run(): Promise<(string | number)[]> {
    return this.#database.runTransaction(this);
  }
}
