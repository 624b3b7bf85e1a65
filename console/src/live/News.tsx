import { Button } from '@mantine/core';
import { counted, defineWords, useLanguage, useWords } from '../i18n/words';

const words = defineWords(
  { one: 'change', other: 'changes', show: 'show' },
  { one: 'changement', other: 'changements', show: 'afficher' },
);

/** What is new in a list, on a button: rows do not move before somebody wants it. */
export function News({ news: { count, show } }: { news: { count: number; show: () => void } }) {
  const w = useWords(words);
  const { language } = useLanguage();
  return (
    <div aria-live="polite">
      {count > 0 && (
        <Button size="compact-sm" variant="light" onClick={show}>
          {counted(language, count, w.one, w.other)}: {w.show}
        </Button>
      )}
    </div>
  );
}
