/** The button at the start of a run's header that leads back to where the user came from. */
import { Button } from 'antd';
import { Icon } from './icons.tsx';
import { useRunWords } from './useRunWords.ts';

/** Shows nothing where the host has no place to go back to. */
export function BackButton({ onBack }: { onBack: (() => void) | undefined }) {
  const { msg, direction } = useRunWords();
  if (!onBack) return null;
  return (
    <Button
      type="text"
      size="small"
      aria-label={msg('run_back')}
      title={msg('run_back')}
      icon={<Icon name="back" direction={direction} />}
      onClick={onBack}
    />
  );
}
