// Distances on the ellipsoid of WGS 84, by Vincenty's formulae: below a millimetre wrong over the distances that a user sketches.
import type { Position } from '../../contract/index.ts';

const A = 6_378_137;
const F = 1 / 298.257_223_563;
const B = A * (1 - F);
const RADIANS = Math.PI / 180;
const MOST_ROUNDS = 50;
const CLOSE = 1e-12;

/** Returns the corners of a circle on the ground, a closed ring whose longitudes go on beyond 180 degrees. */
export function circleAround(centre: Position, radiusMetres: number, corners = 128): Position[] {
  const ring = Array.from({ length: corners }, (_, i) =>
    placeFrom(centre, (360 * i) / corners, radiusMetres),
  );
  return [...ring, ...ring.slice(0, 1)];
}

/** Returns the place that lies so many metres from another one. `bearing`: degrees clockwise from north. */
export function placeFrom([longitude, latitude]: Position, bearing: number, metres: number): Position {
  const alpha = bearing * RADIANS;
  const tanU = (1 - F) * Math.tan(latitude * RADIANS);
  const cosU = 1 / Math.hypot(1, tanU);
  const sinU = tanU * cosU;
  const sigma1 = Math.atan2(tanU, Math.cos(alpha));
  const sinAlpha = cosU * Math.sin(alpha);
  const { big, small, cosSqAlpha } = series(sinAlpha);
  const first = metres / (B * big);
  let sigma = first;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = sigma;
    sigma = first + deltaSigma(small, Math.cos(2 * sigma1 + sigma), sigma);
    if (Math.abs(sigma - before) < CLOSE) break;
  }
  const [sinSigma, cosSigma] = [Math.sin(sigma), Math.cos(sigma)];
  const aside = sinU * sinSigma - cosU * cosSigma * Math.cos(alpha);
  const latitude2 = Math.atan2(
    sinU * cosSigma + cosU * sinSigma * Math.cos(alpha),
    (1 - F) * Math.hypot(sinAlpha, aside),
  );
  const lambda = Math.atan2(sinSigma * Math.sin(alpha), cosU * cosSigma - sinU * sinSigma * Math.cos(alpha));
  const east = lambda - longitudeCorrection(cosSqAlpha, sinAlpha, sigma, Math.cos(2 * sigma1 + sigma));
  return [longitude + east / RADIANS, latitude2 / RADIANS];
}

/** Returns the metres between two places. For places on opposite sides of the globe it is an estimate. */
export function metresBetween(from: Position, to: Position): number {
  const wanted = wrapped(to[0] - from[0]) * RADIANS;
  const [u1, u2] = [reduced(from[1]), reduced(to[1])];
  let lambda = wanted;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const [sinLambda, cosLambda] = [Math.sin(lambda), Math.cos(lambda)];
    const sinSigma = Math.hypot(u2.cos * sinLambda, u1.cos * u2.sin - u1.sin * u2.cos * cosLambda);
    if (sinSigma === 0) return 0;
    const cosSigma = u1.sin * u2.sin + u1.cos * u2.cos * cosLambda;
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (u1.cos * u2.cos * sinLambda) / sinSigma;
    const { big, small, cosSqAlpha } = series(sinAlpha);
    const cos2SigmaM = cosSqAlpha === 0 ? 0 : cosSigma - (2 * u1.sin * u2.sin) / cosSqAlpha;
    const before = lambda;
    lambda = wanted + longitudeCorrection(cosSqAlpha, sinAlpha, sigma, cos2SigmaM);
    if (Math.abs(lambda - before) < CLOSE) return B * big * (sigma - deltaSigma(small, cos2SigmaM, sigma));
  }
  return Math.PI * B;
}

/** Returns an angle from -180 to 180 degrees. */
export const wrapped = (degrees: number): number => degrees - 360 * Math.round(degrees / 360);

function reduced(latitude: number): { sin: number; cos: number } {
  const tan = (1 - F) * Math.tan(latitude * RADIANS);
  const cos = 1 / Math.hypot(1, tan);
  return { sin: tan * cos, cos };
}

function series(sinAlpha: number): { big: number; small: number; cosSqAlpha: number } {
  const cosSqAlpha = 1 - sinAlpha ** 2;
  const uSq = (cosSqAlpha * (A ** 2 - B ** 2)) / B ** 2;
  return {
    big: 1 + (uSq / 16_384) * (4_096 + uSq * (-768 + uSq * (320 - 175 * uSq))),
    small: (uSq / 1_024) * (256 + uSq * (-128 + uSq * (74 - 47 * uSq))),
    cosSqAlpha,
  };
}

function deltaSigma(small: number, cos2SigmaM: number, sigma: number): number {
  const sinSigma = Math.sin(sigma);
  const inner =
    Math.cos(sigma) * (2 * cos2SigmaM ** 2 - 1) -
    (small / 6) * cos2SigmaM * (4 * sinSigma ** 2 - 3) * (4 * cos2SigmaM ** 2 - 3);
  return small * sinSigma * (cos2SigmaM + (small / 4) * inner);
}

function longitudeCorrection(
  cosSqAlpha: number,
  sinAlpha: number,
  sigma: number,
  cos2SigmaM: number,
): number {
  const c = (F / 16) * cosSqAlpha * (4 + F * (4 - 3 * cosSqAlpha));
  const inner = cos2SigmaM + c * Math.cos(sigma) * (2 * cos2SigmaM ** 2 - 1);
  return (1 - c) * F * sinAlpha * (sigma + c * Math.sin(sigma) * inner);
}
