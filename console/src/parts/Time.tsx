import { useFormat } from '../i18n/format';

/** An instant as people say it, `3 min ago`; the exact one is in its title. */
export function Time({ at }: { at: string | number }) {
  const format = useFormat();
  return (
    <time dateTime={new Date(at).toISOString()} title={format.instant(at)}>
      {format.ago(at)}
    </time>
  );
}
