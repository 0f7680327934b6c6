import { type ComponentType, useCallback, useEffect, useState } from 'react';
import type { HostFeature } from '../host/contract.ts';
import { packFor } from '../locales/loadLocale.ts';
import { planLocalesWith } from '../locales/plan/planLocales.ts';
import { planTitles } from '../locales/plan/titles.ts';
import { designFact } from '../parts/designFact.tsx';
import { onDemand } from '../parts/onDemand.tsx';
import { TaskPanel } from '../parts/TaskPanel.tsx';
import { type ModalHost, TaskWindow } from '../parts/TaskWindow.tsx';
import { useSelectedFeature } from '../parts/useSelectedFeature.ts';
import { languageOf, useTranslation } from '../parts/useTranslation.ts';
import type { TaskModalProps } from '../plugin/createTaskPlugin.ts';
import { designOf } from './designOf.ts';
import { PLAN_GROUP } from './messageGroup.ts';
import { EMPTY_FORM, type PlanForm } from './planForm.ts';

export type PlanModalProps = TaskModalProps;

const PlanSetup = onDemand(() => import('./PlanSetup.tsx').then((module) => module.PlanSetup));
const PlanSummary = onDemand(() => import('./PlanSummary.tsx').then((module) => module.PlanSummary));

/** The modal for a host. Call it once: each call makes a component of its own. */
export function createPlanModal(host: ModalHost): ComponentType<PlanModalProps> {
  const { useLocale } = host;
  return function PlanModal(props) {
    const { open, onClose, app, session, raise, openRun, openTable, packs, ...words } = props;
    // Kept while the modal is closed.
    const [form, setForm] = useState(EMPTY_FORM);
    const [design, setDesign] = useState<string>();
    const change = useCallback(
      (changed: Partial<PlanForm>) => setForm((before) => ({ ...before, ...changed })),
      [],
    );
    // Read once: an object literal in a component is another one each time.
    const [locales] = useState(() => planLocalesWith(packs));
    const selected: Partial<HostFeature> | null = useSelectedFeature(app);
    useEffect(() => {
      if (!selected) return;
      // A user who selects a pole of master for the feed goes on planning in the same design.
      const chosen = designOf(selected);
      if (chosen !== undefined) setDesign(chosen);
      const { geometry } = selected;
      if (selected.getType?.() !== 'pole' || geometry?.type !== 'Point') return;
      change({
        pole: { title: selected._myw?.title ?? selected.getTitle?.() ?? '', at: geometry.coordinates },
      });
    }, [selected, change]);
    const translator = useTranslation({
      app,
      group: PLAN_GROUP,
      host: useLocale(PLAN_GROUP),
      locales,
      ...words,
    });
    const shared = { session };
    const title = translator
      ? translator.msg('title')
      : planTitles[packFor(words.language ?? languageOf(app))];
    return (
      <TaskWindow
        {...shared}
        {...{ host, open, onClose, title, translator, openRun }}
        wrapClassName="lrt-plan-modal"
      >
        {(compact) =>
          translator ? (
            <TaskPanel
              {...shared}
              raise={raise}
              map={app.map}
              compact={compact}
              long
              overlay={app.map?.taskOverlay}
              setup={<PlanSetup {...shared} {...{ app, design, form }} onForm={change} />}
              facts={(shown) => designFact(shown, translator.msg('plan_design'))}
              // The step says it already.
              detail={() => ''}
              summary={(shown) => (
                <PlanSummary {...shared} {...{ app, openTable }} task={shown} map={app.map} />
              )}
            />
          ) : null
        }
      </TaskWindow>
    );
  };
}
