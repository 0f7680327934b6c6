import '../map/map.css';
import '../harness.css';
import { FeatureDetails } from '../../src/host/index.ts';
import { directionOf } from '../../src/locales/language.ts';
import { HostStage } from '../host/HostStage.tsx';
import { LayerPanel } from '../map/LayerPanel.tsx';
import { ALL_SHOWN } from '../map/mapLayers.ts';
import { harnessMsg, LANGUAGES } from '../messages/messages.ts';
import { FeatureTable } from '../table/FeatureTable.tsx';
import { ADDRESS_FEATURE, BOX_FEATURE, BUILT, FACTS } from './exampleFacts.ts';
import { FeatureChooser } from './FeatureChooser.tsx';
import { NetworkFacts } from './NetworkFacts.tsx';

const read = async () => FACTS;
const nothing = () => undefined;

/** Shows the facts of a feature, the layers and the table in every language: so that one look, and one check, sees them all. */
export function FactsGallery({ theme }: { theme: 'light' | 'dark' }) {
  return (
    <>
      {Object.keys(LANGUAGES).map((language) => (
        <HostStage key={language} language={language} theme={theme}>
          <Words language={language} />
        </HostStage>
      ))}
    </>
  );
}

function Words({ language }: { language: string }) {
  const msg = harnessMsg(language);
  return (
    <div
      lang={language}
      dir={directionOf(language)}
      style={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 12,
        padding: 12,
        background: 'var(--harness-surface)',
      }}
    >
      <div className="host-panel" style={{ position: 'static', width: 280, height: 'auto' }}>
        <FeatureChooser
          here={[BOX_FEATURE, ADDRESS_FEATURE]}
          selected={BOX_FEATURE.getUrn()}
          onChoose={nothing}
          msg={msg}
        />
        <NetworkFacts feature={BOX_FEATURE} read={read} onTrace={nothing} onFollow={nothing} msg={msg} />
        <FeatureDetails />
      </div>
      <div style={{ position: 'relative', width: 320, height: 380 }}>
        <LayerPanel states={ALL_SHOWN} onChange={nothing} onClose={nothing} msg={msg} />
      </div>
      <div className="host-map" style={{ flex: '0 0 620px' }}>
        <FeatureTable
          title={msg('resultsRun')}
          source={<strong>{msg('resultsRun')}</strong>}
          features={BUILT}
          isCut={false}
          selected={BOX_FEATURE.getUrn()}
          onSelect={nothing}
          onClose={nothing}
          msg={msg}
        />
      </div>
    </div>
  );
}
