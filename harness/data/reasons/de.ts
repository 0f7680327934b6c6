import type { ReasonPack } from './pack.ts';

/** Why a file, a layer or a feature cannot be used. The name of the thing stands before it, with a colon. */
export const de: ReasonPack = {
  empty: 'ist leer (0 Bytes): Exportieren oder laden Sie die Datei noch einmal',
  'only-zeros': 'enthält nichts als Nullen: Der Download brach ab; laden Sie die Datei noch einmal',
  unreadable:
    'lässt sich nicht mehr lesen: Die Datei wurde verschoben oder geändert; wählen Sie sie noch einmal',
  'broke-off':
    'die Dateien konnten nicht zu Ende gelesen werden, vielleicht aus Mangel an Speicher: Geben Sie weniger oder kleinere Dateien auf einmal',
  'too-large': 'hat entpackt mehr als {gigabytes} GiB: Entpacken Sie die Datei vorher',
  'too-many-layers':
    'mehr als {limit} Ebenen wurden gefunden, und der Rest bleibt weg: Geben Sie weniger Dateien auf einmal',
  'unknown-format':
    'hat kein Format, das hier bekannt ist; geben Sie GeoJSON, ein gepacktes Shapefile, CSV mit Koordinaten, KML, KMZ oder GeoPackage, so wie es ist oder in einem zip oder gzip',
  'other-geodata': 'ist {format}: Exportieren Sie es als GeoPackage oder GeoJSON',
  'other-archive': 'ist ein {format}-Archiv: Packen Sie es als zip',
  'other-packing': 'ist {format}: Packen Sie es als gzip oder zip',
  'is-gpx': 'ist GPX: Exportieren Sie es als GeoJSON oder KML',
  'is-osm-xml': 'ist XML von OpenStreetMap: Exportieren Sie es als GeoJSON',
  'is-other-xml': 'ist XML einer Art, die hier nicht bekannt ist: Exportieren Sie es als GeoJSON oder KML',
  'is-web-page': 'ist eine Webseite: Vielleicht schlug der Download fehl; laden Sie die Daten selbst',
  'is-server-error': 'ist die Fehlermeldung eines Kartenservers: Fragen Sie den Server noch einmal',
  'is-pdf': 'ist ein PDF: Geben Sie die Daten und kein Bild davon',
  'is-picture': 'ist ein Bild: Geben Sie die Daten und kein Bild davon',
  'is-tiff': 'ist ein TIFF-Bild: Geben Sie Punkte, Linien oder Flächen',
  'is-drawing': 'ist eine AutoCAD-Zeichnung: Exportieren Sie sie als GeoPackage oder GeoJSON',
  'is-old-office': 'ist eine alte Excel- oder Office-Datei: Speichern Sie das Blatt als CSV (UTF-8)',
  'is-excel':
    'ist eine Excel-Datei: Speichern Sie das Blatt als CSV (UTF-8), mit Spalten für Länge und Breite',
  'is-file-geodatabase':
    'ist eine File-Geodatabase von Esri, die nur Esri und GDAL lesen: Exportieren Sie die Ebenen als GeoPackage oder Shapefile',
  'is-topojson': 'ist TopoJSON: Exportieren Sie es als GeoJSON',

  'empty-archive': 'ist ein Archiv, in dem nichts ist: Packen Sie die Daten noch einmal',
  'no-data-in-archive':
    'ist ein Archiv ohne Daten: Packen Sie GeoJSON, ein Shapefile, CSV, KML oder GeoPackage hinein',
  'nested-archives': 'ist ein Archiv in Archiven, zu tief: Entpacken Sie es vorher',
  'damaged-archive':
    'ist beschädigt oder abgeschnitten und lässt sich nicht entpacken: Laden oder packen Sie es noch einmal',
  'archive-without-end': 'ist ein zip-Archiv, dessen Ende fehlt: Laden Sie es noch einmal',
  'damaged-directory': 'hat ein Verzeichnis, das sich nicht lesen lässt: Packen Sie das Archiv noch einmal',
  'cut-off-in-archive': 'ist abgeschnitten: Laden Sie das Archiv noch einmal',
  'too-many-entries':
    'enthält {count} Dateien, und höchstens {limit} werden angesehen: Packen Sie nur die Daten',
  encrypted: 'ist mit einem Passwort gesperrt: Packen Sie das Archiv noch einmal ohne Passwort',
  'unknown-method':
    'ist auf eine Weise ({method}) gepackt, die wenige Programme kennen: Packen Sie es noch einmal als gewöhnliches zip',
  'zip-bomb':
    'wächst auf mehr als das {ratio}-Fache der gepackten Größe, wie es keine echten Daten tun: Entpacken Sie es selbst, wenn Sie ihm trauen',

  'no-features': 'ist JSON ohne Objekte: Geben Sie GeoJSON mit „features“ oder ein Objekt je Zeile',
  'no-placemarks': 'ist KML ohne Orte: Speichern Sie die Orte in die Datei',
  'only-links': 'enthält nur Verweise auf andere Dateien: Öffnen Sie jene, und speichern Sie sie als KML',
  'no-feature-tables':
    'ist eine SQLite-Datenbank ohne Tabellen mit Objekten: Geben Sie ein GeoPackage, oder exportieren Sie sie als eines',
  'empty-geopackage': 'ist ein GeoPackage ohne Tabellen mit Objekten: Exportieren Sie die Ebenen hinein',
  'damaged-geopackage':
    'ist ein GeoPackage, das beschädigt oder abgeschnitten ist: Exportieren oder laden Sie es noch einmal',
  'no-table': 'nennt die Tabelle {table}, die es nicht gibt; exportieren Sie es noch einmal',
  'is-view': 'ist eine Sicht, die nur eine Datenbank lesen kann: Exportieren Sie sie als Tabelle',
  'damaged-dbf': 'ist keine dBASE-Datei oder ist abgeschnitten: Exportieren Sie sie noch einmal',
  'part-of-shapefile':
    'ist ein Teil eines Shapefiles und enthält keine Orte: Geben Sie die .shp- und die .dbf-Datei desselben Namens dazu',
  'no-shp':
    'ist die Tabelle eines Shapefiles ohne dessen Orte: Geben Sie die .shp-Datei desselben Namens dazu',
  'no-dbf':
    'Neben der .shp-Datei ist keine .dbf-Datei, also gibt es keine Namen und Nummern; geben Sie beide, in einem zip',
  'no-prj': 'Neben der .shp-Datei ist keine .prj-Datei; sagen Sie, in welchem Koordinatensystem sie ist',
  'encoding-differs': 'Die .cpg-Datei sagt {declared}, aber die Namen sind {detected}',
  'too-many-columns':
    'hat {columns} Spalten, und höchstens {limit} werden übernommen: Lassen Sie weg, was niemand braucht',
  'too-many-columns-in-row':
    'hat {columns} Spalten in Zeile {row}, und höchstens {limit} werden übernommen: Lassen Sie weg, was niemand braucht',

  'no-layer': 'ist nicht mehr da; öffnen Sie die Dateien noch einmal',
  'no-place':
    'Keine Spalte sagt, wo eine Zeile liegt; sagen Sie, welche die Länge und die Breite enthalten, oder x und y',
  'no-place-columns':
    'hat keine Spalten, die sagen, wo eine Zeile liegt: Geben Sie Länge und Breite, x und y, oder WKT, und sagen Sie, welche Spalten das sind',
  'encoding-not-known':
    'Die Zeichenkodierung {encoding} ist nicht bekannt; nennen Sie eine wie utf-8, windows-1252 oder shift_jis',
  'crs-unknown': 'Das Koordinatensystem ist nicht bekannt; nennen Sie seinen EPSG-Code, etwa EPSG:25832',
  'crs-not-known':
    'Das Koordinatensystem {crs} ist nicht bekannt; nennen Sie einen EPSG-Code, etwa EPSG:25832',
  'crs-missing': 'Die Datei nennt ihr Koordinatensystem nicht, und ihre Zahlen sind keine Grad',
  'crs-contradicts':
    'Die Datei nennt {crs}, aber ihre Zahlen sind keine Grad; sagen Sie, in welchem Koordinatensystem sie ist',
  'crs-guessed': 'Das Koordinatensystem ist eine Vermutung: {crs} (EPSG:{epsg})',
  swapped: 'Die Breite scheint zuerst zu stehen; die Achsen werden gedreht',
  'street-missing': '{filled} von {of} haben einen Straßennamen',
  'street-missing-at-first': '{filled} der ersten {of} haben einen Straßennamen',
  'number-missing': '{filled} von {of} haben eine Hausnummer',
  'number-missing-at-first': '{filled} der ersten {of} haben eine Hausnummer',
  'name-missing': '{filled} von {of} haben einen Namen',
  'name-missing-at-first': '{filled} der ersten {of} haben einen Namen',
  'texts-mended':
    '{count, plural, one {# Text wurde} other {# Texte wurden}} ausgebessert: Zeichen, die niemand speichern kann, wurden entfernt oder waren schon vorher verloren',
  'duplicates-limit': 'Doppelte wurden unter den ersten {limit} Adressen gesucht',

  'no-geometry': 'hat keine Geometrie; zeichnen Sie sie, oder nehmen Sie das Objekt heraus',
  'no-overpass-geometry':
    'hat keine eigene Geometrie; fragen Sie Overpass mit "out geom;" oder "out center;"',
  'no-tags': 'hat keine Tags und ist also ein Teil von etwas anderem',
  'not-json': 'ist kein JSON: {text}; schreiben Sie es noch einmal',
  'not-a-feature': 'ist {text} und kein Objekt; nehmen Sie es heraus',
  'feature-too-large': 'ist zu groß; vereinfachen Sie es',
  'feature-too-deep':
    'ist größer als {megabytes} MB oder tiefer als {depth} Ebenen verschachtelt; vereinfachen Sie es',
  'too-many-positions': 'hat mehr als {limit} Positionen; vereinfachen Sie es',
  'too-many-properties': 'hat mehr als {limit} Eigenschaften; lassen Sie weg, was niemand braucht',
  'cut-off': 'ist hier abgeschnitten: Die Datei endet mittendrin; laden oder exportieren Sie sie noch einmal',
  'shp-cut-off':
    'ist hier abgeschnitten: Die .shp-Datei endet mittendrin oder ist beschädigt; exportieren Sie sie noch einmal',
  deleted: 'ist in der Tabelle gelöscht; packen Sie das Shapefile neu (Repack)',
  'damaged-geometry': 'hat eine beschädigte Geometrie; reparieren Sie sie, oder nehmen Sie das Objekt heraus',
  'unknown-geometry': 'hat eine Geometrie des Typs {type}; machen Sie Punkte, Linien oder Flächen daraus',
  'nested-geometry': 'ist zu tief verschachtelt; reparieren Sie es, oder nehmen Sie es heraus',
  'part-no-geometry': 'hat einen Teil, der keine Geometrie ist; reparieren Sie es, oder nehmen Sie es heraus',
  'short-line':
    'hat eine Linie mit weniger als zwei Positionen; reparieren Sie es, oder nehmen Sie es heraus',
  'no-outline': 'hat eine Fläche ohne Umriss; reparieren Sie es, oder nehmen Sie es heraus',
  'short-outline': 'hat eine Fläche mit weniger als drei Ecken; reparieren Sie es, oder nehmen Sie es heraus',
  'bad-position':
    'hat eine Position, die nicht aus zwei Zahlen besteht: {found}; reparieren Sie es, oder nehmen Sie es heraus',
  'no-coordinates': 'hat {found}, wo Koordinaten hingehören; reparieren Sie es, oder nehmen Sie es heraus',
  'outside-crs': '{position} liegt außerhalb von {crs}; sagen Sie, in welchem Koordinatensystem es ist',
  'not-degrees':
    '{position} sind projizierte Koordinaten und keine Grad; sagen Sie, in welchem Koordinatensystem es ist, oder drehen Sie die Achsen',
  'latitude-too-large':
    '{position} hat eine Breite von mehr als 90 Grad; sagen Sie, in welchem Koordinatensystem es ist, oder drehen Sie die Achsen',
  'not-on-earth':
    '{position} ist nicht auf der Erde: Die Länge geht von -180 bis 180, die Breite von -90 bis 90; sagen Sie, in welchem Koordinatensystem es ist, oder drehen Sie die Achsen',
  'line-for-address':
    'ist eine Linie, und Adressen sind Punkte oder Flächen; lesen Sie sie als Straßen, oder nehmen Sie sie heraus',
  'line-for-pole':
    'ist eine Linie, und Masten sind Punkte oder Flächen; lesen Sie sie als Straßen, oder nehmen Sie sie heraus',
  'point-for-street': 'ist ein Punkt, und Straßen sind Linien; nehmen Sie ihn heraus',
  'area-for-street': 'ist eine Fläche, und Straßen sind Linien; nehmen Sie sie heraus',
  'point-for-design': 'ist ein Punkt, und Entwürfe sind Flächen; nehmen Sie ihn heraus',
  'line-for-design': 'ist eine Linie, und Entwürfe sind Flächen; nehmen Sie sie heraus',
  'no-design': 'sagt nicht, zu welchem Entwurf es gehört; wählen Sie die Spalte, die ihn nennt',
  duplicate: 'ist dieselbe Adresse am selben Ort wie eine davor',
  'bad-place': 'hat keinen Ort, der sich lesen lässt: {value}; geben Sie Zahlen',
  'open-quote':
    'öffnet ein Anführungszeichen, das in seiner Zeile nichts schließt: {row}; schließen oder verdoppeln Sie es',
  'separator-changed':
    'ist durch „{separator}“ getrennt und die Kopfzeile durch „{before}“; nehmen Sie ein Trennzeichen für die ganze Datei',
  'separator-now-tab':
    'ist durch Tabulatoren getrennt und die Kopfzeile durch „{before}“; nehmen Sie ein Trennzeichen für die ganze Datei',
  'separator-was-tab':
    'ist durch „{separator}“ getrennt und die Kopfzeile durch Tabulatoren; nehmen Sie ein Trennzeichen für die ganze Datei',
  'too-many-fields':
    'hat {fields} Felder und die Kopfzeile {columns}; setzen Sie einen Text, der ein Trennzeichen enthält, in Anführungszeichen',

  'layers-apart':
    '{layer}: liegt bei {at}, aber {otherLayer} bei {otherAt}; geben Sie Ebenen ein und derselben Stadt',
  'layers-swapped':
    '{layer}: liegt bei {at}, aber {otherLayer} bei {otherAt}; bei einem von beiden steht die Breite zuerst: Drehen Sie die Achsen jener Ebene',
  'unnamed-design': 'Ein Entwurf hat keinen brauchbaren Namen; wählen Sie die Spalte, die die Entwürfe nennt',
  'too-many-designs': 'Es sind mehr als {limit} Entwürfe; schneiden Sie die heraus, die gebraucht werden',
  'design-poles-added':
    'Masten von Entwürfen lassen sich nicht zu einer Stadt hinzufügen: Lassen Sie sie weg, oder ersetzen Sie die Stadt',
};
