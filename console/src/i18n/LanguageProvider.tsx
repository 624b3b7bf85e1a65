import { useQueryClient } from '@tanstack/react-query';
import { useLayoutEffect, useMemo, useState, type ReactNode } from 'react';
import { LanguageContext, type Language } from './words';

const KEPT = 'awe.language';

const isLanguage = (text: string | null): text is Language => text === 'en' || text === 'fr';

/** The language that was chosen here, or the first of the browser's that there is. */
function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  const client = useQueryClient();
  // before anything is asked: the API answers in the language of the page
  useLayoutEffect(() => void (document.documentElement.lang = language), [language]);
  const choice = useMemo(
    () => ({
      language,
      choose(chosen: Language) {
        localStorage.setItem(KEPT, chosen);
        document.documentElement.lang = chosen;
        setLanguage(chosen);
        void client.invalidateQueries();
      },
    }),
    [language, client],
  );
  return <LanguageContext value={choice}>{children}</LanguageContext>;
}
