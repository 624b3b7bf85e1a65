import type { Column } from '../corpus/columns';
import { items } from '../corpus/goods';
import { orderPage } from '../corpus/order';
import type { Trait, Variant } from '../corpus/trait';

const months = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  fr: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ],
};
const parts = (iso: string) => iso.split('-').map(Number) as [number, number, number];
const two = (number: number) => String(number).padStart(2, '0');

const words: Record<string, (iso: string) => string> = {
  fr: (iso) => `${parts(iso)[2]} ${months.fr[parts(iso)[1] - 1]} ${parts(iso)[0]}`,
  us: (iso) => `${months.en[parts(iso)[1] - 1]} ${parts(iso)[2]}, ${parts(iso)[0]}`,
  en: (iso) => `${parts(iso)[2]} ${months.en[parts(iso)[1] - 1]!.slice(0, 3)} ${parts(iso)[0]}`,
  iso: (iso) => iso,
  dayFirst: (iso) => `${two(parts(iso)[2])}/${two(parts(iso)[1])}/${parts(iso)[0]}`,
  dotted: (iso) => `${two(parts(iso)[2])}.${two(parts(iso)[1])}.${parts(iso)[0]}`,
};

const serial =
  (format: string, date1904: boolean, language: 'en' | 'fr' = 'en'): Variant =>
  (draft) => {
    draft.book.date1904 = date1904;
    // the title's own day is a serial of 1900
    orderPage(draft, {
      language,
      title: !date1904,
      sums: false,
      columns: (c) => [c.reference(), c.description(), c.quantity(), c.date(format, date1904)],
    });
  };

/** The last day is past the twelfth and so tells the order of day and month in the column. */
const text =
  (write: keyof typeof words, language: 'en' | 'fr' | 'de'): Variant =>
  (draft) => {
    const list = items(draft.chance, 9, language).map((item, index) =>
      index % 4 === 0 ? { ...item, date: `2027-${two(draft.chance.int(1, 12))}-${draft.chance.int(13, 28)}` } : item,
    );
    orderPage(draft, {
      list,
      language,
      sums: false,
      columns: (c) => [c.reference(), c.description(), c.quantity(), c.dateText(words[write]!)],
    });
  };

/** 03/04/2027 and no day past the twelfth, in English: flagged, whatever was read. In French the day comes first. */
const undecided =
  (language: 'en' | 'fr'): Variant =>
  (draft) => {
    const sheet = draft.book.sheet('Order');
    const list = items(draft.chance, 6, language).map((item) => {
      const month = draft.chance.int(2, 6);
      return { ...item, date: `2027-${two(month)}-${two(month + draft.chance.int(1, 6))}` };
    });
    orderPage(draft, {
      sheet,
      list,
      language,
      title: false,
      sums: false,
      columns: (c) => {
        const column: Column = c.dateText(words.dayFirst!);
        return [
          c.reference(),
          c.description(),
          c.quantity(),
          language === 'fr'
            ? column
            : {
                ...column,
                want: ({ date }) => [date, null, `${date.slice(0, 5)}${date.slice(8)}-${date.slice(5, 7)}`],
              },
        ];
      },
      table: { line: (line) => language === 'en' && draft.must('line.date_ambiguous', sheet.name, [line.row]) },
    });
  };

const unreadable: Variant = (draft) => {
  const sheet = draft.book.sheet('Order');
  orderPage(draft, {
    sheet,
    count: 8,
    sums: false,
    columns: (c) => {
      const date = c.date('yyyy-mm-dd');
      return [
        c.reference(),
        c.description(),
        c.quantity(),
        {
          ...date,
          cell: (item, row, index) => (index === 3 ? '31.02.2027' : date.cell(item, row, index)),
          want: (item, index) => (index === 3 ? null : date.want!(item, index)),
        },
      ];
    },
    table: { line: (line, _item, index) => index === 3 && draft.must('line.date_unreadable', sheet.name, [line.row]) },
  });
};

export const dateTraits: Trait[] = [
  {
    name: 'date-serials',
    variants: [
      serial('dd/mm/yyyy', false),
      serial('d mmm yyyy', true),
      serial('[$-40C]d mmmm yyyy', false, 'fr'),
      serial('mm-dd-yy', true),
    ],
  },
  {
    name: 'date-texts',
    variants: [
      text('fr', 'fr'),
      text('us', 'en'),
      text('en', 'en'),
      text('iso', 'en'),
      text('dayFirst', 'fr'),
      text('dayFirst', 'en'),
      text('dotted', 'de'),
    ],
  },
  { name: 'date-ambiguous', variants: [undecided('en'), undecided('fr')] },
  { name: 'date-unreadable', variants: [unreadable] },
];
