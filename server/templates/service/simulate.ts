// The work of the method Simulate, in a worker thread of its own.
import type { LongWork } from 'lrt-server/service';

/** Counts the primes below a number: work that keeps a processor busy. */
const simulate: LongWork = ({ parameters }, { updateProgress }) => {
  const below = Number(parameters.below ?? 200_000);
  let primes = 0;
  for (let number = 2; number < below; number++) {
    if (isPrime(number)) primes += 1;
    if (number % 10_000 === 0) updateProgress((100 * number) / below);
  }
  return { primes };
};
export default simulate;

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor++) {
    if (number % divisor === 0) return false;
  }
  return true;
}
