import { Alert, Checkbox } from 'antd';
import type { DataMapping } from '../../backend/data/dataTypes.ts';
import { numberFormat } from '../../src/locales/intl.ts';
import type { SurveyedLayer } from './messages.ts';
import { reasonText } from './reasonText.ts';
import type { IntakeMsg } from './words/words.ts';

/** So many features that are left out are named. */
const NAMED = 10;

interface LayerReportProps {
  surveyed: SurveyedLayer;
  mapping: DataMapping;
  msg: IntakeMsg;
  language: string;
  onDuplicates(duplicates: 'keep' | 'leave-out'): void;
}

/** Says what a layer comes to, before anything of it is stored. */
export function LayerReport({
  surveyed: { report },
  mapping,
  msg,
  language,
  onDuplicates,
}: LayerReportProps) {
  const { read, given, leftOut, filled, duplicates, takenApart, turnedIntoPoints, wrapped, notes } = report;
  const isAddresses = report.kind === 'addresses';
  const lacksNames = isAddresses && given > 0 && (filled.street === 0 || filled.number === 0);
  const type = given === 0 ? 'error' : lacksNames || leftOut.count > 0 ? 'warning' : 'success';
  return (
    <Alert
      className="intake-report"
      type={type}
      showIcon
      title={given === 0 ? msg('nothingTaken') : msg('counts', { read, given, left: leftOut.count })}
      description={
        <>
          <ul className="intake-list">
            {given === 0 && <li>{msg('counts', { read, given, left: leftOut.count })}</li>}
            {isAddresses && given > 0 && (
              <>
                <li>{msg('haveStreet', { count: filled.street, given })}</li>
                <li>{msg('haveNumber', { count: filled.number, given })}</li>
              </>
            )}
            {takenApart.features > 0 && <li>{msg('takenApart', takenApart)}</li>}
            {turnedIntoPoints > 0 && <li>{msg('turned', { count: turnedIntoPoints })}</li>}
            {wrapped > 0 && <li>{msg('wrapped', { count: wrapped })}</li>}
            {duplicates.count > 0 && <li>{msg('duplicates', { count: duplicates.count })}</li>}
            {notes.map((note) => (
              <li key={note.code}>{reasonText(note, language)}</li>
            ))}
          </ul>
          {(duplicates.count > 0 || mapping.duplicates === 'leave-out') && (
            <Checkbox
              checked={mapping.duplicates === 'leave-out'}
              onChange={({ target }) => onDuplicates(target.checked ? 'leave-out' : 'keep')}
            >
              {msg('leaveDuplicates')}
            </Checkbox>
          )}
          {leftOut.count > 0 && (
            <details>
              <summary>
                {msg('leftOut')} ({numberFormat(language).format(leftOut.count)})
              </summary>
              <ul className="intake-list">
                {leftOut.first.slice(0, NAMED).map((one) => (
                  <li key={one.number}>
                    {msg('feature', { number: one.number })}: {reasonText(one, language)}
                  </li>
                ))}
                {leftOut.count > NAMED && <li>{msg('more', { count: leftOut.count - NAMED })}</li>}
              </ul>
            </details>
          )}
        </>
      }
    />
  );
}
