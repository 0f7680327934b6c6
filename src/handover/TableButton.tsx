/** The button that lists what a run has built, in a table of the application's. */
import { Button } from 'antd';
import { HandoverWordsProvider, useHandoverWords } from './HandoverWords.tsx';

export interface TableButtonProps {
  onClick(): void;
  /** A link, for a narrow window. */
  isLink?: boolean;
}

export function TableButton(props: TableButtonProps) {
  return (
    <HandoverWordsProvider>
      <Shown {...props} />
    </HandoverWordsProvider>
  );
}

function Shown({ onClick, isLink = false }: TableButtonProps) {
  const { msg } = useHandoverWords();
  const look = isLink ? ({ type: 'link', size: 'small', style: { paddingInline: 0 } } as const) : {};
  return (
    <Button {...look} onClick={onClick}>
      {msg('show_table')}
    </Button>
  );
}
