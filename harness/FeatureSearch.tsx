import { Select } from 'antd';
import { useMemo } from 'react';
import type { GeoFeature } from '../src/contract/index.ts';
import { hostFeature } from '../src/host/index.ts';
import type { HarnessMsg } from './messages/messages.ts';

interface FeatureSearchProps {
  designs: GeoFeature[];
  /** Those that belong to a design are offered. */
  poles: GeoFeature[];
  /** URN of the selected feature. */
  selected: string | undefined;
  onSelect: (feature: GeoFeature | null) => void;
  msg: HarnessMsg;
}

const titleOf = (feature: GeoFeature) => hostFeature(feature).getTitle();

/** Selects a design or one of its poles by name: what a click on the map does, without a mouse. */
export function FeatureSearch({ designs, poles, selected, onSelect, msg }: FeatureSearchProps) {
  const offered = useMemo(() => {
    const features = new Map<string, GeoFeature>();
    const groups = designs.map((design) => {
      const members = [design, ...poles.filter(({ properties }) => properties.design === design.id)];
      for (const member of members) features.set(member.id, member);
      return {
        label: titleOf(design),
        title: titleOf(design),
        options: members.map((member) => ({ value: member.id, label: titleOf(member) })),
      };
    });
    return { features, groups };
  }, [designs, poles]);
  return (
    <Select
      className="feature-search"
      aria-label={msg('search')}
      placeholder={msg('searchHint')}
      notFoundContent={msg('searchNone')}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear
      options={offered.groups}
      value={selected !== undefined && offered.features.has(selected) ? selected : null}
      onChange={(urn: string | null | undefined) => onSelect((urn && offered.features.get(urn)) || null)}
    />
  );
}
