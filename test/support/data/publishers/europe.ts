// Files as publishers of the west and the north of Europe write them: columns, separators, numbers and systems are theirs, the rows are made up.

import type { PublisherFile } from './PublisherFile.ts';

export const WEST_EUROPEAN_FILES: readonly PublisherFile[] = [
  [
    'Great Britain: OS Open UPRN',
    `UPRN,X_COORDINATE,Y_COORDINATE,LATITUDE,LONGITUDE
100120000,451331.42,206183.41,51.7520000,-1.2578000
100120021,451379.17,206239.51,51.7525000,-1.2571000
100120042,451426.93,206295.61,51.7530000,-1.2564000`,
    '? ? @ -1.258,51.752',
  ],
  [
    'Great Britain: OS AddressBase Plus',
    `UPRN,OS_ADDRESS_TOID,UDPRN,ORGANISATION_NAME,DEPARTMENT_NAME,PO_BOX_NUMBER,SUB_BUILDING_NAME,BUILDING_NAME,BUILDING_NUMBER,DEPENDENT_THOROUGHFARE,THOROUGHFARE,POST_TOWN,DOUBLE_DEPENDENT_LOCALITY,DEPENDENT_LOCALITY,POSTCODE,POSTCODE_TYPE,X_COORDINATE,Y_COORDINATE,LATITUDE,LONGITUDE,RPC,COUNTRY,CHANGE_TYPE,LA_START_DATE,RM_START_DATE,LAST_UPDATE_DATE,CLASS
100120000,"osgb10000",200,"","","",,"",1,"","ABBEY ROAD","OXFORD","","","OX2 0AA","S",451331.42,206183.41,51.7520000,-1.2578000,1,"E","I",2007-12-09,2012-03-19,2016-02-10,"RD04"
100120021,"osgb100021",221,"","","",,"",22,"","ABBEY ROAD","OXFORD","","","OX2 0AA","S",451379.17,206239.51,51.7525000,-1.2571000,1,"E","I",2007-12-09,2012-03-19,2016-02-10,"RD04"
100120042,"osgb100042",242,"","","",,"",3,"","ABBEY ROAD","OXFORD","","","OX2 0AA","S",451426.93,206295.61,51.7530000,-1.2564000,1,"E","I",2007-12-09,2012-03-19,2016-02-10,"RD04"`,
    '1 ABBEY ROAD, OX2 0AA @ -1.258,51.752',
  ],
  [
    'Great Britain: OS Code-Point Open, without a heading',
    `"OX2 0AA",10,451331,206183,"E92000001","E19000003","E18000009","E10000025","E07000178","E05006566"
"OX2 3AA",10,451379,206239,"E92000001","E19000003","E18000009","E10000025","E07000178","E05006566"
"OX2 6AA",10,451426,206295,"E92000001","E19000003","E18000009","E10000025","E07000178","E05006566"`,
    '? ? @ -1.258,51.752',
    27700,
  ],
  [
    'France: Base Adresse Nationale',
    `id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;code_insee_ancienne_commune;nom_ancienne_commune;x;y;lon;lat;type_position;alias;nom_ld;libelle_acheminement;nom_afnor;source_position;source_nom_voie;certification_commune;cad_parcelles
38185_1234_00000;38185_1234;1;;Rue de l'Église;38000;38185;Grenoble;;;913924.10;6458045.16;5.724500;45.188500;entrée;;;GRENOBLE;RUE DE L EGLISE;commune;commune;1;381850000A0000
38185_1234_00021;38185_1234;22;;Rue de l'Église;38000;38185;Grenoble;;;913977.13;6458102.55;5.725200;45.189000;entrée;;;GRENOBLE;RUE DE L EGLISE;commune;commune;1;381850000A0021
38185_1234_00042;38185_1234;3;;Rue de l'Église;38000;38185;Grenoble;;;914030.15;6458159.95;5.725900;45.189500;entrée;;;GRENOBLE;RUE DE L EGLISE;commune;commune;1;381850000A0042`,
    "1 Rue de l'Église, 38000 @ 5.724,45.188",
  ],
  [
    'France: Base Adresse Locale',
    `uid_adresse;cle_interop;commune_insee;commune_nom;commune_deleguee_insee;commune_deleguee_nom;voie_nom;lieudit_complement_nom;numero;suffixe;position;x;y;long;lat;cad_parcelles;source;date_der_maj;certification_commune
;38185_1234_00000;38185;Grenoble;;;Rue de l'Église;;1;;segment;913924.10;6458045.16;5.724500;45.188500;;Commune de Grenoble;2023-01-01;1
;38185_1234_00021;38185;Grenoble;;;Rue de l'Église;;22;;segment;913977.13;6458102.55;5.725200;45.189000;;Commune de Grenoble;2023-01-01;1
;38185_1234_00042;38185;Grenoble;;;Rue de l'Église;;3;;segment;914030.15;6458159.95;5.725900;45.189500;;Commune de Grenoble;2023-01-01;1`,
    "1 Rue de l'Église @ 5.724,45.188",
  ],
  [
    'France: in Lambert 93 alone, with decimal commas',
    `id;numero;rep;nom_voie;code_postal;x;y
38185_00000;1;;Rue Haute;38000;913924,10;6458045,16
38185_00021;22;;Rue Haute;38000;913977,13;6458102,55
38185_00042;3;;Rue Haute;38000;914030,15;6458159,95`,
    '1 Rue Haute, 38000 @ 5.724,45.189',
    2154,
  ],
  [
    'Switzerland: official directory of building addresses',
    `ADR_EGAID;STR_ESID;BDG_EGID;ADR_EDID;STN_LABEL;ADR_NUMBER;BDG_CATEGORY;BDG_NAME;ZIP_LABEL;COM_FOSNR;COM_NAME;COM_CANTON;ADR_STATUS;ADR_OFFICIAL;ADR_VALID;ADR_MODIFIED;ADR_EASTING;ADR_NORTHING
101800000;10004000;280000;0;Marktgässchen;1;residential;;3011 Bern;351;Bern;BE;real;true;true;20.10.2021;2600667.475;1199657.316
101800021;10004021;280021;0;Marktgässchen;22;residential;;3011 Bern;351;Bern;BE;real;true;true;20.10.2021;2600720.760;1199712.907
101800042;10004042;280042;0;Marktgässchen;3;residential;;3011 Bern;351;Bern;BE;real;true;true;20.10.2021;2600774.045;1199768.499`,
    '1 Marktgässchen, 3011 @ 7.447,46.948',
    2056,
  ],
  [
    'Switzerland: entrances of the federal register, with tabs',
    `EGID	EDID	EGAID	DEINR	ESID	STRNAME	STRNAMK	STRINDX	STRSP	STROFFIZIEL	DPLZ4	DPLZZ	DPLZNAME	DKODE	DKODN	DOFFADR	DEXPDAT
280000	0	101800000	1	10004000	Marktgasse	Marktgasse	M	9901	1	3011	0	Bern	2600667.475	1199657.316	1	2024-01-01
280021	0	101800021	22	10004021	Marktgasse	Marktgasse	M	9901	1	3011	0	Bern	2600720.760	1199712.907	1	2024-01-01
280042	0	101800042	3	10004042	Marktgasse	Marktgasse	M	9901	1	3011	0	Bern	2600774.045	1199768.499	1	2024-01-01`,
    '1 Marktgasse, 3011 @ 7.447,46.948',
    2056,
  ],
  [
    'Germany: gebref of North Rhine-Westphalia, without a heading',
    `N;DENW03AL00000000;05;3;15;000;0001;Köln;Köln;Altstadt;5000;Domstraße;1;;356560,260;5645282,136
N;DENW03AL00000021;05;3;15;000;0001;Köln;Köln;Altstadt;5021;Domstraße;22;;356610,973;5645336,369
N;DENW03AL00000042;05;3;15;000;0001;Köln;Köln;Altstadt;5042;Domstraße;3;;356661,684;5645390,603`,
    '1 Domstraße @ 6.958,50.941',
    25832,
  ],
  [
    'Germany: Hauskoordinaten',
    `NBA;OI;QUA;LAN;RBZ;KRS;GMD;OTT;SSS;HNR;ADZ;EO;NO;STN;PLZ;PON;LAND;REGBEZ;KREIS;GEMEINDE
N;DEBY00000000;A;09;1;62;000;0000;5000;1;;691603.032;5334780.031;Münchner Straße;80331;München;Bayern;Oberbayern;München;München
N;DEBY00000021;A;09;1;62;000;0000;5021;22;;691653.242;5334837.344;Münchner Straße;80331;München;Bayern;Oberbayern;München;München
N;DEBY00000042;A;09;1;62;000;0000;5042;3;a;691703.452;5334894.657;Münchner Straße;80331;München;Bayern;Oberbayern;München;München`,
    '1 Münchner Straße, 80331 @ 11.575,48.137',
    25832,
  ],
  [
    'Germany: Berlin in zone 33, known by the postcode',
    `ADRESSID;STR_NAME;HNR;HNR_ZUSATZ;PLZ;X;Y
0;Torstraße;1;;10115;391440,0;5820079,7
21;Torstraße;22;;10115;391488,8;5820134,2
42;Torstraße;3;;10115;391537,5;5820188,8`,
    '1 Torstraße, 10115 @ 13.400,52.520',
    25833,
  ],
  [
    'Austria: BEV, the system in a column',
    `"ADRCD";"GKZ";"OKZ";"PLZ";"SKZ";"ZAEHLSPRENGEL";"HAUSNRTEXT";"HAUSNRZAHL1";"HAUSNRBUCHSTABE1";"HAUSNRVERBINDUNG1";"HAUSNRZAHL2";"HAUSNRBUCHSTABE2";"HAUSNRBEREICH";"GNRADRESSE";"HOFNAME";"RW";"HW";"EPSG";"QUELLADRESSE";"BESTIMMUNGSART"
"6000000";"90001";"1";"1010";"012345";"000";"";"1";"";"";"";"";"";"1";"";"3096,80";"341089,37";"31256";"1";"1"
"6000021";"90001";"1";"1010";"012345";"000";"";"22";"";"";"";"";"";"1";"";"3148,80";"341144,99";"31256";"1";"1"
"6000042";"90001";"1";"1010";"012345";"000";"";"3";"";"";"";"";"";"1";"";"3200,80";"341200,62";"31256";"1";"1"`,
    '1 ?, 1010 @ 16.374,48.208',
    31256,
  ],
  [
    'Netherlands: BAG',
    `openbareruimte;huisnummer;huisletter;huisnummertoevoeging;postcode;woonplaats;gemeente;provincie;nummeraanduiding;verblijfsobjectgebruiksdoel;oppervlakteverblijfsobject;verblijfsobjectstatus;object_id;object_type;nevenadres;pandid;pandstatus;pandbouwjaar;x;y;lon;lat
Oudegracht;1;;;3511AB;Utrecht;Utrecht;Utrecht;0000344200000000;woonfunctie;80;Verblijfsobject in gebruik;0000344010000000;VBO;0;0000344100000000;Pand in gebruik;1900;136783.726;455860.139;5.1214000;52.0907000
Oudegracht;22;;;3511AB;Utrecht;Utrecht;Utrecht;0000344200000021;woonfunctie;80;Verblijfsobject in gebruik;0000344010000021;VBO;0;0000344100000021;Pand in gebruik;1900;136831.902;455915.593;5.1221000;52.0912000
Oudegracht;3;;;3511AB;Utrecht;Utrecht;Utrecht;0000344200000042;woonfunctie;80;Verblijfsobject in gebruik;0000344010000042;VBO;0;0000344100000042;Pand in gebruik;1900;136880.077;455971.048;5.1228000;52.0917000`,
    '1 Oudegracht, 3511AB @ 5.121,52.091',
  ],
  [
    'Belgium: BeSt, the system in the heading',
    `EPSG:31370_x,EPSG:31370_y,EPSG:4326_lat,EPSG:4326_lon,address_id,box_number,house_number,municipality_id,municipality_name_de,municipality_name_fr,municipality_name_nl,postcode,postname_fr,postname_nl,street_id,streetname_de,streetname_fr,streetname_nl,region_code,status
152357.48347,212161.98143,51.21940,4.40250,0,,1,11002,,,Antwerpen,2000,,ANTWERPEN,0,,,Meir,BE-VLG,current
152406.36434,212217.63166,51.21990,4.40320,21,,22,11002,,,Antwerpen,2000,,ANTWERPEN,0,,,Meir,BE-VLG,current
152455.24417,212273.28235,51.22040,4.40390,42,,3,11002,,,Antwerpen,2000,,ANTWERPEN,0,,,Meir,BE-VLG,current`,
    '1 Meir, 2000 @ 4.402,51.219',
  ],
  [
    'Denmark: DAWA',
    `id,status,oprettet,ændret,vejkode,vejnavn,adresseringsvejnavn,husnr,etage,dør,supplerendebynavn,postnr,postnrnavn,kommunekode,kommunenavn,ejerlavkode,ejerlavnavn,matrikelnr,etrs89koordinat_øst,etrs89koordinat_nord,wgs84koordinat_bredde,wgs84koordinat_længde,nøjagtighed,kilde,tekniskstandard,tekstretning,adressepunktændringsdato,ddkn_m100,ddkn_km1,ddkn_km10,adgangsadresseid,regionskode,regionsnavn,jordstykke_ejerlavnavn,kvhx,sognekode,sognenavn,politikredskode,politikredsnavn,retskredskode,retskredsnavn,opstillingskredskode,opstillingskredsnavn,zone,højde
0a3f500000-1b2c,1,2000-02-05T12:14:22,2009-02-11T02:07:14,0004,Abel Cathrines Gade,Abel Cathrines Gade,1,st,,,1654,København V,0101,København,2000176,Udenbys Vester,0,724351.93,6175804.02,55.67610000,12.56830000,A,5,TD,200,2002-04-03,100m_61750_7241,1km_6175_724,10km_617_72,0a3f50,1084,Region Hovedstaden,,01010004__0,7001,Sogn,1470,Politi,1101,Ret,0003,Opst,Byzone,12.3
0a3f500021-1b2c,1,2000-02-05T12:14:22,2009-02-11T02:07:14,0004,Abel Cathrines Gade,Abel Cathrines Gade,22,st,,,1654,København V,0101,København,2000176,Udenbys Vester,21,724393.06,6175861.89,55.67660000,12.56900000,A,5,TD,200,2002-04-03,100m_61750_7241,1km_6175_724,10km_617_72,0a3f50,1084,Region Hovedstaden,,01010004__21,7001,Sogn,1470,Politi,1101,Ret,0003,Opst,Byzone,12.3
0a3f500042-1b2c,1,2000-02-05T12:14:22,2009-02-11T02:07:14,0004,Abel Cathrines Gade,Abel Cathrines Gade,3,st,,,1654,København V,0101,København,2000176,Udenbys Vester,42,724434.18,6175919.77,55.67710000,12.56970000,A,5,TD,200,2002-04-03,100m_61750_7241,1km_6175_724,10km_617_72,0a3f50,1084,Region Hovedstaden,,01010004__42,7001,Sogn,1470,Politi,1101,Ret,0003,Opst,Byzone,12.3`,
    '1 Abel Cathrines Gade, 1654 @ 12.568,55.676',
  ],
  [
    'Denmark: in ETRS89 alone',
    `vejnavn;husnr;postnr;postnrnavn;etrs89koordinat_øst;etrs89koordinat_nord
Gade;1;1654;København V;724351.93;6175804.02
Gade;22;1654;København V;724393.06;6175861.89
Gade;3;1654;København V;724434.18;6175919.77`,
    '1 Gade, 1654 @ 12.568,55.676',
    25832,
  ],
  [
    'Norway: Matrikkelen, north first, the system in a column',
    `lokalid;kommunenummer;kommunenavn;adressetype;adressetilleggsnavn;adressetilleggsnavnKilde;adressekode;adressenavn;nummer;bokstav;gardsnummer;bruksnummer;festenummer;undernummer;adresseTekst;adresseTekstUtenAdressetilleggsnavn;EPSG-kode;Nord;Øst;postnummer;poststed;grunnkretsnummer;grunnkretsnavn;soknenummer;soknenavn;organisasjonsnummer;tettstednummer;tettstednavn;valgkretsnummer;valgkretsnavn;oppdateringsdato;datauttaksdato;adresseId;uuidAdresse;atkomst-ID;uuidAtkomst
28510;0301;OSLO;vegadresse;;;10000;Karl Johans gate;1;;207;0;0;;Karl Johans gate 1;Karl Johans gate 1;25833;6649443.58;262560.48;0154;OSLO;3014;Sentrum;01;Oslo;;0801;Oslo;1;Sentrum;2023-10-01;2024-01-01;285000000;uuid-0;;
285121;0301;OSLO;vegadresse;;;10000;Karl Johans gate;22;;207;21;0;;Karl Johans gate 22;Karl Johans gate 22;25833;6649496.68;262603.15;0154;OSLO;3014;Sentrum;01;Oslo;;0801;Oslo;1;Sentrum;2023-10-01;2024-01-01;285000021;uuid-21;;
285142;0301;OSLO;vegadresse;;;10001;Karl Johans gate;3;;207;42;0;;Karl Johans gate 3;Karl Johans gate 3;25833;6649549.77;262645.81;0154;OSLO;3014;Sentrum;01;Oslo;;0801;Oslo;1;Sentrum;2023-10-01;2024-01-01;285000042;uuid-42;;`,
    '1 Karl Johans gate, 0154 @ 10.752,59.914',
    25833,
  ],
  [
    'Sweden: Lantmäteriet',
    `OBJEKTIDENTITET;KOMMUNNAMN;KOMMUNDEL;ADRESSOMRADE;ADRESSPLATS;POSTNUMMER;POSTORT;SWEREF99TM_N;SWEREF99TM_E
guid0;STOCKHOLM;STOCKHOLM;DROTTNINGGATAN;1;11151;STOCKHOLM;6580743,008;674571,866
guid21;STOCKHOLM;STOCKHOLM;DROTTNINGGATAN;22;11151;STOCKHOLM;6580800,484;674609,105
guid42;STOCKHOLM;STOCKHOLM;DROTTNINGGATAN;3;11151;STOCKHOLM;6580857,959;674646,342`,
    '1 DROTTNINGGATAN, 11151 @ 18.069,59.329',
    3006,
  ],
];
