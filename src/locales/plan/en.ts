import { planTitles } from './titles.ts';

/** The English words of the plugin that plans an area, beside those of the parts. The number in `step_N` comes from the server. */
export const en = {
  title: planTitles.en,
  plan_intro:
    'Plans a fibre network for the addresses of an area: terminals, splitters, cables and drops, as one tree to the feed. The plant that is there is used first.',
  plan_background: 'The work runs on the server. You can close this window and come back to it.',
  plan_design: 'Design',
  plan_area: 'Area',
  plan_feed: 'Feed',
  plan_rules: 'Rules',
  plan_prices: 'Prices',
  plan_start: 'Plan this area',
  plan_no_design: 'Select a design, or something in it, on the map.',

  area_design: 'Area of the design',
  area_drawn: 'Drawn on the map',
  area_view: 'What the map shows',
  area_all: 'All addresses',
  area_draw: 'Draw',
  area_draw_again: 'Draw again',
  area_hint:
    'Click the corners on the map. A double click ends the area, Backspace takes the last corner back, Escape gives up.',
  area_corners: '{count, plural, one {# corner} other {# corners}}',
  area_missing: 'Draw the area on the map.',
  area_crosses: 'The sides of the area cross. Draw it again.',
  draw_corner: 'Corner at the middle of the map',
  draw_remove: 'Remove last corner',
  draw_finish: 'Finish',
  draw_give_up: 'Give up',

  feed_auto: 'Chosen by the plan',
  feed_map: 'A place on the map',
  feed_pole: 'The selected pole',
  feed_pick: 'Pick on the map',
  feed_pick_again: 'Pick again',
  feed_hint: 'Click the place on the map. Escape gives up.',
  feed_middle: 'Take the middle of the map',
  feed_missing: 'Pick the place of the feed on the map.',
  feed_no_pole: 'Select the pole of the feed on the map.',

  group_drops: 'Drops and spans',
  group_splitters: 'Splitters and spare',
  group_cables: 'Cables',
  group_ways: 'Ways and budget',
  rules_changed: '{count, plural, one {# changed} other {# changed}}',
  rules_more: 'More rules',
  rule_reset: 'Reset',
  rule_reset_named: 'Reset: {name}',
  rule_range: 'Default {usual}, from {least} to {most}.',
  rule_default: 'Default: {usual}.',
  rule_out_of_range: 'Enter a number from {least} to {most}.',
  rule_out_of_whole: 'Enter a whole number from {least} to {most}.',
  rule_sizes_wrong:
    'Enter up to 50 different whole numbers from 1 to {most, number}, with spaces between them.',
  rule_no_port: 'No port is left to use. Lower the spare share, or take a larger splitter.',
  rule_no_budget:
    'The splitter alone loses {loss} dB, and {limit} dB less {margin} dB of margin is not more. Raise the limit or lower the margin.',
  rule_leave_out_wrong: 'Write it as: property = value, value',
  rule_no_loss: 'The loss is known for 32 and 64 ports only. Enter that of your splitter.',
  rules_wrong: 'Some of the rules cannot be kept. They are marked.',
  plan_yes: 'Yes',
  plan_no: 'No',

  rule_longestDropMetres: 'Longest drop',
  about_longestDropMetres:
    'No cable from a terminal to an address is longer. Addresses out of reach are listed.',
  rule_longestSpanMetres: 'Longest span',
  about_longestSpanMetres: 'Two poles farther apart are not joined by a cable in the air.',
  rule_longestLateralMetres: 'Longest way from pole to street',
  about_longestLateralMetres: 'A pole joins the nearest street that is not farther away.',
  rule_corridorMetres: 'Distance of spans from streets',
  about_corridorMetres: 'A span stays this near to a street, so that no cable crosses gardens.',
  rule_leastPoleGapMetres: 'Least gap between poles',
  about_leastPoleGapMetres:
    'Three poles or more in a row that are nearer to each other are posts and are not used. Of two, one is used. 0 uses all.',
  rule_leaveOutPoles: 'Poles to leave out',
  about_leaveOutPoles: 'Poles with one of these values are not used. Write it as: property = value, value',
  rule_crossStreets: 'Drops may cross streets',
  about_crossStreets: 'Without it, no drop crosses the centre line of a street.',
  rule_newTerminalMetres: 'Price of a terminal in metres of drop',
  about_newTerminalMetres: 'A higher price makes fewer terminals and longer drops.',
  rule_splitterPorts: 'Ports of a splitter',
  about_splitterPorts: 'One fibre to the feed serves so many addresses.',
  rule_sparePortsPercent: 'Spare ports',
  about_sparePortsPercent: 'This share of the ports of each new splitter stays free for later.',
  rule_splitterLossDb: 'Loss of a splitter',
  about_splitterLossDb: 'It counts in the optical budget of each address.',
  rule_terminalPorts: 'Ports of a terminal',
  about_terminalPorts: 'A terminal at a pole or at a street connects so many addresses.',
  rule_cableSizes: 'Cable sizes',
  about_cableSizes: 'The numbers of fibres of the cables that you can buy.',
  rule_spareFibresPercent: 'Spare fibres',
  about_spareFibresPercent: 'Each cable has so many fibres more than are in use.',
  rule_routeSlackPercent: 'Slack on the route',
  about_routeSlackPercent: 'So much more cable is bought for its sag.',
  rule_closureSlackMetres: 'Slack at each end',
  about_closureSlackMetres: 'So much cable is bought for each of its ends.',
  rule_dropSlackMetres: 'Slack of a drop',
  about_dropSlackMetres: 'So much cable is bought for each drop beside its length.',
  rule_ways: 'Ways of cables',
  about_ways: 'Cables go along pole lines, along streets, or along both.',
  ways_any: 'Streets and pole lines',
  ways_street: 'Streets alone',
  ways_aerial: 'Pole lines alone',
  rule_lossLimitDb: 'Optical budget',
  about_lossLimitDb: 'The equipment bears so much loss between feed and address.',
  rule_lossMarginDb: 'Margin of the budget',
  about_lossMarginDb: 'This part of the budget stays free for ageing and repairs.',
  rule_longestDetour: 'Longest detour',
  about_longestDetour: 'No way to the feed is longer than this many times the shortest one.',

  prices_hint:
    'One line for each item: item; price; unit; currency. Unit and currency may be left out. Paste them from a table, or open a CSV or JSON file.',
  prices_open: 'Open a file',
  prices_items: 'Fill in the items',
  prices_read: '{count, plural, one {# price} other {# prices}}',
  prices_currency: 'Currency',
  price_not_number:
    'Line {line, number}: “{text}” is no price of 0 or more. Write a number such as {example}.',
  price_no_item: 'Line {line, number}: the item is missing.',
  price_no_price: 'Line {line, number}: the price is missing. Write it as “item; price”.',
  price_twice: 'Line {line, number}: “{text}” is in the list already.',
  price_unit:
    'Line {line, number}: “{text}” cannot be the unit of {item}. Write m, km or ft for a length, and piece for all else.',
  price_currency:
    'Line {line, number}: the currency is {text}, and that of the lines before is {other}. Use one currency.',
  prices_not_json: 'The JSON cannot be read. Write it as {example}.',
  prices_empty: 'The list has no price. Write a line for each item, as item; price.',
  prices_not_text: 'The file is no text. Save the table as CSV and open that.',
  prices_unknown:
    '{count, plural, one {# item is in no bill: {items}} other {# items are in no bill: {items}}}',
  prices_too_many: 'The list has more than {most, number} prices.',
  prices_too_large: 'The file is larger than 1 MB.',
  prices_wrong: 'The price list cannot be read.',

  step_1: 'Reading the area',
  step_2: 'Joining streets and poles',
  step_3: 'Choosing terminals',
  step_4: 'Building the graph',
  step_5: 'Searching for the lightest tree',
  step_6: 'Laying fibres',
  step_7: 'Routes and equipment',
  step_8: 'Cables',
  step_9: 'Splices',
  step_10: 'Drops',

  planned_served: '{count, plural, one {# address served} other {# addresses served}}',
  planned_unserved: 'Not served',
  planned_reused: 'On plant that was there',
  planned_terminals: 'Terminals',
  planned_splitters: 'Splitters',
  planned_per_address: 'Cable per address',
  planned_drop: 'Median drop',
  planned_loss: 'Largest loss',
  planned_budget: 'Within the budget',
  planned_of: '{part, number} of {whole, number}',
  planned_zoom: 'Zoom to result',
  unserved_reasons: 'Not served, by reason',
  'unserved_no-position': 'No position in degrees',
  'unserved_out-of-reach': 'No street or pole within the longest drop',
  'unserved_piece-not-reached': 'At a street that nothing joins to the feed',
  'unserved_far-from-feed': 'Too far from the feed',
  'unserved_no-network': 'No network to hang on',

  bill: 'Bill of materials',
  bill_item: 'Item',
  bill_quantity: 'Quantity',
  bill_cost: 'Cost',
  bill_total: 'Total',
  bill_missing: 'The price list has no: {items}. The total is without them.',
  item_name_cable: 'Cable, {size} fibres',
  'item_name_drop-cable': 'Drop cable',
  item_name_splitter: 'Splitter 1:{size}',
  item_name_terminal: 'Terminal, {size} ports',
  item_name_odf: 'Frame, {size} ports',
  item_name_handhole: 'Handhole',
  item_name_closure: 'Closure',
  item_name_splice: 'Splice',
  'item_name_wall-box': 'Wall box',
  item_name_ont: 'ONT',
  'item_name_route-street': 'Route along a street',
  'item_name_route-span': 'Span between poles',
  'item_name_route-lateral': 'Route from pole to street',

  remarks: 'Remarks',
  'remark_connected-already':
    '{count, plural, one {# address is connected already and stays as it is.} other {# addresses are connected already and stay as they are.}}',
  'remark_drops-cross-streets':
    '{count, plural, one {# drop crosses a street.} other {# drops cross a street.}}',
  'remark_loss-over-limit':
    '{count, plural, one {# address is beyond the budget less its margin.} other {# addresses are beyond the budget less its margin.}}',
  'remark_address-twice':
    '{count, plural, one {# address is there twice.} other {# addresses are there twice.}}',
  'remark_address-without-place':
    '{count, plural, one {# address has no position.} other {# addresses have no position.}}',
  'remark_posts-not-poles':
    '{count, plural, one {# pole stands close to others and may be a post. The least gap between poles leaves such out.} other {# poles stand close to others and may be posts. The least gap between poles leaves such out.}}',
  'remark_posts-left-out':
    '{count, plural, one {# pole was left out as a post.} other {# poles were left out as posts.}}',
  'remark_pole-not-joined':
    '{count, plural, one {# pole is joined to nothing.} other {# poles are joined to nothing.}}',
  'remark_piece-not-reached':
    '{count, plural, one {# piece of the street network is not reached from the feed.} other {# pieces of the street network are not reached from the feed.}}',
  'remark_pole-without-place':
    '{count, plural, one {# pole has no position and is left out.} other {# poles have no position and are left out.}}',
  'remark_poles-at-one-place':
    '{count, plural, one {# pole stands where another does and is left out.} other {# poles stand where another does and are left out.}}',
  'remark_street-without-line':
    '{count, plural, one {# street has no line, or is broken where it has no position.} other {# streets have no line, or are broken where they have no position.}}',
  'remark_street-piece-without-length':
    '{count, plural, one {# street has two points at one place.} other {# streets have two points at one place.}}',
  'remark_far-from-feed':
    '{count, plural, one {# pole or street is more than 100 km from the feed and is left out.} other {# poles and streets are more than 100 km from the feed and are left out.}}',
  'remark_no-feed': 'There is nothing to build on: no street, and no pole that a span or a street joins.',
  'remark_splitter-not-used':
    '{count, plural, one {# splitter that is there has no way to the feed, so its ports stay free.} other {# splitters that are there have no way to the feed, so their ports stay free.}}',
  'remark_price-missing': 'The price list lacks some items, and the total is without them.',
  'remark_price-unknown':
    '{count, plural, one {# item of the price list is in no bill.} other {# items of the price list are in no bill.}}',
  'remark_no-streets': 'The area has no streets.',
  'remark_feed-moved': 'The feed was moved to the nearest point of the network.',
} as const;

/** The keys of the plugin's own words. */
export type PlanMessageKey = keyof typeof en;

/** A complete pack of the plugin's own words. */
export type PlanMessages = Readonly<Record<PlanMessageKey, string>>;
