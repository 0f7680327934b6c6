/** Features to select in the stories of the modal. */

import type { HostFeature } from '../../src/host/contract.ts';

function feature(type: string, id: number, title: string, design?: string): HostFeature {
  return {
    id,
    getType: () => type,
    getUrn: () => (type === 'design' ? `design/${title}` : `${type}/${id}`),
    getTitle: () => title,
    properties: { name: title },
    _myw: { title, ...(design ? { delta: design } : {}) },
  };
}

export const poleOfDesign = feature('pole', 12, 'N-1001', 'design/FTTH-North');
export const poleInMaster = feature('pole', 3, 'P-0003');
export const design = feature('design', 1, 'FTTH-North');
export const address = feature('address', 7, '12 Mill Lane');
