import type { ReasonPack } from './pack.ts';

/** Why a file, a layer or a feature cannot be used. The name of the thing stands before it, with a colon. */
export const fr: ReasonPack = {
  empty: 'est vide (0 octet) : exportez ou téléchargez le fichier à nouveau',
  'only-zeros':
    'ne contient que des zéros : le téléchargement a été interrompu ; téléchargez le fichier à nouveau',
  unreadable: 'ne peut plus être lu : le fichier a été déplacé ou modifié ; choisissez-le à nouveau',
  'broke-off':
    'les fichiers n’ont pu être lus jusqu’au bout, peut-être faute de mémoire : donnez moins de fichiers, ou de plus petits, à la fois',
  'too-large': 'dépasse {gigabytes} Gio une fois décompressé : décompressez-le d’abord',
  'too-many-layers':
    'plus de {limit} couches ont été trouvées, et le reste est laissé de côté : donnez moins de fichiers à la fois',
  'unknown-format':
    'n’est dans aucun format connu ici ; donnez du GeoJSON, un Shapefile compressé, un CSV avec des coordonnées, du KML, du KMZ ou un GeoPackage, tel quel ou dans un zip ou un gzip',
  'other-geodata': 'est du {format} : exportez-le en GeoPackage ou en GeoJSON',
  'other-archive': 'est une archive {format} : faites-en un zip',
  'other-packing': 'est du {format} : compressez-le en gzip ou en zip',
  'is-gpx': 'est du GPX : exportez-le en GeoJSON ou en KML',
  'is-osm-xml': 'est du XML d’OpenStreetMap : exportez-le en GeoJSON',
  'is-other-xml': 'est du XML d’un genre inconnu ici : exportez-le en GeoJSON ou en KML',
  'is-web-page':
    'est une page web : le téléchargement a peut-être échoué ; téléchargez les données elles-mêmes',
  'is-server-error': 'est une erreur d’un serveur cartographique : interrogez le serveur à nouveau',
  'is-pdf': 'est un PDF : donnez les données et non leur image',
  'is-picture': 'est une image : donnez les données et non leur image',
  'is-tiff': 'est une image TIFF : donnez des points, des lignes ou des surfaces',
  'is-drawing': 'est un dessin AutoCAD : exportez-le en GeoPackage ou en GeoJSON',
  'is-old-office': 'est un ancien fichier Excel ou Office : enregistrez la feuille en CSV (UTF-8)',
  'is-excel':
    'est un fichier Excel : enregistrez la feuille en CSV (UTF-8), avec des colonnes pour la longitude et la latitude',
  'is-file-geodatabase':
    'est une géodatabase fichier d’Esri, que seuls Esri et GDAL lisent : exportez les couches en GeoPackage ou en Shapefile',
  'is-topojson': 'est du TopoJSON : exportez-le en GeoJSON',

  'empty-archive': 'est une archive qui ne contient rien : compressez les données à nouveau',
  'no-data-in-archive':
    'est une archive sans données : mettez-y du GeoJSON, un Shapefile, du CSV, du KML ou un GeoPackage',
  'nested-archives': 'est une archive dans des archives, trop profonde : décompressez-la d’abord',
  'damaged-archive':
    'est endommagé ou tronqué, et ne peut être décompressé : téléchargez-le ou compressez-le à nouveau',
  'archive-without-end': 'est une archive zip dont la fin manque : téléchargez-la à nouveau',
  'damaged-directory': 'a un répertoire illisible : refaites l’archive',
  'cut-off-in-archive': 'est tronqué : téléchargez l’archive à nouveau',
  'too-many-entries':
    'contient {count} fichiers, et {limit} au plus sont examinés : n’archivez que les données',
  encrypted: 'est protégé par un mot de passe : refaites l’archive sans mot de passe',
  'unknown-method':
    'est compressé par une méthode ({method}) que peu de programmes connaissent : refaites un zip ordinaire',
  'zip-bomb':
    'dépasse {ratio} fois sa taille compressée, ce que ne font pas de vraies données : décompressez-le vous-même si vous lui faites confiance',

  'no-features': 'est du JSON sans objets : donnez du GeoJSON avec « features », ou un objet par ligne',
  'no-placemarks': 'est du KML sans repères : enregistrez-y les lieux',
  'only-links':
    'ne contient que des liens vers d’autres fichiers : ouvrez ceux-ci, et enregistrez-les en KML',
  'no-feature-tables':
    'est une base SQLite sans tables d’objets : donnez un GeoPackage, ou exportez-la ainsi',
  'empty-geopackage': 'est un GeoPackage sans tables d’objets : exportez-y les couches',
  'damaged-geopackage': 'est un GeoPackage endommagé ou tronqué : exportez-le ou téléchargez-le à nouveau',
  'no-table': 'nomme la table {table}, qui n’existe pas ; exportez-le à nouveau',
  'is-view': 'est une vue, que seule une base de données peut lire : exportez-la comme table',
  'damaged-dbf': 'n’est pas un fichier dBASE, ou est tronqué : exportez-le à nouveau',
  'part-of-shapefile':
    'est une partie d’un Shapefile et ne contient aucun lieu : donnez aussi les fichiers .shp et .dbf du même nom',
  'no-shp': 'est la table d’un Shapefile sans ses lieux : donnez aussi le fichier .shp du même nom',
  'no-dbf':
    'il n’y a pas de fichier .dbf à côté du .shp, donc ni noms ni numéros ; donnez les deux, dans un seul zip',
  'no-prj': 'il n’y a pas de fichier .prj à côté du .shp ; dites dans quel système de coordonnées il est',
  'encoding-differs': 'le fichier .cpg indique {declared}, mais les noms sont en {detected}',
  'too-many-columns':
    'a {columns} colonnes, et {limit} au plus sont reprises : supprimez celles dont personne n’a besoin',
  'too-many-columns-in-row':
    'a {columns} colonnes à la ligne {row}, et {limit} au plus sont reprises : supprimez celles dont personne n’a besoin',

  'no-layer': 'n’est plus là ; ouvrez les fichiers à nouveau',
  'no-place':
    'aucune colonne ne dit où se trouve une ligne ; dites lesquelles contiennent la longitude et la latitude, ou x et y',
  'no-place-columns':
    'n’a pas de colonnes qui disent où se trouve une ligne : donnez la longitude et la latitude, x et y, ou du WKT, et dites quelles colonnes ce sont',
  'encoding-not-known':
    'l’encodage {encoding} n’est pas connu ; donnez-en un tel que utf-8, windows-1252 ou shift_jis',
  'crs-unknown': 'le système de coordonnées n’est pas connu ; donnez son code EPSG, par exemple EPSG:2154',
  'crs-not-known':
    'le système de coordonnées {crs} n’est pas connu ; donnez un code EPSG, par exemple EPSG:2154',
  'crs-missing': 'le fichier ne dit pas son système de coordonnées, et ses nombres ne sont pas des degrés',
  'crs-contradicts':
    'le fichier indique {crs}, mais ses nombres ne sont pas des degrés ; dites dans quel système de coordonnées il est',
  'crs-guessed': 'le système de coordonnées est une supposition : {crs} (EPSG:{epsg})',
  swapped: 'la latitude semble venir en premier ; les axes sont échangés',
  'street-missing': '{filled} sur {of} ont un nom de rue',
  'street-missing-at-first': '{filled} des {of} premiers ont un nom de rue',
  'number-missing': '{filled} sur {of} ont un numéro',
  'number-missing-at-first': '{filled} des {of} premiers ont un numéro',
  'name-missing': '{filled} sur {of} ont un nom',
  'name-missing-at-first': '{filled} des {of} premiers ont un nom',
  'texts-mended':
    '{count, plural, one {# texte a été réparé} many {# de textes ont été réparés} other {# textes ont été réparés}} : des caractères que rien ne peut enregistrer ont été retirés, ou étaient déjà perdus',
  'duplicates-limit': 'les doublons ont été cherchés parmi les {limit} premières adresses',

  'no-geometry': 'n’a pas de géométrie ; dessinez-la, ou retirez l’objet',
  'no-overpass-geometry':
    'n’a pas de géométrie propre ; interrogez Overpass avec "out geom;" ou "out center;"',
  'no-tags': 'n’a pas de tags, et fait donc partie d’autre chose',
  'not-json': 'n’est pas du JSON : {text} ; écrivez-le à nouveau',
  'not-a-feature': 'est {text} et non un objet ; retirez-le',
  'feature-too-large': 'est trop grand ; simplifiez-le',
  'feature-too-deep': 'dépasse {megabytes} Mo ou {depth} niveaux d’imbrication ; simplifiez-le',
  'too-many-positions': 'a plus de {limit} positions ; simplifiez-le',
  'too-many-properties': 'a plus de {limit} propriétés ; supprimez celles dont personne n’a besoin',
  'cut-off': 'est tronqué ici : le fichier finit au milieu ; téléchargez-le ou exportez-le à nouveau',
  'shp-cut-off': 'est tronqué ici : le fichier .shp finit au milieu ou est endommagé ; exportez-le à nouveau',
  deleted: 'est supprimé dans la table ; compactez le Shapefile',
  'damaged-geometry': 'a une géométrie endommagée ; réparez-la, ou retirez l’objet',
  'unknown-geometry': 'a une géométrie du type {type} ; faites-en des points, des lignes ou des surfaces',
  'nested-geometry': 'est imbriqué trop profondément ; réparez-le, ou retirez-le',
  'part-no-geometry': 'a une partie qui n’est pas une géométrie ; réparez-le, ou retirez-le',
  'short-line': 'a une ligne de moins de deux positions ; réparez-le, ou retirez-le',
  'no-outline': 'a une surface sans contour ; réparez-le, ou retirez-le',
  'short-outline': 'a une surface de moins de trois sommets ; réparez-le, ou retirez-le',
  'bad-position': 'a une position qui n’est pas faite de deux nombres : {found} ; réparez-le, ou retirez-le',
  'no-coordinates': 'a {found} là où vont des coordonnées ; réparez-le, ou retirez-le',
  'outside-crs': '{position} est hors de {crs} ; dites dans quel système de coordonnées cela est',
  'not-degrees':
    '{position} est en coordonnées projetées et non en degrés ; dites dans quel système de coordonnées cela est, ou échangez les axes',
  'latitude-too-large':
    '{position} a une latitude au-delà de 90 degrés ; dites dans quel système de coordonnées cela est, ou échangez les axes',
  'not-on-earth':
    '{position} n’est pas sur Terre : la longitude va de -180 à 180, la latitude de -90 à 90 ; dites dans quel système de coordonnées cela est, ou échangez les axes',
  'line-for-address':
    'est une ligne, et les adresses sont des points ou des surfaces ; lisez-la comme rue, ou retirez-la',
  'line-for-pole':
    'est une ligne, et les poteaux sont des points ou des surfaces ; lisez-la comme rue, ou retirez-la',
  'point-for-street': 'est un point, et les rues sont des lignes ; retirez-le',
  'area-for-street': 'est une surface, et les rues sont des lignes ; retirez-la',
  'point-for-design': 'est un point, et les projets sont des surfaces ; retirez-le',
  'line-for-design': 'est une ligne, et les projets sont des surfaces ; retirez-la',
  'no-design': 'ne dit pas de quel projet il fait partie ; choisissez la colonne qui le nomme',
  duplicate: 'est la même adresse au même endroit qu’une précédente',
  'bad-place': 'n’a pas de lieu lisible : {value} ; donnez des nombres',
  'open-quote': 'ouvre un guillemet que rien ne ferme dans sa ligne : {row} ; fermez-le, ou doublez-le',
  'separator-changed':
    'est séparé par « {separator} », et l’en-tête par « {before} » ; prenez un seul séparateur pour tout le fichier',
  'separator-now-tab':
    'est séparé par des tabulations, et l’en-tête par « {before} » ; prenez un seul séparateur pour tout le fichier',
  'separator-was-tab':
    'est séparé par « {separator} », et l’en-tête par des tabulations ; prenez un seul séparateur pour tout le fichier',
  'too-many-fields':
    'a {fields} champs, et l’en-tête {columns} ; mettez entre guillemets un texte qui contient un séparateur',

  'layers-apart':
    '{layer} : se trouve à {at}, mais {otherLayer} à {otherAt} ; donnez des couches d’une seule et même ville',
  'layers-swapped':
    '{layer} : se trouve à {at}, mais {otherLayer} à {otherAt} ; pour l’une des deux la latitude vient en premier : échangez les axes de cette couche',
  'unnamed-design': 'un projet n’a pas de nom utilisable ; choisissez la colonne qui nomme les projets',
  'too-many-designs': 'il y a plus de {limit} projets ; extrayez ceux dont vous avez besoin',
  'design-poles-added':
    'des poteaux de projets ne peuvent pas être ajoutés à une ville : laissez-les de côté, ou remplacez la ville',
};
