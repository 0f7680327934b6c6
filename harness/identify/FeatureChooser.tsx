import { type HostFeature, useFeatureText } from '../../src/host/index.ts';
import type { HarnessMsg } from '../messages/messages.ts';
import { Section } from './Section.tsx';

interface FeatureChooserProps {
  /** All that lies where the user clicked. */
  here: readonly HostFeature[];
  selected: string | undefined;
  onChoose(feature: HostFeature): void;
  msg: HarnessMsg;
}

/** Several features at one place, of which one is selected. */
export function FeatureChooser({ here, selected, onChoose, msg }: FeatureChooserProps) {
  const words = useFeatureText();
  if (here.length < 2 || !here.some((feature) => feature.getUrn() === selected)) return null;
  return (
    <div className="facts facts-here">
      <Section title={msg('factsHere')} count={words.number(here.length)}>
        <ul>
          {here.map((feature) => (
            <li key={feature.getUrn()}>
              <button
                type="button"
                aria-pressed={feature.getUrn() === selected}
                onClick={() => onChoose(feature)}
              >
                <bdi>{words.urn(feature.getTitle()) ?? feature.getTitle()}</bdi>
              </button>
              {feature.getTitle() !== feature.getUrn() && (
                <span className="facts-quiet">{words.table(feature.getType())}</span>
              )}
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
