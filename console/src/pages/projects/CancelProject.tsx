import { useWords } from '../../i18n/words';
import { words } from './words';
import { SureDialog } from '../../parts/SureDialog';

export function CancelProject({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const w = useWords(words);
  return (
    <SureDialog title={w.cancelAsk} keep={w.keep} action={w.cancel} color="red" onDone={onDone} onClose={onClose}>
      {w.cancelWords}
    </SureDialog>
  );
}
