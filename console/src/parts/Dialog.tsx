import { Modal, type ModalProps } from '@mantine/core';
import { defineWords, useWords } from '../i18n/words';

const words = defineWords({ close: 'Close' }, { close: 'Fermer' });

/** A dialog whose sign for closing has a name. */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  const w = useWords(words);
  return <Modal opened closeButtonProps={{ 'aria-label': w.close }} {...props} />;
}
