import type { PlanMessages } from './en.ts';
import { planTitles } from './titles.ts';

/** The messages in German of the plugin that plans an area. */
export const messages: PlanMessages = {
  title: planTitles.de,
  plan_intro:
    'Plant ein Glasfasernetz für die Adressen eines Gebiets: Verteiler, Splitter, Kabel und Hausanschlüsse, als ein Baum zum Einspeisepunkt. Vorhandene Anlagen werden zuerst genutzt.',
  plan_background:
    'Die Arbeit läuft auf dem Server. Sie können dieses Fenster schließen und später wieder öffnen.',
  plan_design: 'Entwurf',
  plan_area: 'Gebiet',
  plan_feed: 'Einspeisung',
  plan_rules: 'Regeln',
  plan_prices: 'Preise',
  plan_start: 'Gebiet planen',
  plan_no_design: 'Wählen Sie auf der Karte einen Entwurf oder etwas darin.',

  area_design: 'Fläche des Entwurfs',
  area_drawn: 'Auf der Karte gezeichnet',
  area_view: 'Was die Karte zeigt',
  area_all: 'Alle Adressen',
  area_draw: 'Zeichnen',
  area_draw_again: 'Neu zeichnen',
  area_hint:
    'Klicken Sie die Ecken auf der Karte an. Ein Doppelklick beendet das Gebiet, die Rücktaste nimmt die letzte Ecke zurück, Escape bricht ab.',
  area_corners: '{count, plural, one {# Ecke} other {# Ecken}}',
  area_missing: 'Zeichnen Sie das Gebiet auf der Karte.',
  area_crosses: 'Die Seiten des Gebiets kreuzen sich. Zeichnen Sie es neu.',
  draw_corner: 'Ecke in der Kartenmitte',
  draw_remove: 'Letzte Ecke entfernen',
  draw_finish: 'Fertig',
  draw_give_up: 'Abbrechen',

  feed_auto: 'Vom Plan gewählt',
  feed_map: 'Ein Ort auf der Karte',
  feed_pole: 'Der ausgewählte Mast',
  feed_pick: 'Auf der Karte wählen',
  feed_pick_again: 'Neu wählen',
  feed_hint: 'Klicken Sie den Ort auf der Karte an. Escape bricht ab.',
  feed_middle: 'Kartenmitte nehmen',
  feed_missing: 'Wählen Sie den Ort der Einspeisung auf der Karte.',
  feed_no_pole: 'Wählen Sie den Mast der Einspeisung auf der Karte.',

  group_drops: 'Hausanschlüsse und Spannfelder',
  group_splitters: 'Splitter und Reserve',
  group_cables: 'Kabel',
  group_ways: 'Wege und Budget',
  rules_changed: '{count, plural, one {# geändert} other {# geändert}}',
  rules_more: 'Weitere Regeln',
  rule_reset: 'Zurücksetzen',
  rule_reset_named: 'Zurücksetzen: {name}',
  rule_range: 'Standard {usual}, von {least} bis {most}.',
  rule_default: 'Standard: {usual}.',
  rule_out_of_range: 'Geben Sie eine Zahl von {least} bis {most} ein.',
  rule_out_of_whole: 'Geben Sie eine ganze Zahl von {least} bis {most} ein.',
  rule_sizes_wrong:
    'Geben Sie bis zu 50 verschiedene ganze Zahlen von 1 bis {most, number} ein, mit Leerzeichen dazwischen.',
  rule_no_port: 'Kein Port bleibt nutzbar. Senken Sie die Reserve, oder nehmen Sie einen größeren Splitter.',
  rule_no_budget:
    'Der Splitter allein dämpft {loss} dB, und {limit} dB abzüglich {margin} dB Reserve sind nicht mehr. Erhöhen Sie das Budget, oder senken Sie die Reserve.',
  rule_leave_out_wrong: 'So schreiben: Eigenschaft = Wert, Wert',
  rule_no_loss: 'Die Dämpfung ist nur für 32 und 64 Ports bekannt. Geben Sie die Ihres Splitters ein.',
  rules_wrong: 'Einige Regeln lassen sich nicht einhalten. Sie sind markiert.',
  plan_yes: 'Ja',
  plan_no: 'Nein',

  rule_longestDropMetres: 'Längster Hausanschluss',
  about_longestDropMetres:
    'Kein Kabel vom Verteiler zur Adresse ist länger. Adressen außer Reichweite werden aufgelistet.',
  rule_longestSpanMetres: 'Längstes Spannfeld',
  about_longestSpanMetres: 'Weiter entfernte Masten verbindet kein Kabel in der Luft.',
  rule_longestLateralMetres: 'Längster Weg vom Mast zur Straße',
  about_longestLateralMetres: 'Ein Mast schließt an die nächste Straße an, die nicht weiter entfernt ist.',
  rule_corridorMetres: 'Abstand der Spannfelder zur Straße',
  about_corridorMetres: 'Ein Spannfeld bleibt so nah an einer Straße, damit kein Kabel Gärten quert.',
  rule_leastPoleGapMetres: 'Kleinster Abstand zwischen Masten',
  about_leastPoleGapMetres:
    'Drei oder mehr Masten in einer Reihe, die näher beieinander stehen, gelten als Pfosten und werden nicht benutzt. Von zweien wird einer benutzt. 0 benutzt alle.',
  rule_leaveOutPoles: 'Masten auslassen',
  about_leaveOutPoles:
    'Masten mit einem dieser Werte werden nicht benutzt. So schreiben: Eigenschaft = Wert, Wert',
  rule_crossStreets: 'Hausanschlüsse dürfen Straßen queren',
  about_crossStreets: 'Ohne dies quert kein Hausanschluss die Mittellinie einer Straße.',
  rule_newTerminalMetres: 'Preis eines Verteilers in Metern Hausanschluss',
  about_newTerminalMetres: 'Ein höherer Preis ergibt weniger Verteiler und längere Hausanschlüsse.',
  rule_splitterPorts: 'Ports eines Splitters',
  about_splitterPorts: 'So viele Adressen versorgt eine Faser zur Einspeisung.',
  rule_sparePortsPercent: 'Reserveports',
  about_sparePortsPercent: 'Dieser Anteil der Ports jedes neuen Splitters bleibt für später frei.',
  rule_splitterLossDb: 'Dämpfung eines Splitters',
  about_splitterLossDb: 'Sie zählt im optischen Budget jeder Adresse.',
  rule_terminalPorts: 'Ports eines Verteilers',
  about_terminalPorts: 'So viele Adressen schließt ein Verteiler am Mast oder an der Straße an.',
  rule_cableSizes: 'Kabelgrößen',
  about_cableSizes: 'Die Faserzahlen der Kabel, die Sie kaufen können.',
  rule_spareFibresPercent: 'Reservefasern',
  about_spareFibresPercent: 'So viele Fasern mehr als genutzt hat jedes Kabel.',
  rule_routeSlackPercent: 'Zugabe auf der Trasse',
  about_routeSlackPercent: 'So viel mehr Kabel wird für den Durchhang gekauft.',
  rule_closureSlackMetres: 'Zugabe an jedem Ende',
  about_closureSlackMetres: 'So viel Kabel wird für jedes seiner Enden gekauft.',
  rule_dropSlackMetres: 'Zugabe eines Hausanschlusses',
  about_dropSlackMetres: 'So viel Kabel wird für jeden Hausanschluss zusätzlich gekauft.',
  rule_ways: 'Wege der Kabel',
  about_ways: 'Kabel folgen Mastlinien, Straßen oder beiden.',
  ways_any: 'Straßen und Mastlinien',
  ways_street: 'Nur Straßen',
  ways_aerial: 'Nur Mastlinien',
  rule_lossLimitDb: 'Optisches Budget',
  about_lossLimitDb: 'So viel Dämpfung verträgt die Technik zwischen Einspeisung und Adresse.',
  rule_lossMarginDb: 'Reserve des Budgets',
  about_lossMarginDb: 'Dieser Teil des Budgets bleibt für Alterung und Reparaturen frei.',
  rule_longestDetour: 'Längster Umweg',
  about_longestDetour: 'Kein Weg zur Einspeisung ist länger als so oft der kürzeste.',

  prices_hint:
    'Eine Zeile je Posten: Posten; Preis; Einheit; Währung. Einheit und Währung können fehlen. Fügen Sie sie aus einer Tabelle ein, oder öffnen Sie eine CSV- oder JSON-Datei.',
  prices_open: 'Datei öffnen',
  prices_items: 'Posten eintragen',
  prices_read: '{count, plural, one {# Preis} other {# Preise}}',
  prices_currency: 'Währung',
  price_not_number:
    'Zeile {line, number}: „{text}“ ist kein Preis ab 0. Schreiben Sie eine Zahl wie {example}.',
  price_no_item: 'Zeile {line, number}: Der Posten fehlt.',
  price_no_price: 'Zeile {line, number}: Der Preis fehlt. Schreiben Sie „Posten; Preis“.',
  price_twice: 'Zeile {line, number}: „{text}“ steht schon in der Liste.',
  price_unit:
    'Zeile {line, number}: „{text}“ kann nicht die Einheit von {item} sein. Schreiben Sie m, km oder ft für eine Länge, sonst Stück.',
  price_currency:
    'Zeile {line, number}: Die Währung ist {text}, die der Zeilen davor ist {other}. Nehmen Sie eine Währung.',
  prices_not_json: 'Das JSON ist nicht lesbar. Schreiben Sie es als {example}.',
  prices_empty: 'Die Liste hat keinen Preis. Schreiben Sie eine Zeile je Posten: Posten; Preis.',
  prices_not_text: 'Die Datei ist kein Text. Speichern Sie die Tabelle als CSV und öffnen Sie diese.',
  prices_unknown:
    '{count, plural, one {# Posten steht in keiner Stückliste: {items}} other {# Posten stehen in keiner Stückliste: {items}}}',
  prices_too_many: 'Die Liste hat mehr als {most, number} Preise.',
  prices_too_large: 'Die Datei ist größer als 1 MB.',
  prices_wrong: 'Die Preisliste ist nicht lesbar.',

  step_1: 'Gebiet wird gelesen',
  step_2: 'Straßen und Masten werden verbunden',
  step_3: 'Verteiler werden gewählt',
  step_4: 'Graph wird aufgebaut',
  step_5: 'Der leichteste Baum wird gesucht',
  step_6: 'Fasern werden gelegt',
  step_7: 'Trassen und Technik',
  step_8: 'Kabel',
  step_9: 'Spleiße',
  step_10: 'Hausanschlüsse',

  planned_served: '{count, plural, one {# Adresse versorgt} other {# Adressen versorgt}}',
  planned_unserved: 'Nicht versorgt',
  planned_reused: 'Auf vorhandenen Anlagen',
  planned_terminals: 'Verteiler',
  planned_splitters: 'Splitter',
  planned_per_address: 'Kabel je Adresse',
  planned_drop: 'Mittlerer Hausanschluss',
  planned_loss: 'Größte Dämpfung',
  planned_budget: 'Im Budget',
  planned_of: '{part, number} von {whole, number}',
  planned_zoom: 'Ergebnis zeigen',
  unserved_reasons: 'Nicht versorgt, nach Grund',
  'unserved_no-position': 'Keine Position in Grad',
  'unserved_out-of-reach': 'Weder Straße noch Mast in Reichweite',
  'unserved_piece-not-reached': 'An einer Straße ohne Verbindung zur Einspeisung',
  'unserved_far-from-feed': 'Zu weit von der Einspeisung',
  'unserved_no-network': 'Kein Netz zum Anschließen',

  bill: 'Stückliste',
  bill_item: 'Posten',
  bill_quantity: 'Menge',
  bill_cost: 'Kosten',
  bill_total: 'Summe',
  bill_missing: 'In der Preisliste fehlen: {items}. Die Summe ist ohne sie.',
  item_name_cable: 'Kabel, {size} Fasern',
  'item_name_drop-cable': 'Hausanschlusskabel',
  item_name_splitter: 'Splitter 1:{size}',
  item_name_terminal: 'Verteiler, {size} Ports',
  item_name_odf: 'Rahmen, {size} Ports',
  item_name_handhole: 'Kabelschacht',
  item_name_closure: 'Muffe',
  item_name_splice: 'Spleiß',
  'item_name_wall-box': 'Hausübergabepunkt',
  item_name_ont: 'ONT',
  'item_name_route-street': 'Trasse entlang der Straße',
  'item_name_route-span': 'Spannfeld zwischen Masten',
  'item_name_route-lateral': 'Trasse vom Mast zur Straße',

  remarks: 'Anmerkungen',
  'remark_connected-already':
    '{count, plural, one {# Adresse ist schon angeschlossen und bleibt, wie sie ist.} other {# Adressen sind schon angeschlossen und bleiben, wie sie sind.}}',
  'remark_drops-cross-streets':
    '{count, plural, one {# Hausanschluss quert eine Straße.} other {# Hausanschlüsse queren eine Straße.}}',
  'remark_loss-over-limit':
    '{count, plural, one {# Adresse liegt über dem Budget abzüglich Reserve.} other {# Adressen liegen über dem Budget abzüglich Reserve.}}',
  'remark_address-twice':
    '{count, plural, one {# Adresse gibt es zweimal.} other {# Adressen gibt es zweimal.}}',
  'remark_address-without-place':
    '{count, plural, one {# Adresse hat keine Position.} other {# Adressen haben keine Position.}}',
  'remark_posts-not-poles':
    '{count, plural, one {# Mast steht dicht bei anderen und ist vielleicht ein Pfosten. Der kleinste Abstand zwischen Masten lässt solche aus.} other {# Masten stehen dicht bei anderen und sind vielleicht Pfosten. Der kleinste Abstand zwischen Masten lässt solche aus.}}',
  'remark_posts-left-out':
    '{count, plural, one {# Mast wurde als Pfosten ausgelassen.} other {# Masten wurden als Pfosten ausgelassen.}}',
  'remark_pole-not-joined':
    '{count, plural, one {# Mast ist mit nichts verbunden.} other {# Masten sind mit nichts verbunden.}}',
  'remark_piece-not-reached':
    '{count, plural, one {# Teil des Straßennetzes ist von der Einspeisung nicht erreichbar.} other {# Teile des Straßennetzes sind von der Einspeisung nicht erreichbar.}}',
  'remark_pole-without-place':
    '{count, plural, one {# Mast hat keine Position und bleibt weg.} other {# Masten haben keine Position und bleiben weg.}}',
  'remark_poles-at-one-place':
    '{count, plural, one {# Mast steht an der Stelle eines anderen und bleibt weg.} other {# Masten stehen an der Stelle eines anderen und bleiben weg.}}',
  'remark_street-without-line':
    '{count, plural, one {# Straße hat keine Linie oder ist unterbrochen, wo eine Position fehlt.} other {# Straßen haben keine Linie oder sind unterbrochen, wo eine Position fehlt.}}',
  'remark_street-piece-without-length':
    '{count, plural, one {# Straße hat zwei Punkte an einer Stelle.} other {# Straßen haben zwei Punkte an einer Stelle.}}',
  'remark_far-from-feed':
    '{count, plural, one {# Mast oder Straße ist mehr als 100 km von der Einspeisung entfernt und bleibt weg.} other {# Masten und Straßen sind mehr als 100 km von der Einspeisung entfernt und bleiben weg.}}',
  'remark_no-feed':
    'Es gibt nichts, worauf gebaut werden kann: keine Straße und keinen Mast, den ein Spannfeld oder eine Straße anschließt.',
  'remark_splitter-not-used':
    '{count, plural, one {# vorhandener Splitter hat keinen Weg zur Einspeisung, daher bleiben seine Ports frei.} other {# vorhandene Splitter haben keinen Weg zur Einspeisung, daher bleiben ihre Ports frei.}}',
  'remark_price-missing': 'In der Preisliste fehlen Posten, und die Summe ist ohne sie.',
  'remark_price-unknown':
    '{count, plural, one {# Posten der Preisliste steht in keiner Stückliste.} other {# Posten der Preisliste stehen in keiner Stückliste.}}',
  'remark_no-streets': 'Das Gebiet hat keine Straßen.',
  'remark_feed-moved': 'Die Einspeisung wurde zum nächsten Punkt des Netzes verschoben.',
};
