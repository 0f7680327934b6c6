/** The words of features in one language. A table or property that has none is shown as it is. */
export interface FeatureWords {
  tables: Record<TableWord, string>;
  properties: Record<PropertyWord, string>;
  /** The values of the property `kind`. */
  kinds: Record<KindWord, string>;
}

type TableWord =
  | 'pole'
  | 'address'
  | 'handhole'
  | 'fiber_odf'
  | 'splice_closure'
  | 'fiber_splitter'
  | 'fiber_terminal'
  | 'wall_box'
  | 'fiber_ont'
  | 'oh_route'
  | 'ug_route'
  | 'fiber_cable'
  | 'cable_segment'
  | 'connection'
  | 'street'
  | 'design';
type PropertyWord =
  | 'name'
  | 'street_name'
  | 'street_number'
  | 'unit'
  | 'postcode'
  | 'kind'
  | 'length'
  | 'length_metres'
  | 'slack_metres'
  | 'way_metres'
  | 'drop_metres'
  | 'splitter'
  | 'specification'
  | 'loss_db'
  | 'fiber_count'
  | 'n_fiber_in_ports'
  | 'n_fiber_out_ports'
  | 'housing'
  | 'root_housing'
  | 'in_structure'
  | 'out_structure'
  | 'address'
  | 'sequence'
  | 'cable'
  | 'directed'
  | 'major';
type KindWord = 'feeder' | 'distribution' | 'drop' | 'span' | 'lateral' | 'street';
