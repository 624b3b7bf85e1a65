import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one blue of AWE; its seventh shade has a contrast of 5.9 to 1 on white. */
const awe: MantineColorsTuple = [
  '#ecf4fc',
  '#d6e6f6',
  '#a8cbee',
  '#78afe6',
  '#5197df',
  '#3a88db',
  '#2a6fbb',
  '#1f5fa8',
  '#174f8f',
  '#0d3c70',
];

/** Tokens of the design. Colours of states are in `parts/Status`, spacing and type are Mantine's scale. */
export const theme = createTheme({
  colors: { awe },
  primaryColor: 'awe',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '600' },
  focusRing: 'always',
  respectReducedMotion: true,
  cursorType: 'pointer',
  // on their tint, colours of titles have too little contrast
  components: { Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } } },
});
