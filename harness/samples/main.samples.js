// The main file of an application, as the platform has it: which plugins there are, and where their buttons go.
import myw from 'myWorld-client';
import { ConnectAddressesPlugin } from './connect_addresses/public/js/connect_addresses_plugin.js';
import { ConnectDialogPlugin } from './connect_dialog/public/js/connect_dialog_plugin.js';
import { PoleConnectionsPlugin } from './pole_connections/public/js/pole_connections_plugin.js';
import { PoleEditorPlugin } from './pole_editor/public/js/pole_editor_plugin.js';
import { PoleNamesPlugin } from './pole_names/public/js/pole_names_plugin.js';
import { PoleReportPlugin } from './pole_report/public/js/pole_report_plugin.js';

myw.localisation.loadModuleLocale('connect_addresses');
myw.localisation.loadModuleLocale('connect_dialog');
myw.localisation.loadModuleLocale('pole_connections');
myw.localisation.loadModuleLocale('pole_editor');
myw.localisation.loadModuleLocale('pole_names');
myw.localisation.loadModuleLocale('pole_report');

const { plugins } = myw.applicationDefinition;
const toolbar = myw.applicationDefinition.layouts.desktop.controls.toolbar[1].buttons;

plugins['connectAddresses'] = ConnectAddressesPlugin;
plugins['poleNames'] = PoleNamesPlugin;
plugins['poleReport'] = [PoleReportPlugin, { radius: 150 }];
plugins['poleConnections'] = PoleConnectionsPlugin;
// The platform's older style: dialogs and forms.
plugins['connectDialog'] = ConnectDialogPlugin;
plugins['poleEditor'] = PoleEditorPlugin;

const buttons = [
  'connectAddresses.dialog',
  'poleNames.dialog',
  'poleReport.dialog',
  'poleConnections.dialog',
  'connectDialog.dialog',
  'poleEditor.dialog',
];
plugins['palette'] = [myw.Plugin, { toolButtons: buttons }];
toolbar.push(...buttons);
