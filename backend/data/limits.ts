/** Files come from anywhere, so all that a reader does is bounded. */
export const LIMITS = {
  /** Archives in archives: a zip in a zip in a gzip is the deepest that anybody makes. */
  nesting: 4,
  /** Entries that are looked at in one archive. */
  entries: 5_000,
  /** A packed file may grow to this many times its size once it has grown beyond `ratioFrom` bytes. Deflate allows 1,032. */
  ratio: 300,
  ratioFrom: 32 * 2 ** 20,
  /** Bytes of an unpacked file that has to be held as a whole: a GeoPackage or an archive in an archive. */
  held: 2 ** 31,
  /** Characters of one feature, row or line. */
  featureText: 32 * 2 ** 20,
  columns: 1_000,
  /** Braces and brackets in each other, within a feature. */
  depth: 100,
  positions: 1_000_000,
  /** Characters of one property; the rest is cut off. */
  valueText: 10_000,
  layers: 200,
  batch: 1_000,
  reported: 1_000,
  /** Addresses among which duplicates are sought. */
  addresses: 5_000_000,
  /** Features from which a layer is described. */
  sample: 1_000,
} as const;
