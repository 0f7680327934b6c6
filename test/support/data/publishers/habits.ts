// Files as spreadsheets and databases write them, whoever publishes them.

import type { PublisherFile } from './PublisherFile.ts';

export const PROGRAM_FILES: readonly PublisherFile[] = [
  [
    'Excel: sep=, empty columns and a footnote',
    `sep=;
Straße;Hausnummer;PLZ;Breitengrad;Längengrad;;;
Marienplatz;1;80331;48,137400;11,575500;;;
Marienplatz;22;80331;48,137900;11,576200;;;
Marienplatz;3;80331;48,138400;11,576900;;;
Quelle: Stadt München, Stand 2023;;;;;;;`,
    '1 Marienplatz, 80331 @ 11.575,48.137',
  ],
  [
    'Excel: title above the heading',
    `Adressliste München;;;;
Stand: 01.01.2024;;;;
;;;;
Straße;Hausnummer;PLZ;Breitengrad;Längengrad
Marienplatz;1;80331;48,137400;11,575500
Marienplatz;22;80331;48,137900;11,576200
Marienplatz;3;80331;48,138400;11,576900`,
    '1 Marienplatz, 80331 @ 11.575,48.137',
  ],
  [
    'Excel: title, and commas',
    `Customer list exported 2024-02-01,,,,,
Confidential,,,,,
Address,City,State,Zip,Lat,Long
"1 Main St",Cambridge,MA,2139,42.370000,-71.100000
"22 Main St",Cambridge,MA,2139,42.370500,-71.099300
"3 Main St",Cambridge,MA,2139,42.371000,-71.098600`,
    '1 Main St, 2139 @ -71.100,42.370',
  ],
  [
    'Excel: apostrophes between thousands',
    `Strasse;Nr;PLZ;Ort;X;Y
Bahnhofstrasse;1;8001;Zürich;2'683'186;1'247'156
Bahnhofstrasse;22;8001;Zürich;2'683'238;1'247'213
Bahnhofstrasse;3;8001;Zürich;2'683'290;1'247'269`,
    '1 Bahnhofstrasse, 8001 @ 8.540,47.370',
    2056,
  ],
  [
    'PostGIS: EWKB',
    `fid,strasse,hausnr,geom
0,Meir,1,01010000208A7A0000A4CE25DE2B990241834BFAD90FE60941
21,Meir,22,01010000208A7A0000312B2DEAB29A0241095EA10DCDE70941
42,Meir,3,01010000208A7A00005B840EF4399C0241ED9F3F428AE90941`,
    '1 Meir @ 4.402,51.219',
    31370,
  ],
  [
    'PostGIS: EWKT',
    `"the_geom";"street";"housenumber"
"SRID=25831;POINT(597945.908 5675158.044)";"Meir";"1"
"SRID=25831;POINT(597993.730 5675214.577)";"Meir";"22"
"SRID=25831;POINT(598041.550 5675271.111)";"Meir";"3"`,
    '1 Meir @ 4.403,51.219',
    25831,
  ],
  [
    'Degrees, minutes and seconds without signs',
    `Logradouro;Numero;Latitude;Longitude
Rua Augusta;1;23 33 1.80 S;46 37 59.88 W
Rua Augusta;22;23 33 0.00 S;46 37 57.36 W
Rua Augusta;3;23 32 58.20 S;46 37 54.84 W`,
    '1 Rua Augusta @ -46.633,-23.550',
  ],
];
