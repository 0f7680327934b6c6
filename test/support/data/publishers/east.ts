// Files as publishers of the east and the south of Europe write them: columns, separators, numbers and systems are theirs, the rows are made up.

import type { PublisherFile } from './PublisherFile.ts';

export const EAST_EUROPEAN_FILES: readonly PublisherFile[] = [
  [
    'Finland: DVV, without a heading',
    `1000001234A;091;01;1;6672118;385611;1;Mannerheimintie;Mannerheimvägen;1;00100;ETU-TÖÖLÖ;Helsinki;Helsingfors
1000211234A;091;01;1;6672172;385651;1;Mannerheimintie;Mannerheimvägen;22;00100;ETU-TÖÖLÖ;Helsinki;Helsingfors
1000421234A;091;01;1;6672227;385692;1;Mannerheimintie;Mannerheimvägen;3;00100;ETU-TÖÖLÖ;Helsinki;Helsingfors`,
    '1 Mannerheimintie @ 24.938,60.170',
    3067,
  ],
  [
    'Finland: a city in a zone of its own',
    `KATUNIMI;OSOITENUMERO;POSTINUMERO;N;E
Aleksanterinkatu;1;00100;6673003,607;25496580,360
Aleksanterinkatu;22;00100;6673059,278;25496619,271
Aleksanterinkatu;3;00100;6673114,950;25496658,181`,
    '1 Aleksanterinkatu, 00100 @ 24.938,60.170',
    3879,
  ],
  [
    'Estonia: ADS',
    `ADOB_ID;ADOB_LIIK;ORIG_TUNNUS;ADR_ID;TASE1_KOOD;TASE1_NIMETUS;TASE1_NIMETUS_LIIGIGA;TASE2_KOOD;TASE2_NIMETUS;TASE2_NIMETUS_LIIGIGA;TASE5_KOOD;TASE5_NIMETUS;TASE5_NIMETUS_LIIGIGA;TASE7_KOOD;TASE7_NIMETUS;TASE7_NIMETUS_LIIGIGA;TAISAADRESS;LAHIAADRESS;AADRESS_STAATUS;VIITEPUNKT_X;VIITEPUNKT_Y;ADS_OID
0;EE;1;0;37;Harju;Harju maakond;784;Tallinn;Tallinn;0A;Viru;Viru tänav;0B;1;1;Harju maakond, Tallinn, Viru tn 1;Viru tn 1;K;542763.37;6589036.28;EE000
21;EE;1;21;37;Harju;Harju maakond;784;Tallinn;Tallinn;0A;Viru;Viru tänav;0B;22;22;Harju maakond, Tallinn, Viru tn 22;Viru tn 22;K;542802.46;6589092.42;EE0021
42;EE;1;42;37;Harju;Harju maakond;784;Tallinn;Tallinn;0A;Viru;Viru tänav;0B;3;3;Harju maakond, Tallinn, Viru tn 3;Viru tn 3;K;542841.56;6589148.57;EE0042`,
    '1 Viru tänav @ 24.754,59.437',
    3301,
  ],
  [
    'Latvia: VZD',
    `KODS,TIPS_CD,STATUSS,APSTIPR,APST_PAK,STD,VKUR_CD,VKUR_TIPS,NOSAUKUMS,SORT_NOS,ATRIB,PNOD_CD,DAT_SAK,DAT_MOD,DAT_BEIG,FOR_BUILD,PLAN_ADR,KOORD_X,KOORD_Y,DD_N,DD_E
100,108,EKS,Y,252,"Brīvības iela 1, Rīga, LV-1010",100,107,1,,LV-1010,,2000,,,N,,311780.575,506399.312,56.9496000,24.1052000
1021,108,EKS,Y,252,"Brīvības iela 22, Rīga, LV-1010",100,107,22,,LV-1010,,2000,,,N,,311836.298,506441.806,56.9501000,24.1059000
1042,108,EKS,Y,252,"Brīvības iela 3, Rīga, LV-1010",100,107,3,,LV-1010,,2000,,,N,,311892.021,506484.300,56.9506000,24.1066000`,
    '1 Brīvības iela @ 24.105,56.950',
  ],
  [
    'Lithuania: Registrų centras',
    `AOB_KODAS|GYV_KODAS|GAT_KODAS|NR|KORPUSO_NR|PASTO_KODAS|E_KOORD|N_KOORD
0|100|200|1|||582510.37|6061948.68
21|100|200|22|||582554.48|6062005.15
42|100|200|3|||582598.60|6062061.62`,
    '? ? @ 25.280,54.687',
    3346,
  ],
  [
    'Poland: PRG, x to the north',
    `ID;Miejscowosc;Ulica;Numer;KodPocztowy;X;Y
0;Warszawa;Marszałkowska;1;00-590;486757,21;637382,20
21;Warszawa;Marszałkowska;22;00-590;486814,13;637428,45
42;Warszawa;Marszałkowska;3;00-590;486871,04;637474,69`,
    '1 Marszałkowska, 00-590 @ 21.012,52.230',
    2180,
  ],
  [
    'Poland: PRG in columns of 1992',
    `lokalnyId,simc,miejscowosc,ulic,ulica,numerPorzadkowy,kodPocztowy,x_92,y_92
g0,0918123,Warszawa,12345,ul. Marszałkowska,1A,00-590,637382.20,486757.21
g21,0918123,Warszawa,12345,ul. Marszałkowska,22A,00-590,637428.45,486814.13
g42,0918123,Warszawa,12345,ul. Marszałkowska,3A,00-590,637474.69,486871.04`,
    '1A ul. Marszałkowska, 00-590 @ 21.012,52.230',
    2180,
  ],
  [
    'Czechia: RÚIAN, positive Křovák',
    `Kód ADM;Kód obce;Název obce;Kód MOMC;Název MOMC;Kód obvodu Prahy;Název obvodu Prahy;Kód části obce;Název části obce;Kód ulice;Název ulice;Typ SO;Číslo domovní;Číslo orientační;Znak čísla orientačního;PSČ;Souřadnice Y;Souřadnice X;Platí Od
21700000;554782;Praha;500054;Praha 1;19;Praha 1;400637;Nové Město;4520;Štěpánská;č.p.;500;1;;11000;741817.77;1044492.56;2011-07-01T00:00:00
21700021;554782;Praha;500054;Praha 1;19;Praha 1;400637;Nové Město;4520;Štěpánská;č.p.;521;22;;11000;741760.57;1044444.28;2011-07-01T00:00:00
21700042;554782;Praha;500054;Praha 1;19;Praha 1;400637;Nové Město;4521;Štěpánská;č.p.;542;3;;11000;741703.36;1044396.01;2011-07-01T00:00:00`,
    '1 Štěpánská, 11000 @ 14.438,50.075',
    5513,
  ],
  [
    'Czechia: negative Křovák',
    `ulice,cislo,psc,x,y
Dlouhá,1,11000,-741817.77,-1044492.56
Dlouhá,22,11000,-741760.57,-1044444.28
Dlouhá,3,11000,-741703.36,-1044396.01`,
    '1 Dlouhá, 11000 @ 14.438,50.075',
    5514,
  ],
  [
    'Slovakia: Register adries',
    `IDENTIFIER;STREETNAME;BUILDINGNUMBER;PROPERTYREGISTRATIONNUMBER;POSTALCODE;MUNICIPALITY;ADRBOD_X;ADRBOD_Y
0;Obchodná;1;500;81106;Bratislava;17.10770000;48.14860000
21;Obchodná;22;521;81106;Bratislava;17.10840000;48.14910000
42;Obchodná;3;542;81106;Bratislava;17.10910000;48.14960000`,
    '1 Obchodná, 81106 @ 17.108,48.149',
  ],
  [
    'Hungary: EOV',
    `irsz;telepules;kozterulet_nev;kozterulet_jelleg;hazszam;eov_x;eov_y
1051;Budapest;Váci;utca;1;649454.15;239329.41
1051;Budapest;Váci;utca;22;649506.90;239384.99
1051;Budapest;Váci;utca;3;649559.64;239440.58`,
    '1 Váci utca, 1051 @ 19.040,47.498',
    23700,
  ],
  [
    'Slovenia: GURS',
    `FEATUREID,EID_HISNA_STEVILKA,HS_STEVILKA,HS_DODATEK,ULICA_NAZIV,NASELJE_NAZIV,OBCINA_NAZIV,POSTNI_OKOLIS_SIFRA,POSTNI_OKOLIS_NAZIV,E,N
0,100,1,,Čopova ulica,Ljubljana,Ljubljana,1000,Ljubljana,461760.74,102018.97
21,1021,22,,Čopova ulica,Ljubljana,Ljubljana,1000,Ljubljana,461815.25,102074.21
42,1042,3,,Čopova ulica,Ljubljana,Ljubljana,1000,Ljubljana,461869.75,102129.44`,
    '1 Čopova ulica, 1000 @ 14.506,46.057',
    3794,
  ],
  [
    'Croatia: DGU',
    `kucni_broj;ulica;naselje;postanski_broj;E;N
1;Ilica;Zagreb;10000;459736,76;5075146,26
22;Ilica;Zagreb;10000;459791,52;5075201,47
3;Ilica;Zagreb;10000;459846,28;5075256,69`,
    '1 Ilica, 10000 @ 15.982,45.815',
    3765,
  ],
  [
    'Russian headings',
    `Улица;Дом;Индекс;Город;Широта;Долгота
Тверская улица;1;125009;Москва;55,755800;37,617300
Тверская улица;22;125009;Москва;55,756300;37,618000
Тверская улица;3;125009;Москва;55,756800;37,618700`,
    '1 Тверская улица, 125009 @ 37.617,55.756',
  ],
  [
    'Russia: one column of addresses',
    `№;Адрес;Широта;Долгота
0;г. Москва, ул. Тверская, д. 1;55,755800;37,617300
21;г. Москва, ул. Тверская, д. 22;55,756300;37,618000
42;г. Москва, ул. Тверская, д. 3;55,756800;37,618700`,
    '1 ул. Тверская @ 37.617,55.756',
  ],
  [
    'Turkey',
    `Mahalle;Sokak;Kapı No;Posta Kodu;Enlem;Boylam
Hobyar;Büyük Postane Caddesi;1;34112;41,008200;28,978400
Hobyar;Büyük Postane Caddesi;22;34112;41,008700;28,979100
Hobyar;Büyük Postane Caddesi;3;34112;41,009200;28,979800`,
    '1 Büyük Postane Caddesi, 34112 @ 28.978,41.008',
  ],
  [
    'Greece',
    `Οδός;Αριθμός;ΤΚ;X;Y
Ερμού;1;10563;475920,27;4203764,70
Ερμού;22;10563;475981,90;4203820,00
Ερμού;3;10563;476043,53;4203875,29`,
    '1 Ερμού, 10563 @ 23.728,37.984',
    2100,
  ],
  [
    'Spain: CartoCiudad',
    `id_porpk;tipo_vial;nombre_via;numero;extension;cod_postal;municipio;X;Y
0;CALLE;MAYOR;1;;28013;Madrid;440290,46;4474257,38
21;CALLE;MAYOR;22;;28013;Madrid;440350,29;4474312,41
42;CALLE;MAYOR;3;;28013;Madrid;440410,12;4474367,44`,
    '1 CALLE MAYOR, 28013 @ -3.704,40.417',
    25830,
  ],
  [
    'Spain: Madrid',
    `COD_VIA;VIA_CLASE;VIA_PAR;VIA_NOMBRE;CLASE_APP;NUMERO;CALIFICADOR;TIPO_NDP;COD_NDP;DISTRITO;BARRIO;COD_POST;UTMX_ED;UTMY_ED;UTMX_ETRS;UTMY_ETRS;LATITUD;LONGITUD;ANGULO_ROTACION
0;CALLE;DE LA;PRINCESA;NUM;1;;PORTAL;0;9;91;28008;440400.46;4474464.38;440290.46;4474257.38;40°25'0.5" N;3°42'13.7" W;0
21;CALLE;DE LA;PRINCESA;NUM;22;;PORTAL;21;9;91;28008;440460.29;4474519.41;440350.29;4474312.41;40°25'0.5" N;3°42'13.7" W;0
42;CALLE;DE LA;PRINCESA;NUM;3;;PORTAL;42;9;91;28008;440520.12;4474574.44;440410.12;4474367.44;40°25'0.5" N;3°42'13.7" W;0`,
    '1 CALLE DE LA PRINCESA, 28008 @ -3.704,40.417',
  ],
  [
    'Italy: ANNCSU',
    `CODICE_COMUNE;CODICE_ISTAT;PROGRESSIVO_NAZIONALE;CODICE_STRADARIO;ODONIMO;LOCALITA;LINGUA_1;LINGUA_2;PROGRESSIVO_ACCESSO;CODICE_ACCESSO;CIVICO;ESPONENTE;SPECIFICITA;METRICO;PROGRESSIVO_SNC;COORD_X_COMUNE;COORD_Y_COMUNE;QUOTA;METODO
H501;058091;0;0;VIA DEL CORSO;;;;0;;1;;;;;12,496400;41,902800;0;1
H501;058091;21;21;VIA DEL CORSO;;;;21;;22;;;;;12,497100;41,903300;0;1
H501;058091;42;42;VIA DEL CORSO;;;;42;;3;;;;;12,497800;41,903800;0;1`,
    '1 VIA DEL CORSO @ 12.496,41.903',
  ],
  [
    'Italy: Gauss-Boaga',
    `VIA;CIVICO;CAP;COORD_X;COORD_Y
VIA DEL CORSO;1;00186;1514881,49;5034556,81
VIA DEL CORSO;22;00186;1514936,08;5034612,49
VIA DEL CORSO;3;00186;1514990,68;5034668,17`,
    '1 VIA DEL CORSO, 00186 @ 9.190,45.464',
    3003,
  ],
  [
    'Ireland: GeoDirectory',
    `BUILDING_ID,ADDRESS_REFERENCE,BUILDING_NUMBER,THOROUGHFARE,LOCALITY,EIRCODE,EAST_ITM,NORTH_ITM,ETRS89_LAT,ETRS89_LONG
0,0,1,GRAFTON STREET,DUBLIN,D02 X285,715826.51,734697.59,53.3498000,-6.2603000
21,21,22,GRAFTON STREET,DUBLIN,D02 X285,715871.75,734754.36,53.3503000,-6.2596000
42,42,3,GRAFTON STREET,DUBLIN,D02 X285,715916.99,734811.12,53.3508000,-6.2589000`,
    '1 GRAFTON STREET, D02 X285 @ -6.260,53.350',
  ],
  [
    'Portugal: M and P',
    `ARRUAMENTO;PORTA;CP;M;P
Rua Augusta;1;1100-053;-87503,44;-104538,89
Rua Augusta;22;1100-053;-87441,95;-104484,05
Rua Augusta;3;1100-053;-87380,47;-104429,22`,
    '1 Rua Augusta, 1100-053 @ -9.139,38.722',
    3763,
  ],
];
