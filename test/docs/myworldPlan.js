import myw from 'myWorld-client';
import { PlanPlugin } from 'lrt-plugin/myworld';

const { plugins, layouts } = myw.applicationDefinition;
plugins.plan = [PlanPlugin, { taskName: 'plan_ftth_area' }];
layouts.desktop.controls.toolbar[1].buttons.push('plan.dialog');
