import { useNavigate } from '@tanstack/react-router';
import { useWords } from '../../i18n/words';
import { useAction } from '../../parts/useAction';
import { remove, type StoredDefinition } from './queries';
import { words } from './words';
import { SureDialog } from '../../parts/SureDialog';

export function DeleteDefinition({ stored, onClose }: { stored: StoredDefinition; onClose: () => void }) {
  const w = useWords(words);
  const navigate = useNavigate();
  const action = useAction({
    act: () => remove(stored.id, stored.version),
    done: () => w.deleted(stored.name),
    refresh: [['definitions', 'list']],
    onDone: () => void navigate({ to: '/definitions' }),
  });
  return (
    <SureDialog
      title={w.deleteAsk(stored.name)}
      keep={w.keep}
      action={w.delete}
      color="red"
      isPending={action.isPending}
      onDone={() => action.mutate(undefined)}
      onClose={onClose}
    >
      {w.deleteWords}
    </SureDialog>
  );
}
