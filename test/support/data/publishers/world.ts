// Files as publishers beyond Europe write them: columns, separators, numbers and systems are theirs, the rows are made up.

import type { PublisherFile } from './PublisherFile.ts';

export const WORLD_FILES: readonly PublisherFile[] = [
  [
    'Australia: G-NAF Core',
    `ADDRESS_DETAIL_PID|DATE_CREATED|ADDRESS_LABEL|ADDRESS_SITE_NAME|BUILDING_NAME|FLAT_TYPE|FLAT_NUMBER|LEVEL_TYPE|LEVEL_NUMBER|NUMBER_FIRST|NUMBER_LAST|LOT_NUMBER|STREET_NAME|STREET_TYPE|STREET_SUFFIX|LOCALITY_NAME|STATE|POSTCODE|LEGAL_PARCEL_ID|MB_CODE|ALIAS_PRINCIPAL|PRINCIPAL_PID|PRIMARY_SECONDARY|PRIMARY_PID|GEOCODE_TYPE|LONGITUDE|LATITUDE
GANSW700|2004-04-29|UNIT 2 1 PITT STREET, SYDNEY NSW 2000|||UNIT|2|||1|||PITT|STREET||SYDNEY|NSW|2000|1//SP0|1016|P||||PROPERTY CENTROID|151.20930000|-33.86880000
GANSW7021|2004-04-29|UNIT 2 22 PITT STREET, SYDNEY NSW 2000|||UNIT|2|||22|||PITT|STREET||SYDNEY|NSW|2000|1//SP21|1016|P||||PROPERTY CENTROID|151.21000000|-33.86830000
GANSW7042|2004-04-29|UNIT 2 3 PITT STREET, SYDNEY NSW 2000|||UNIT|2|||3|||PITT|STREET||SYDNEY|NSW|2000|1//SP42|1016|P||||PROPERTY CENTROID|151.21070000|-33.86780000`,
    '1 PITT STREET, 2000 @ 151.209,-33.869',
  ],
  [
    'New Zealand: LINZ addresses',
    `WKT,address_id,source_dataset,change_id,full_address_number,full_road_name,full_address,territorial_authority,unit_type,unit_value,level_type,level_value,address_number_prefix,address_number,address_number_suffix,address_number_high,road_name_prefix,road_name,road_type_name,road_suffix,water_name,suburb_locality,town_city,address_class,address_lifecycle,gd2000_xcoord,gd2000_ycoord,road_name_ascii,shape_X,shape_Y
"POINT (174.77620000 -41.28650000)",0,AIMS,1,1,Cuba Street,"1 Cuba Street, Te Aro, Wellington",Wellington City,,,,,,1,,,,Cuba,Street,,,Te Aro,Wellington,Thoroughfare,Current,174.77620000,-41.28650000,Cuba,174.77620000,-41.28650000
"POINT (174.77690000 -41.28600000)",21,AIMS,1,22,Cuba Street,"22 Cuba Street, Te Aro, Wellington",Wellington City,,,,,,22,,,,Cuba,Street,,,Te Aro,Wellington,Thoroughfare,Current,174.77690000,-41.28600000,Cuba,174.77690000,-41.28600000
"POINT (174.77760000 -41.28550000)",42,AIMS,1,3,Cuba Street,"3 Cuba Street, Te Aro, Wellington",Wellington City,,,,,,3,,,,Cuba,Street,,,Te Aro,Wellington,Thoroughfare,Current,174.77760000,-41.28550000,Cuba,174.77760000,-41.28550000`,
    '1 Cuba Street @ 174.776,-41.286',
  ],
  [
    'New Zealand: LINZ poles, WKT',
    `WKT,pole_id,t50_fid,height,material
POINT (1748735.5531 5427916.4789),0,10,9,wood
POINT (1748795.3085 5427970.7902),21,31,9,wood
POINT (1748855.0647 5428025.1011),42,52,9,wood`,
    '0 @ 174.776,-41.286',
    2193,
  ],
  [
    'Canada: ODA',
    `latitude,longitude,source_id,id,group_id,street_no,street,str_name,str_type,str_dir,unit,city,postal_code,full_addr,city_pcs,str_name_pcs,str_type_pcs,str_dir_pcs,csduid,csdname,pruid,provider
43.6532000,-79.3832000,0,a0,0,1,Queen St W,Queen,St,W,,Toronto,,"1 Queen St W",,QUEEN,ST,W,3520005,Toronto,35,City of Toronto
43.6537000,-79.3825000,21,a21,21,22,Queen St W,Queen,St,W,,Toronto,,"22 Queen St W",,QUEEN,ST,W,3520005,Toronto,35,City of Toronto
43.6542000,-79.3818000,42,a42,42,3,Queen St W,Queen,St,W,,Toronto,,"3 Queen St W",,QUEEN,ST,W,3520005,Toronto,35,City of Toronto`,
    '1 Queen St W @ -79.383,43.653',
  ],
  [
    'Canada: NAR in the Lambert of Statistics Canada',
    `LOC_GUID,ADDR_GUID,APT_NO_LABEL,CIVIC_NO,CIVIC_NO_SUFFIX,OFFICIAL_STREET_NAME,OFFICIAL_STREET_TYPE,OFFICIAL_STREET_DIR,PROV_CODE,CSD_ENG_NAME,CSD_FRE_NAME,CSD_TYPE_ENG_CODE,CSD_TYPE_FRE_CODE,MAIL_STREET_NAME,MAIL_STREET_TYPE,MAIL_STREET_DIR,MAIL_MUN_NAME,MAIL_PROV_ABVN,MAIL_POSTAL_CODE,BG_DLS_SCTN,BG_DLS_TWNSHP,BG_DLS_RNG,BG_DLS_MRD,BG_X,BG_Y,BU_N_CIVIC_ADD,BU_USE
l0,a0,,1,,Queen,ST,W,35,Toronto,Toronto,C,C,QUEEN,ST,W,TORONTO,ON,M5H2N2,,,,,7224817.50,928699.05,1,1
l21,a21,101,22,,Queen,ST,W,35,Toronto,Toronto,C,C,QUEEN,ST,W,TORONTO,ON,M5H2N2,,,,,7224863.13,928766.13,22,1
l42,a42,,3,,Queen,ST,W,35,Toronto,Toronto,C,C,QUEEN,ST,W,TORONTO,ON,M5H2N2,,,,,7224908.75,928833.22,3,1`,
    '1 Queen ST W, M5H2N2 @ -79.383,43.653',
    3347,
  ],
  [
    'Canada: Montreal',
    `ID_ADRESSE,TEXTE,ADDR_DE,ADDR_A,SPECIFIQUE,ORIENTATION,LOCALISATION,HAUTEUR,X,Y,LONGITUDE,LATITUDE
0,1 rue Sainte-Catherine Ouest,1,1,Sainte-Catherine,O,,,299532.964,5040220.999,-73.5674000,45.5019000
21,22 rue Sainte-Catherine Ouest,22,22,Sainte-Catherine,O,,,299587.714,5040276.519,-73.5667000,45.5024000
42,3 rue Sainte-Catherine Ouest,3,3,Sainte-Catherine,O,,,299642.462,5040332.039,-73.5660000,45.5029000`,
    '1 rue Sainte-Catherine Ouest @ -73.567,45.502',
  ],
  [
    'United States: National Address Database',
    `OID_,AddNum_Pre,Add_Number,AddNum_Suf,AddNo_Full,St_PreMod,St_PreDir,St_PreTyp,St_PreSep,St_Name,St_PosTyp,St_PosDir,St_PosMod,StNam_Full,Building,Floor,Unit,Room,Seat,Addtl_Loc,SubAddress,LandmkName,County,Inc_Muni,Post_City,Census_Plc,Uninc_Comm,Nbrhd_Comm,NatAmArea,NatAmSub,Urbnztn_PR,PlaceOther,PlaceNmTyp,State,Zip_Code,Plus_4,UUID,AddAuth,AddrRefSys,Longitude,Latitude,NatGrid,Elevation,Placement,AddrPoint,Related_ID,RelateType,ParcelSrc,Parcel_ID,AddrClass,Lifecycle,Effective,Expire,DateUpdate,AnomStatus,LocatnDesc,Addr_Type,DeliverTyp,NAD_Source,DataSet_ID
0,,1,,1,,East,,,Colfax,Avenue,,,East Colfax Avenue,,,,,,,,,Denver,Denver,DENVER,,,,,,,,,CO,80203,,{guid0},Denver,,-104.99030000,39.73920000,13SED,0,Unknown,"-104.9903 39.7392",,,,,,Active,,,2020/01/01,,,,,Denver,1
21,,22,,22,,East,,,Colfax,Avenue,,,East Colfax Avenue,,,,,,,,,Denver,Denver,DENVER,,,,,,,,,CO,80203,,{guid21},Denver,,-104.98960000,39.73970000,13SED,0,Unknown,"-104.98960000000001 39.7397",,,,,,Active,,,2020/01/01,,,,,Denver,1
42,,3,,3,,East,,,Colfax,Avenue,,,East Colfax Avenue,,,,,,,,,Denver,Denver,DENVER,,,,,,,,,CO,80203,,{guid42},Denver,,-104.98890000,39.74020000,13SED,0,Unknown,"-104.9889 39.740199999999994",,,,,,Active,,,2020/01/01,,,,,Denver,1`,
    '1 East Colfax Avenue, 80203 @ -104.990,39.739',
  ],
  [
    'United States: a county of Minnesota',
    `X,Y,OBJECTID,ANUMBERPRE,ANUMBER,ANUMBERSUF,ST_PRE_MOD,ST_PRE_DIR,ST_PRE_TYP,ST_NAME,ST_POS_TYP,ST_POS_DIR,SUB_TYPE1,SUB_ID1,ZIP,CTU_NAME,LATITUDE,LONGITUDE
-93.2650000000,44.9778000000,0,,1,,,,,Hennepin,Avenue,S,,,55403,Minneapolis,44.9778000,-93.2650000
-93.2643000000,44.9783000000,21,,22,,,,,Hennepin,Avenue,S,,,55403,Minneapolis,44.9783000,-93.2643000
-93.2636000000,44.9788000000,42,,3,,,,,Hennepin,Avenue,S,,,55403,Minneapolis,44.9788000,-93.2636000`,
    '1 Hennepin Avenue S, 55403 @ -93.265,44.978',
  ],
  [
    'United States: San Francisco',
    `EAS BaseID,EAS SubID,CNN,Address,Address Number,Address Number Suffix,Street Name,Street Type,Unit Number,ZIP Code,Block,Lot,Longitude,Latitude,Point
0,0,123,1 MARKET ST,1,,MARKET,ST,,94103,0,1,-122.41940000,37.77490000,POINT (-122.41940000 37.77490000)
21,21,123,22 MARKET ST,22,,MARKET,ST,,94103,21,1,-122.41870000,37.77540000,POINT (-122.41870000 37.77540000)
42,42,123,3 MARKET ST,3,,MARKET,ST,,94103,42,1,-122.41800000,37.77590000,POINT (-122.41800000 37.77590000)`,
    '1 MARKET ST, 94103 @ -122.419,37.775',
  ],
  [
    'United States: an old Socrata location field',
    `PermitNo,Property Address,City,Zip,Location 1
0,1 MARKET ST,San Francisco,94103,"1 MARKET ST
San Francisco, CA 94103
(37.774900, -122.419400)"
1,2 MARKET ST,San Francisco,94103,"2 MARKET ST
San Francisco, CA 94103
(37.774900, -122.418700)"
2,3 MARKET ST,San Francisco,94103,"3 MARKET ST
San Francisco, CA 94103
(37.774900, -122.418000)"`,
    '1 MARKET ST, 94103 @ -122.419,37.775',
  ],
  [
    'United States: PLUTO of New York',
    `borough,block,lot,address,zipcode,xcoord,ycoord,latitude,longitude
MN,0,1,1 WEST 34 STREET,10001,988212,211939,40.7484000,-73.9857000
MN,21,1,22 WEST 34 STREET,10001,988406,212121,40.7489000,-73.9850000
MN,42,1,3 WEST 34 STREET,10001,988600,212303,40.7494000,-73.9843000`,
    '1 WEST 34 STREET, 10001 @ -73.986,40.748',
  ],
  [
    'United States: Texas in feet, known by the zip code',
    `PROP_ID,SITUS_NUM,SITUS_STREET_PREFX,SITUS_STREET,SITUS_STREET_SUFFIX,SITUS_ZIP,X_COORD,Y_COORD
0,1,W,6TH,ST,78701,3114226.21,10070436.13
21,22,W,6TH,ST,78701,3114442.90,10070623.07
42,3,W,6TH,ST,78701,3114659.59,10070810.02`,
    '1 W 6TH ST, 78701 @ -97.743,30.267',
    2277,
  ],
  [
    'United States: poles with addresses',
    `OBJECTID,POLE_ID,POLE_HT,POLE_CLASS,OWNER,ADDRESS,LATITUDE,LONGITUDE
0,P00000,40,4,PGE,1 SW MAIN ST,45.5231000,-122.6765000
21,P00021,40,4,PGE,22 SW MAIN ST,45.5236000,-122.6758000
42,P00042,40,4,PGE,3 SW MAIN ST,45.5241000,-122.6751000`,
    'P00000 @ -122.677,45.523',
  ],
  [
    'United States: street lights',
    `X,Y,FID,UNITID,Structure_Type,Pole_Material,InstallDate,LUM_WATT
-122.6765000,45.5231000,0,SL00000,Wood Pole,Wood,2001/05/05 00:00:00+00,100
-122.6758000,45.5236000,21,SL00021,Wood Pole,Wood,2001/05/05 00:00:00+00,100
-122.6751000,45.5241000,42,SL00042,Wood Pole,Wood,2001/05/05 00:00:00+00,100`,
    'SL00000 @ -122.677,45.523',
  ],
  [
    'Brazil: CNEFE',
    `COD_UNICO_ENDERECO;COD_UF;COD_MUNICIPIO;COD_DISTRITO;COD_SUBDISTRITO;COD_SETOR;NUM_QUADRA;NUM_FACE;CEP;DSC_LOCALIDADE;NOM_TIPO_SEGLOGR;NOM_TITULO_SEGLOGR;NOM_SEGLOGR;NUM_ENDERECO;DSC_MODIFICADOR;NOM_COMP_ELEM1;VAL_COMP_ELEM1;NOM_COMP_ELEM2;VAL_COMP_ELEM2;LATITUDE;LONGITUDE;NV_GEO_COORD;COD_ESPECIE;DSC_ESTABELECIMENTO;COD_INDICADOR_ESTAB_ENDERECO;COD_INDICADOR_CONST_ENDERECO;COD_INDICADOR_FINALIDADE_CONST;COD_TIPO_ESPECI
1000;35;3550308;355030801;00;355030801000001P;1;1;01310100;SAO PAULO;RUA;DOUTOR;AUGUSTA;1;;APARTAMENTO;12;;;-23.550500;-46.633300;1;1;;;1;;
1021;35;3550308;355030801;00;355030801000001P;1;1;01310100;SAO PAULO;RUA;DOUTOR;AUGUSTA;22;;APARTAMENTO;12;;;-23.550000;-46.632600;1;1;;;1;;
1042;35;3550308;355030801;00;355030801000001P;1;1;01310100;SAO PAULO;RUA;DOUTOR;AUGUSTA;3;;APARTAMENTO;12;;;-23.549500;-46.631900;1;1;;;1;;`,
    '1 RUA DOUTOR AUGUSTA, 01310100 @ -46.633,-23.550',
  ],
  [
    'Google Open Buildings',
    `latitude,longitude,area_in_meters,confidence,geometry,full_plus_code
-1.29210000,36.82190000,80.5,0.81,"POLYGON((36.8219 -1.2921, 36.822 -1.2921, 36.822 -1.292, 36.8219 -1.292, 36.8219 -1.2921))",6GCR
-1.29160000,36.82260000,80.5,0.81,"POLYGON((36.8226 -1.2916, 36.822700000000005 -1.2916, 36.822700000000005 -1.2915, 36.8226 -1.2915, 36.8226 -1.2916))",6GCR
-1.29110000,36.82330000,80.5,0.81,"POLYGON((36.823299999999996 -1.2911000000000001, 36.8234 -1.2911000000000001, 36.8234 -1.2910000000000001, 36.823299999999996 -1.2910000000000001, 36.823299999999996 -1.2911000000000001))",6GCR`,
    '? ? @ 36.822,-1.292',
  ],
  [
    'Japan: block level positions',
    `都道府県名,市区町村名,大字・丁目名,小字・通称名,街区符号・地番,座標系番号,Ｘ座標,Ｙ座標,緯度,経度,住居表示フラグ,代表フラグ,更新前履歴フラグ,更新後履歴フラグ
東京都,千代田区,丸の内一丁目,,1,9,-35367.0,-5999.0,35.681000,139.767000,1,1,0,0
東京都,千代田区,丸の内一丁目,,22,9,-35367.21,-5999.21,35.681500,139.767700,1,1,0,0
東京都,千代田区,丸の内一丁目,,3,9,-35367.42,-5999.42,35.682000,139.768400,1,1,0,0`,
    '1 丸の内一丁目 @ 139.767,35.681',
  ],
  [
    'Japan: Address Base Registry',
    `lg_code,machiaza_id,blk_id,rsdt_id,rsdt2_id,city,ward,oaza_cho,chome,koaza,blk_num,rsdt_num,rsdt_num2,rep_lon,rep_lat,rep_srid
131016,0056001,001,000,,千代田区,,丸の内,一丁目,,1,1,,139.767000000,35.681000000,EPSG:6668
131016,0056001,001,021,,千代田区,,丸の内,一丁目,,1,22,,139.767700000,35.681500000,EPSG:6668
131016,0056001,001,042,,千代田区,,丸の内,一丁目,,1,3,,139.768400000,35.682000000,EPSG:6668`,
    '1-1 丸の内 一丁目 @ 139.767,35.681',
    6668,
  ],
  [
    'Korea: road name addresses',
    `시도명,시군구명,도로명,건물본번,건물부번,우편번호,X좌표,Y좌표
서울특별시,중구,세종대로,1,0,04524,953901.165312,1952032.080979
서울특별시,중구,세종대로,22,0,04524,953963.291839,1952087.210367
서울특별시,중구,세종대로,3,0,04524,954025.417541,1952142.340217`,
    '1 세종대로, 04524 @ 126.978,37.566',
    5179,
  ],
  [
    'China: a list of places',
    `名称,地址,经度,纬度
住宅0,长安街1号,116.407400,39.904200
住宅21,长安街22号,116.408100,39.904700
住宅42,长安街3号,116.408800,39.905200`,
    '1号 长安街 @ 116.407,39.904',
  ],
  [
    'Taiwan: TWD97',
    `縣市,鄉鎮市區,街路段,號,橫坐標,縱坐標
臺北市,信義區,市府路,1號,307056.819,2769551.837
臺北市,信義區,市府路,22號,307127.229,2769607.515
臺北市,信義區,市府路,3號,307197.638,2769663.193`,
    '1號 市府路 @ 121.565,25.033',
    3826,
  ],
  [
    'Israel: ITM',
    `שם רחוב,מספר בית,יישוב,X,Y
דיזנגוף,1,תל אביב,179556.03,665855.39
דיזנגוף,22,תל אביב,179622.33,665910.58
דיזנגוף,3,תל אביב,179688.63,665965.76`,
    '1 דיזנגוף @ 34.782,32.085',
    2039,
  ],
  [
    'Arabic headings',
    `اسم الشارع;رقم المبنى;الرمز البريدي;خط العرض;خط الطول
شارع الملك فهد;1;12211;24.713600;46.675300
شارع الملك فهد;22;12211;24.714100;46.676000
شارع الملك فهد;3;12211;24.714600;46.676700`,
    '1 شارع الملك فهد, 12211 @ 46.675,24.714',
  ],
  [
    'Colombia',
    `DIRECCION;BARRIO;X;Y
CL 26 1 1;Centro;4881143.15;2078651.31
CL 26 22 22;Centro;4881220.85;2078706.45
CL 26 43 3;Centro;4881298.55;2078761.59`,
    '1 CL 26 1 @ -74.072,4.711',
    9377,
  ],
  [
    'Mexico: INEGI',
    `CVE_ENT,NOM_ENT,CVE_MUN,NOM_MUN,NOM_LOC,TIPOVIAL,NOMVIAL,NUMEXTNUM,NUMEXTALF,CP,LATITUD,LONGITUD
09,Ciudad de México,015,Cuauhtémoc,Cuauhtémoc,AVENIDA,Juárez,1,,06050,19.4326000,-99.1332000
09,Ciudad de México,015,Cuauhtémoc,Cuauhtémoc,AVENIDA,Juárez,22,,06050,19.4331000,-99.1325000
09,Ciudad de México,015,Cuauhtémoc,Cuauhtémoc,AVENIDA,Juárez,3,,06050,19.4336000,-99.1318000`,
    '1 AVENIDA Juárez, 06050 @ -99.133,19.433',
  ],
  [
    'Argentina',
    `calle;altura;barrio;lat;lng
Av. Corrientes;1;San Nicolás;-34,6037000;-58,3816000
Av. Corrientes;22;San Nicolás;-34,6032000;-58,3809000
Av. Corrientes;3;San Nicolás;-34,6027000;-58,3802000`,
    '1 Av. Corrientes @ -58.382,-34.604',
  ],
  [
    'South Africa: Cape Town',
    `OBJECTID,ADR_NO,ADR_NO_SFX,STR_NAME,LU_STR_NAME_TYPE,OFC_SBRB_NAME,X,Y
0,1,,Long,Street,Cape Town,18.4241000,-33.9249000
21,22,,Long,Street,Cape Town,18.4248000,-33.9244000
42,3,,Long,Street,Cape Town,18.4255000,-33.9239000`,
    '1 Long Street @ 18.424,-33.925',
  ],
  [
    'India: poles',
    `S.No,Pole No,Lat,Long,Remarks
1,DL/0,28.613900,77.209000,ok
22,DL/21,28.614400,77.209700,ok
43,DL/42,28.614900,77.210400,ok`,
    'DL/0 @ 77.209,28.614',
  ],
];
