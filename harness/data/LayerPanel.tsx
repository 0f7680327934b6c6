import { Alert, Checkbox, Select } from 'antd';
import {
  DATA_KINDS,
  type DataFormat,
  type DataMapping,
  type PlaceColumns,
} from '../../backend/data/dataTypes.ts';
import type { Position } from '../../src/contract/index.ts';
import { ColumnFields } from './ColumnFields.tsx';
import { CrsField } from './CrsField.tsx';
import { type IntakeSession, needsCrs } from './IntakeSession.ts';
import { Labelled } from './Labelled.tsx';
import type { LayerChoice } from './LayerChoice.ts';
import { LayerReport } from './LayerReport.tsx';
import { PreviewMap } from './PreviewMap.tsx';
import { PreviewRows } from './PreviewRows.tsx';
import { useSteps } from './useSteps.ts';
import type { IntakeMsg } from './words/words.ts';

/** Names of formats are the same in every language. */
const FORMATS: Record<DataFormat, string> = {
  geojson: 'GeoJSON',
  'geojson-seq': 'GeoJSON Text Sequence',
  ndjson: 'GeoJSON (newline-delimited)',
  'esri-json': 'Esri JSON',
  'overpass-json': 'Overpass JSON',
  shapefile: 'Shapefile',
  csv: 'CSV',
  kml: 'KML',
  geopackage: 'GeoPackage',
};

/** Encodings that files come in, beside the one that a file is in. */
const ENCODINGS = [
  'utf-8',
  'windows-1252',
  'iso-8859-2',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'koi8-r',
  'utf-16le',
  'shift_jis',
  'euc-kr',
  'gb18030',
  'big5',
  'macintosh',
  'ibm850',
  'ibm852',
  'ibm866',
];

export interface LayerPanelProps {
  session: IntakeSession;
  choice: LayerChoice;
  msg: IntakeMsg;
  language: string;
  here: Position | undefined;
}

/** One layer of the files: what it holds, how it is read, and what it comes to. */
export function LayerPanel({ session, choice, msg, language, here }: LayerPanelProps) {
  const { layer, mapping, kind, surveyed, remembered } = choice;
  const step = useSteps(3);
  const change = (part: Partial<DataMapping>) => session.setMapping(layer.id, part);
  return (
    <div className="intake-panel">
      <p className="intake-path">
        <bdi>{layer.path.join(' › ')}</bdi> · {FORMATS[layer.format]}
        {remembered && ` · ${msg('remembered')}`}
      </p>
      <div className="intake-fields">
        <Labelled label={msg('kind')}>
          {(id) => (
            <Select
              id={id}
              value={kind}
              options={[...DATA_KINDS, 'none' as const].map((value) => ({
                value,
                label: msg(`kind_${value}`),
              }))}
              onChange={(value) => session.setKind(layer.id, value)}
            />
          )}
        </Labelled>
        {kind !== 'none' && (
          <>
            <Labelled
              label={msg('crs')}
              hint={msg(`crs_${mapping.crs === layer.suggestion.crs ? layer.crs.from : 'mapping'}`)}
            >
              {(id) => (
                <CrsField
                  id={id}
                  crs={layer.crs}
                  value={mapping.crs}
                  msg={msg}
                  onChange={(crs) => change({ crs })}
                />
              )}
            </Labelled>
            {layer.encoding && layer.encoding.from !== 'standard' && (
              <Labelled
                label={msg('encoding')}
                hint={msg(`encoding_${mapping.encoding === undefined ? layer.encoding.from : 'mapping'}`)}
              >
                {(id) => (
                  <Select
                    id={id}
                    showSearch
                    value={mapping.encoding ?? layer.encoding?.name}
                    options={[...new Set([layer.encoding?.name ?? 'utf-8', ...ENCODINGS])].map((value) => ({
                      value,
                    }))}
                    onChange={(encoding) => change({ encoding })}
                  />
                )}
              </Labelled>
            )}
          </>
        )}
      </div>
      {kind !== 'none' && (
        <>
          {layer.swapped && <Alert type="info" showIcon title={msg('swapLikely')} />}
          {needsCrs(choice) && <Alert type="warning" showIcon title={msg('crsNeeded')} />}
          <Checkbox
            checked={mapping.swapAxes ?? false}
            onChange={({ target }) => change({ swapAxes: target.checked })}
          >
            {msg('swap')}
          </Checkbox>
          {step > 0 && (
            <ColumnFields
              layer={layer}
              kind={kind}
              mapping={mapping}
              msg={msg}
              onColumns={(columns) => change({ columns })}
              onPlace={(place: PlaceColumns) => change({ place })}
            />
          )}
          {step > 1 && surveyed && (
            <LayerReport
              surveyed={surveyed}
              mapping={mapping}
              msg={msg}
              language={language}
              onDuplicates={(duplicates) => change({ duplicates })}
            />
          )}
          {step > 2 && (
            <div className="intake-preview">
              <PreviewRows surveyed={surveyed} msg={msg} />
              <PreviewMap surveyed={surveyed} kind={kind} msg={msg} language={language} here={here} />
            </div>
          )}
        </>
      )}
    </div>
  );
}
