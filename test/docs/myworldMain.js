import myw from 'myWorld-client';
import { LrtPlugin } from 'lrt-plugin/myworld';

myw.localisation.loadModuleLocale('my_module'); // only if you change words, see below

const { plugins, layouts } = myw.applicationDefinition;
plugins.lrtPlugin = LrtPlugin;
layouts.desktop.controls.toolbar[1].buttons.push('lrtPlugin.dialog');
