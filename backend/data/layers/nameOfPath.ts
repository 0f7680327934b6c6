/** The name of a file without its folders and endings: 'data/houses.geojson.gz' is 'houses'. */
export function nameOfPath(path: readonly string[]): string {
  const file = path.at(-1) ?? '';
  const name = file.slice(file.lastIndexOf('/') + 1);
  const bare = name.replace(
    /(\.(geojson|json|geojsonl|geojsons|ndjson|jsonl|csv|tsv|txt|kml|kmz|gpkg|shp|zip|gz|gzip))+$/i,
    '',
  );
  return bare === '' ? name : bare;
}
