import { TaskRefusal } from '../common/TaskRefusal.ts';

export type PinSide = 'in' | 'out';

/** Pins `low` to `high`, both included and counted from 1, on one side of a piece of equipment or a cable segment. */
export class PinRange {
  readonly side: PinSide;
  readonly low: number;
  readonly high: number;

  /** Throws a TaskRefusal 'pin-range-mismatch' unless low and high are whole numbers, low not above high. */
  constructor(side: PinSide, low: number, high: number) {
    if (!Number.isInteger(low) || !Number.isInteger(high) || low > high) {
      throw new TaskRefusal({
        code: 'pin-range-mismatch',
        message: `Pins ${low} to ${high} are not a range: give two whole numbers, the lower one first.`,
        details: { side, low, high },
      });
    }
    this.side = side;
    this.low = low;
    this.high = high;
  }

  get size(): number {
    return this.high - this.low + 1;
  }

  /** 'out pin 3', 'in pins 1 to 4'. */
  toString(): string {
    return this.low === this.high
      ? `${this.side} pin ${this.low}`
      : `${this.side} pins ${this.low} to ${this.high}`;
  }
}
