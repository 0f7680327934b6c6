/**
 * Every reason that the reader of files and the intake of a town can give, by its code: the English sentence, which the command
 * line prints, and by its {holes} the values that belong to it. Each names what is wrong and the fix; what it is about, a file
 * or a feature, stands before it. A sentence that a translator has to say in another way needs a code of its own.
 */
export const REASON_TEXTS = {
  // A file as a whole.
  empty: 'is empty (0 bytes): export or download it again',
  'only-zeros': 'holds nothing but zeros: the download was cut off; download it again',
  unreadable: 'cannot be read any more: it was moved or changed; choose it again',
  'broke-off':
    'the files could not be read to their end, perhaps for want of memory: give fewer or smaller files at once',
  'too-large': 'has more than {gigabytes} GiB unpacked: unpack it first',
  'too-many-layers':
    'more than {limit} layers were found, and the rest is left out: give fewer files at once',
  'unknown-format':
    'is in no format that is known here; give GeoJSON, a zipped Shapefile, CSV with coordinates, KML, KMZ or GeoPackage, as it is or in a zip or gzip',
  'other-geodata': 'is {format}: export it as GeoPackage or GeoJSON',
  'other-archive': 'is a {format} archive: pack it as zip',
  'other-packing': 'is {format}: pack it as gzip or zip',
  'is-gpx': 'is GPX: export it as GeoJSON or KML',
  'is-osm-xml': 'is OpenStreetMap XML: export it as GeoJSON',
  'is-other-xml': 'is XML of a kind that is not known here: export it as GeoJSON or KML',
  'is-web-page': 'is a web page: the download may have failed: download the data itself',
  'is-server-error': 'is an error of a map server: ask the server again',
  'is-pdf': 'is a PDF: give the data and not a picture of it',
  'is-picture': 'is a picture: give the data and not a picture of it',
  'is-tiff': 'is a TIFF picture: give points, lines or areas',
  'is-drawing': 'is an AutoCAD drawing: export it as GeoPackage or GeoJSON',
  'is-old-office': 'is an old Excel or Office file: save the sheet as CSV (UTF-8)',
  'is-excel': 'is an Excel file: save the sheet as CSV (UTF-8), with columns for longitude and latitude',
  'is-file-geodatabase':
    'is a file geodatabase of Esri, which only Esri and GDAL read: export the layers as GeoPackage or Shapefile',
  'is-topojson': 'is TopoJSON: export it as GeoJSON',

  // Archives.
  'empty-archive': 'is an archive with nothing in it: pack the data again',
  'no-data-in-archive': 'is an archive without data in it: pack GeoJSON, a Shapefile, CSV, KML or GeoPackage',
  'nested-archives': 'is an archive in archives, too deep: unpack it first',
  'damaged-archive': 'is damaged or cut off, and cannot be unpacked: download or pack it again',
  'archive-without-end': 'is a zip archive without its end: download it again',
  'damaged-directory': 'has a directory that cannot be read: pack it again',
  'cut-off-in-archive': 'is cut off: download the archive again',
  'too-many-entries': 'holds {count} files, at most {limit} are looked at: pack only the data',
  encrypted: 'is locked with a password: pack it again without one',
  'unknown-method':
    'is packed by a method ({method}) that few programs know: pack it again as an ordinary zip',
  'zip-bomb':
    'grows to more than {ratio} times its packed size: no real data does; unpack it yourself if you trust it',

  // Formats.
  'no-features': 'is JSON without features: give GeoJSON with "features", or one feature a line',
  'no-placemarks': 'is KML without placemarks: save the places into it',
  'only-links': 'holds only links to other files: open those, and save them as KML',
  'no-feature-tables':
    'is an SQLite database without tables of features: give a GeoPackage, or export it as one',
  'empty-geopackage': 'is a GeoPackage without tables of features: export the layers into it',
  'damaged-geopackage': 'is a damaged GeoPackage, or is cut off: export or download it again',
  'no-table': 'names the table {table}, which is not there; export it again',
  'is-view': 'is a view, which only a database can read: export it as a table',
  'damaged-dbf': 'is not a dBASE file, or is cut off: export it again',
  'part-of-shapefile':
    'is a part of a Shapefile and holds no places: give the .shp and .dbf files of the same name with it',
  'no-shp': 'is the table of a Shapefile without its places: give the .shp file of the same name with it',
  'no-dbf': 'there is no .dbf file beside the .shp, so there are no names and numbers; give both, as one zip',
  'no-prj': 'there is no .prj file beside the .shp; say which coordinate system it is in',
  'encoding-differs': 'the .cpg file says {declared}, but the names are {detected}',
  'too-many-columns': 'has {columns} columns, at most {limit} are taken: leave out those that nobody needs',
  'too-many-columns-in-row':
    'has {columns} columns in row {row}, at most {limit} are taken: leave out those that nobody needs',

  // These are about the way a layer is read.
  'no-layer': 'is not there any more; open the files again',
  'no-place': 'no columns say where a row is; say which ones have the longitude and the latitude, or x and y',
  'no-place-columns':
    'has no columns that say where a row is: give longitude and latitude, x and y, or WKT, and say which columns they are',
  'encoding-not-known':
    'the encoding {encoding} is not known; give one such as utf-8, windows-1252 or shift_jis',
  'crs-unknown': 'the coordinate system is not known; say its EPSG code, such as EPSG:28992',
  'crs-not-known': 'the coordinate system {crs} is not known; give an EPSG code, such as EPSG:28992',
  'crs-missing': 'the file does not say its coordinate system, and its numbers are no degrees',
  'crs-contradicts':
    'the file says {crs}, but its numbers are no degrees; say the coordinate system that it is in',
  'crs-guessed': 'the coordinate system is a guess: {crs} (EPSG:{epsg})',
  swapped: 'latitude seems to come first; the axes are swapped',
  'street-missing': '{filled} of {of} have a street name',
  'street-missing-at-first': '{filled} of the first {of} have a street name',
  'number-missing': '{filled} of {of} have a street number',
  'number-missing-at-first': '{filled} of the first {of} have a street number',
  'name-missing': '{filled} of {of} have a name',
  'name-missing-at-first': '{filled} of the first {of} have a name',
  'texts-mended':
    '{count} texts were mended: characters that nobody can store were taken out, or had been lost before',
  'duplicates-limit': 'duplicates were sought among the first {limit} addresses',

  // One feature.
  'no-geometry': 'has no geometry; draw it, or take it out',
  'no-overpass-geometry': 'has no geometry of its own; ask Overpass with "out geom;" or "out center;"',
  'no-tags': 'has no tags, so it is a part of something else',
  'not-json': 'is not JSON: {text}; write it again',
  'not-a-feature': 'is {text} and not a feature; take it out',
  'feature-too-large': 'is too large; simplify it',
  'feature-too-deep': 'is larger than {megabytes} MB or nested deeper than {depth} levels; simplify it',
  'too-many-positions': 'has more than {limit} positions; simplify it',
  'too-many-properties': 'has more than {limit} properties; leave out those that nobody needs',
  'cut-off': 'is cut off here: the file ends in the middle; download or export it again',
  'shp-cut-off': 'is cut off here: the .shp file ends in the middle or is damaged; export it again',
  deleted: 'is deleted in the table; repack the Shapefile',
  'damaged-geometry': 'has a geometry that is damaged; repair it, or take it out',
  'unknown-geometry': 'has a geometry of the type {type}; turn it into points, lines or areas',
  'nested-geometry': 'is nested too deep; repair it, or take it out',
  'part-no-geometry': 'has a part that is no geometry; repair it, or take it out',
  'short-line': 'has a line of fewer than two positions; repair it, or take it out',
  'no-outline': 'has an area without an outline; repair it, or take it out',
  'short-outline': 'has an area of fewer than three corners; repair it, or take it out',
  'bad-position': 'has a position that is not two numbers: {found}; repair it, or take it out',
  'no-coordinates': 'has {found} where coordinates belong; repair it, or take it out',
  'outside-crs': '{position} lies outside of {crs}; say the coordinate system that it is in',
  'not-degrees':
    '{position} is in projected coordinates, not in degrees; say the coordinate system that it is in, or swap the axes',
  'latitude-too-large':
    '{position} has a latitude beyond 90 degrees; say the coordinate system that it is in, or swap the axes',
  'not-on-earth':
    '{position} is not on Earth: longitude goes from -180 to 180, latitude from -90 to 90; say the coordinate system that it is in, or swap the axes',
  'line-for-address': 'is a line, and addresses are points or areas; read it as streets, or take it out',
  'line-for-pole': 'is a line, and poles are points or areas; read it as streets, or take it out',
  'point-for-street': 'is a point, and streets are lines; take it out',
  'area-for-street': 'is an area, and streets are lines; take it out',
  'point-for-design': 'is a point, and designs are areas; take it out',
  'line-for-design': 'is a line, and designs are areas; take it out',
  'no-design': 'does not say its design; map the column that names it',
  duplicate: 'is the same address at the same place as one before',
  'bad-place': 'has no place that can be read: {value}; give numbers',
  'open-quote': 'opens a quote that nothing closes in its row: {row}; close it, or double it',
  'separator-changed':
    'is separated by "{separator}", and the heading by "{before}"; use one separator in the whole file',
  'separator-now-tab':
    'is separated by tab, and the heading by "{before}"; use one separator in the whole file',
  'separator-was-tab':
    'is separated by "{separator}", and the heading by tab; use one separator in the whole file',
  'too-many-fields':
    'has {fields} fields, and the heading {columns}; put quotes around a text that holds a separator',

  // The layers together, as a town.
  'layers-apart':
    '{layer}: lies at {at}, but {otherLayer} at {otherAt}; give layers of one and the same town',
  'layers-swapped':
    '{layer}: lies at {at}, but {otherLayer} at {otherAt}; one of the two has latitude first: swap the axes of that layer',
  'unnamed-design': 'a design has no name that can be used; map the column that names the designs',
  'too-many-designs': 'there are more than {limit} designs; cut out those that are needed',
  'design-poles-added': 'poles of designs cannot be added to a town: leave them out, or replace the town',
} as const;
