import type { ReasonPack } from './pack.ts';

/** Why a file, a layer or a feature cannot be used. The name of the thing stands before it, with a colon. */
export const es: ReasonPack = {
  empty: 'está vacío (0 bytes): exporte o descargue el archivo de nuevo',
  'only-zeros': 'solo contiene ceros: la descarga se interrumpió; descargue el archivo de nuevo',
  unreadable: 'ya no se puede leer: el archivo se movió o cambió; elíjalo de nuevo',
  'broke-off':
    'los archivos no se pudieron leer hasta el final, quizá por falta de memoria: dé menos archivos, o más pequeños, a la vez',
  'too-large': 'ocupa más de {gigabytes} GiB descomprimido: descomprímalo antes',
  'too-many-layers':
    'se encontraron más de {limit} capas, y el resto queda fuera: dé menos archivos a la vez',
  'unknown-format':
    'no tiene ningún formato conocido aquí; dé GeoJSON, un Shapefile comprimido, CSV con coordenadas, KML, KMZ o GeoPackage, tal cual o en un zip o gzip',
  'other-geodata': 'es {format}: expórtelo como GeoPackage o GeoJSON',
  'other-archive': 'es un archivo comprimido {format}: comprímalo como zip',
  'other-packing': 'es {format}: comprímalo como gzip o zip',
  'is-gpx': 'es GPX: expórtelo como GeoJSON o KML',
  'is-osm-xml': 'es XML de OpenStreetMap: expórtelo como GeoJSON',
  'is-other-xml': 'es XML de un tipo que no se conoce aquí: expórtelo como GeoJSON o KML',
  'is-web-page': 'es una página web: quizá falló la descarga; descargue los datos mismos',
  'is-server-error': 'es un error de un servidor de mapas: consulte el servidor de nuevo',
  'is-pdf': 'es un PDF: dé los datos y no una imagen de ellos',
  'is-picture': 'es una imagen: dé los datos y no una imagen de ellos',
  'is-tiff': 'es una imagen TIFF: dé puntos, líneas o áreas',
  'is-drawing': 'es un dibujo de AutoCAD: expórtelo como GeoPackage o GeoJSON',
  'is-old-office': 'es un archivo antiguo de Excel u Office: guarde la hoja como CSV (UTF-8)',
  'is-excel':
    'es un archivo de Excel: guarde la hoja como CSV (UTF-8), con columnas para la longitud y la latitud',
  'is-file-geodatabase':
    'es una geodatabase de archivos de Esri, que solo leen Esri y GDAL: exporte las capas como GeoPackage o Shapefile',
  'is-topojson': 'es TopoJSON: expórtelo como GeoJSON',

  'empty-archive': 'es un archivo comprimido sin nada dentro: comprima los datos de nuevo',
  'no-data-in-archive':
    'es un archivo comprimido sin datos: incluya GeoJSON, un Shapefile, CSV, KML o GeoPackage',
  'nested-archives': 'es un archivo comprimido dentro de otros, a demasiada profundidad: descomprímalo antes',
  'damaged-archive': 'está dañado o cortado, y no se puede descomprimir: descárguelo o comprímalo de nuevo',
  'archive-without-end': 'es un zip al que le falta el final: descárguelo de nuevo',
  'damaged-directory': 'tiene un directorio que no se puede leer: comprímalo de nuevo',
  'cut-off-in-archive': 'está cortado: descargue el archivo comprimido de nuevo',
  'too-many-entries': 'contiene {count} archivos, y se miran {limit} como máximo: comprima solo los datos',
  encrypted: 'está protegido con una contraseña: comprímalo de nuevo sin ella',
  'unknown-method':
    'está comprimido con un método ({method}) que pocos programas conocen: comprímalo de nuevo como un zip corriente',
  'zip-bomb':
    'crece a más de {ratio} veces su tamaño comprimido, como no hacen los datos reales: descomprímalo usted si confía en él',

  'no-features': 'es JSON sin objetos: dé GeoJSON con «features», o un objeto por línea',
  'no-placemarks': 'es KML sin marcas de posición: guarde los lugares en él',
  'only-links': 'solo contiene enlaces a otros archivos: ábralos, y guárdelos como KML',
  'no-feature-tables':
    'es una base de datos SQLite sin tablas de objetos: dé un GeoPackage, o expórtela como tal',
  'empty-geopackage': 'es un GeoPackage sin tablas de objetos: exporte las capas a él',
  'damaged-geopackage': 'es un GeoPackage dañado o cortado: expórtelo o descárguelo de nuevo',
  'no-table': 'nombra la tabla {table}, que no existe; expórtelo de nuevo',
  'is-view': 'es una vista, que solo puede leer una base de datos: expórtela como tabla',
  'damaged-dbf': 'no es un archivo dBASE, o está cortado: expórtelo de nuevo',
  'part-of-shapefile':
    'es una parte de un Shapefile y no contiene lugares: dé también los archivos .shp y .dbf del mismo nombre',
  'no-shp': 'es la tabla de un Shapefile sin sus lugares: dé también el archivo .shp del mismo nombre',
  'no-dbf':
    'no hay un archivo .dbf junto al .shp, así que no hay nombres ni números; dé ambos, en un solo zip',
  'no-prj': 'no hay un archivo .prj junto al .shp; diga en qué sistema de coordenadas está',
  'encoding-differs': 'el archivo .cpg dice {declared}, pero los nombres están en {detected}',
  'too-many-columns':
    'tiene {columns} columnas, y se toman {limit} como máximo: quite las que nadie necesita',
  'too-many-columns-in-row':
    'tiene {columns} columnas en la fila {row}, y se toman {limit} como máximo: quite las que nadie necesita',

  'no-layer': 'ya no está; abra los archivos de nuevo',
  'no-place':
    'ninguna columna dice dónde está una fila; diga cuáles tienen la longitud y la latitud, o x e y',
  'no-place-columns':
    'no tiene columnas que digan dónde está una fila: dé longitud y latitud, x e y, o WKT, y diga qué columnas son',
  'encoding-not-known':
    'no se conoce la codificación {encoding}; dé una como utf-8, windows-1252 o shift_jis',
  'crs-unknown': 'no se conoce el sistema de coordenadas; diga su código EPSG, por ejemplo EPSG:25830',
  'crs-not-known': 'no se conoce el sistema de coordenadas {crs}; dé un código EPSG, por ejemplo EPSG:25830',
  'crs-missing': 'el archivo no dice su sistema de coordenadas, y sus números no son grados',
  'crs-contradicts':
    'el archivo dice {crs}, pero sus números no son grados; diga en qué sistema de coordenadas está',
  'crs-guessed': 'el sistema de coordenadas es una suposición: {crs} (EPSG:{epsg})',
  swapped: 'la latitud parece venir primero; se intercambian los ejes',
  'street-missing': '{filled} de {of} tienen nombre de calle',
  'street-missing-at-first': '{filled} de los primeros {of} tienen nombre de calle',
  'number-missing': '{filled} de {of} tienen número',
  'number-missing-at-first': '{filled} de los primeros {of} tienen número',
  'name-missing': '{filled} de {of} tienen nombre',
  'name-missing-at-first': '{filled} de los primeros {of} tienen nombre',
  'texts-mended':
    '{count, plural, one {se reparó # texto} many {se repararon # de textos} other {se repararon # textos}}: se quitaron caracteres que nadie puede guardar, o ya se habían perdido',
  'duplicates-limit': 'se buscaron duplicados entre las primeras {limit} direcciones',

  'no-geometry': 'no tiene geometría; dibújela, o quite el objeto',
  'no-overpass-geometry': 'no tiene geometría propia; consulte Overpass con "out geom;" u "out center;"',
  'no-tags': 'no tiene etiquetas, así que es parte de otra cosa',
  'not-json': 'no es JSON: {text}; escríbalo de nuevo',
  'not-a-feature': 'es {text} y no un objeto; quítelo',
  'feature-too-large': 'es demasiado grande; simplifíquelo',
  'feature-too-deep': 'supera {megabytes} MB o {depth} niveles de anidamiento; simplifíquelo',
  'too-many-positions': 'tiene más de {limit} posiciones; simplifíquelo',
  'too-many-properties': 'tiene más de {limit} propiedades; quite las que nadie necesita',
  'cut-off': 'está cortado aquí: el archivo termina a la mitad; descárguelo o expórtelo de nuevo',
  'shp-cut-off': 'está cortado aquí: el archivo .shp termina a la mitad o está dañado; expórtelo de nuevo',
  deleted: 'está borrado en la tabla; compacte el Shapefile',
  'damaged-geometry': 'tiene una geometría dañada; repárela, o quite el objeto',
  'unknown-geometry': 'tiene una geometría del tipo {type}; conviértala en puntos, líneas o áreas',
  'nested-geometry': 'está anidado a demasiada profundidad; repárelo, o quítelo',
  'part-no-geometry': 'tiene una parte que no es una geometría; repárelo, o quítelo',
  'short-line': 'tiene una línea de menos de dos posiciones; repárelo, o quítelo',
  'no-outline': 'tiene un área sin contorno; repárelo, o quítelo',
  'short-outline': 'tiene un área de menos de tres vértices; repárelo, o quítelo',
  'bad-position': 'tiene una posición que no son dos números: {found}; repárelo, o quítelo',
  'no-coordinates': 'tiene {found} donde van las coordenadas; repárelo, o quítelo',
  'outside-crs': '{position} está fuera de {crs}; diga en qué sistema de coordenadas está',
  'not-degrees':
    '{position} está en coordenadas proyectadas, no en grados; diga en qué sistema de coordenadas está, o intercambie los ejes',
  'latitude-too-large':
    '{position} tiene una latitud de más de 90 grados; diga en qué sistema de coordenadas está, o intercambie los ejes',
  'not-on-earth':
    '{position} no está en la Tierra: la longitud va de -180 a 180, la latitud de -90 a 90; diga en qué sistema de coordenadas está, o intercambie los ejes',
  'line-for-address': 'es una línea, y las direcciones son puntos o áreas; léala como calle, o quítela',
  'line-for-pole': 'es una línea, y los postes son puntos o áreas; léala como calle, o quítela',
  'point-for-street': 'es un punto, y las calles son líneas; quítelo',
  'area-for-street': 'es un área, y las calles son líneas; quítela',
  'point-for-design': 'es un punto, y los proyectos son áreas; quítelo',
  'line-for-design': 'es una línea, y los proyectos son áreas; quítela',
  'no-design': 'no dice de qué proyecto es; elija la columna que lo nombra',
  duplicate: 'es la misma dirección en el mismo lugar que una anterior',
  'bad-place': 'no tiene un lugar que se pueda leer: {value}; dé números',
  'open-quote': 'abre unas comillas que nada cierra en su fila: {row}; ciérrelas, o duplíquelas',
  'separator-changed':
    'está separada por «{separator}», y el encabezado por «{before}»; use un solo separador en todo el archivo',
  'separator-now-tab':
    'está separada por tabuladores, y el encabezado por «{before}»; use un solo separador en todo el archivo',
  'separator-was-tab':
    'está separada por «{separator}», y el encabezado por tabuladores; use un solo separador en todo el archivo',
  'too-many-fields':
    'tiene {fields} campos, y el encabezado {columns}; ponga entre comillas un texto que contenga un separador',

  'layers-apart': '{layer}: está en {at}, pero {otherLayer} en {otherAt}; dé capas de una misma ciudad',
  'layers-swapped':
    '{layer}: está en {at}, pero {otherLayer} en {otherAt}; en uno de los dos la latitud va primero: intercambie los ejes de esa capa',
  'unnamed-design':
    'un proyecto no tiene un nombre que se pueda usar; elija la columna que nombra los proyectos',
  'too-many-designs': 'hay más de {limit} proyectos; recorte los que se necesiten',
  'design-poles-added':
    'no se pueden añadir postes de proyectos a una ciudad: déjelos fuera, o sustituya la ciudad',
};
