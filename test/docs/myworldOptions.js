import myw from 'myWorld-client';
import { LrtPlugin } from 'lrt-plugin/myworld';

const { plugins } = myw.applicationDefinition;
plugins.lrtPlugin = [LrtPlugin, { taskName: 'connect_customers', count: 500 }];
plugins.palette[1].toolButtons.push('lrtPlugin.dialog');
