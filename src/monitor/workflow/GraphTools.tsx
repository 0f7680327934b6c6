/** The buttons that zoom the graph, at its lower inline start. */
import { theme } from 'antd';
import { useWorkflowWords } from './useWorkflowWords.ts';
import { WorkflowIcon, type WorkflowIconName } from './WorkflowIcon.tsx';

export function GraphTools({ onZoom, onFit }: { onZoom(factor: number): void; onFit(): void }) {
  const { token } = theme.useToken();
  const { msg } = useWorkflowWords();
  const tools: { icon: WorkflowIconName; name: string; act(): void }[] = [
    { icon: 'plus', name: msg('wf_zoom_in'), act: () => onZoom(1.25) },
    { icon: 'minus', name: msg('wf_zoom_out'), act: () => onZoom(0.8) },
    { icon: 'fit', name: msg('wf_fit'), act: onFit },
  ];
  return (
    <div
      style={{
        position: 'absolute',
        insetBlockEnd: 12,
        insetInlineStart: 12,
        display: 'flex',
        border: `1px solid ${token.colorBorderSecondary}`,
        borderRadius: token.borderRadius,
        background: token.colorBgElevated,
        overflow: 'hidden',
      }}
    >
      {tools.map(({ icon, name, act }, at) => (
        <button
          key={icon}
          type="button"
          aria-label={name}
          title={name}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={(event) => {
            event.stopPropagation();
            act();
          }}
          style={{
            display: 'grid',
            placeItems: 'center',
            width: 28,
            height: 28,
            padding: 0,
            border: 'none',
            borderInlineStart: at === 0 ? 'none' : `1px solid ${token.colorBorderSecondary}`,
            background: 'none',
            color: token.colorText,
            cursor: 'pointer',
            outlineOffset: -3,
          }}
        >
          <WorkflowIcon name={icon} />
        </button>
      ))}
    </div>
  );
}
