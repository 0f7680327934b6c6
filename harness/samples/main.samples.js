// The main file of an application, as the platform has it: which plugins there are, and where their buttons go.
import myw from 'myWorld-client';
import { ConnectAddressesPlugin } from './connect_addresses/public/js/connect_addresses_plugin.js';
import { PoleNamesPlugin } from './pole_names/public/js/pole_names_plugin.js';
import { PoleReportPlugin } from './pole_report/public/js/pole_report_plugin.js';

myw.localisation.loadModuleLocale('connect_addresses');
myw.localisation.loadModuleLocale('pole_names');
myw.localisation.loadModuleLocale('pole_report');

const { plugins } = myw.applicationDefinition;
const toolbar = myw.applicationDefinition.layouts.desktop.controls.toolbar[1].buttons;

plugins['connectAddresses'] = ConnectAddressesPlugin;
plugins['poleNames'] = PoleNamesPlugin;
plugins['poleReport'] = [PoleReportPlugin, { radius: 150 }];
plugins['palette'] = [
  myw.Plugin,
  { toolButtons: ['connectAddresses.dialog', 'poleNames.dialog', 'poleReport.dialog'] },
];

toolbar.push('connectAddresses.dialog', 'poleNames.dialog', 'poleReport.dialog');
