import { Button, CopyButton, type ButtonProps } from '@mantine/core';
import { defineWords, useWords } from '../i18n/words';

const words = defineWords({ copy: 'Copy', copied: 'Copied' }, { copy: 'Copier', copied: 'Copié' });

interface CopyProps extends ButtonProps {
  text: string;
  /** in place of “Copy” */
  label?: string;
  title?: string;
}

/** Copies a text, and says so. */
export function Copy({ text, label, ...props }: CopyProps) {
  const w = useWords(words);
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button {...props} onClick={copy}>
          {copied ? w.copied : (label ?? w.copy)}
        </Button>
      )}
    </CopyButton>
  );
}
