import { columnName, type Cell, type Sheet, type Workbook } from '../corpus/book';
import { zip } from './zip';

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const loose = {
  main: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  office: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
};
const strict = {
  main: 'http://purl.oclc.org/ooxml/spreadsheetml/main',
  office: 'http://purl.oclc.org/ooxml/officeDocument/relationships',
};
const packageRels = 'http://schemas.openxmlformats.org/package/2006/relationships';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Writes workbooks like programs other than exceljs: every legal oddity of `Dialect`. */
export function writeByXml(book: Workbook): Buffer {
  const { dialect } = book;
  const ns = dialect.strict ? strict : loose;
  const tag = (name: string) => (dialect.prefix ? `${dialect.prefix}:${name}` : name);
  const xmlns = dialect.prefix ? `xmlns:${dialect.prefix}="${ns.main}"` : `xmlns="${ns.main}"`;
  const element = (name: string, attributes: string, inner: string) =>
    inner === '' ? `<${tag(name)}${attributes}/>` : `<${tag(name)}${attributes}>${inner}</${tag(name)}>`;
  const strings = new Map<string, number>();
  const formats = new Map<string, number>();
  const styleOf = (cell: Cell) => {
    const key = JSON.stringify([cell.format ?? '', cell.bold === true]);
    if (key === '["",false]' || dialect.noStyles) return 0;
    if (!formats.has(key)) formats.set(key, formats.size + 1);
    return formats.get(key)!;
  };

  const cellXml = (sheet: Sheet, row: number, column: number, cell: Cell) => {
    const style = styleOf(cell);
    const attributes =
      (dialect.noAddresses ? '' : ` r="${columnName(column)}${row}"`) + (style > 0 ? ` s="${style}"` : '');
    const formula = cell.formula === undefined ? '' : formulaXml(sheet, row, column, cell);
    const value = (text: string) => element('v', '', text);
    if (cell.error !== undefined) return element('c', `${attributes} t="e"`, formula + value(escape(cell.error)));
    if (cell.boolean !== undefined)
      return element('c', `${attributes} t="b"`, formula + value(cell.boolean ? '1' : '0'));
    if (cell.text !== undefined) {
      const text = escape(cell.text);
      if (formula !== '') return element('c', `${attributes} t="str"`, formula + value(text));
      if (dialect.strings === 'inline') {
        const inline = element('t', ' xml:space="preserve"', text);
        return element('c', `${attributes} t="inlineStr"`, element('is', '', inline));
      }
      if (!strings.has(cell.text)) strings.set(cell.text, strings.size);
      return element('c', `${attributes} t="s"`, value(String(strings.get(cell.text))));
    }
    return element('c', attributes, formula + (cell.number === undefined ? '' : value(String(cell.number))));
  };
  const formulaXml = (sheet: Sheet, row: number, column: number, cell: Cell) => {
    if (cell.shared === undefined) return element('f', '', escape(cell.formula!));
    const sharing = (at: number) => sheet.cell(at, column)?.shared === cell.shared;
    if (sharing(row - 1)) return element('f', ` t="shared" si="${cell.shared}"`, '');
    let last = row;
    while (sharing(last + 1)) last++;
    const ref = `${columnName(column)}${row}:${columnName(column)}${last}`;
    return element('f', ` t="shared" ref="${ref}" si="${cell.shared}"`, escape(cell.formula!));
  };

  const sheetXml = (sheet: Sheet) => {
    const numbers = [...sheet.rows.keys()].sort((a, b) => a - b);
    const last = numbers.at(-1) ?? 1;
    const width = Math.max(1, ...numbers.map((row) => Math.max(...sheet.rows.get(row)!.keys())));
    // a program that writes no addresses writes every row and cell, the empty ones too
    const rows = dialect.noAddresses ? Array.from({ length: last }, (_, index) => index + 1) : numbers;
    const data = rows.map((row) => {
      const cells = sheet.rows.get(row) ?? new Map<number, Cell>();
      const columns = dialect.noAddresses
        ? Array.from({ length: width }, (_, index) => index + 1)
        : [...cells.keys()].sort((a, b) => a - b);
      const inner = columns.map((column) => cellXml(sheet, row, column, cells.get(column) ?? {})).join('');
      const hidden = sheet.hiddenRows.has(row) ? ' hidden="1"' : '';
      return element('row', (dialect.noAddresses ? '' : ` r="${row}"`) + hidden, inner);
    });
    const hiddenColumns = [...sheet.hiddenColumns].map((column) =>
      element('col', ` min="${column}" max="${column}" width="9" hidden="1" customWidth="1"`, ''),
    );
    const merges = sheet.merges.map(({ top, left, bottom, right }) =>
      element('mergeCell', ` ref="${columnName(left)}${top}:${columnName(right)}${bottom}"`, ''),
    );
    const dimension = dialect.noDimension ? '' : element('dimension', ` ref="A1:${columnName(width)}${last}"`, '');
    return (
      head +
      (dialect.doctype ? '<!DOCTYPE worksheet [<!ENTITY who "me">]>\n' : '') +
      element(
        'worksheet',
        ` ${xmlns}`,
        dimension +
          (hiddenColumns.length > 0 ? element('cols', '', hiddenColumns.join('')) : '') +
          `<${tag('sheetData')}>${data.join('')}</${tag('sheetData')}>` +
          (merges.length > 0 ? element('mergeCells', ` count="${merges.length}"`, merges.join('')) : ''),
      )
    );
  };

  const path = (index: number) =>
    dialect.oddNames ? `data/table_${index + 1}.xml` : `worksheets/sheet${index + 1}.xml`;
  const sheets = book.sheets.map((sheet, index) => ({ name: `xl/${path(index)}`, content: sheetXml(sheet) }));
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${ns.office}/${type}" Target="${target}"/>`;
  const relations = (inner: string) => `${head}<Relationships xmlns="${packageRels}">${inner}</Relationships>`;
  const withStrings = dialect.strings !== 'inline';
  const workbook = element(
    'workbook',
    ` ${xmlns} xmlns:r="${ns.office}"`,
    element('workbookPr', book.date1904 ? ' date1904="1"' : '', '') +
      element(
        'sheets',
        '',
        book.sheets
          .map(({ name, state }, index) => {
            const hidden = state === 'visible' ? '' : ` state="${state}"`;
            return element(
              'sheet',
              ` name="${escape(name)}" sheetId="${index + 1}"${hidden} r:id="rId${index + 1}"`,
              '',
            );
          })
          .join(''),
      ),
  );
  const parts = [
    {
      name: '[Content_Types].xml',
      content: contentTypes(
        sheets.map(({ name }) => name),
        withStrings,
        !dialect.noStyles,
      ),
    },
    { name: '_rels/.rels', content: relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')) },
    { name: 'xl/workbook.xml', content: head + workbook },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations(
        sheets
          // half the programs write targets from the root of the package
          .map(({ name }, index) =>
            relation(`rId${index + 1}`, 'worksheet', dialect.oddNames ? `/${name}` : name.slice(3)),
          )
          .join('') +
          (withStrings ? relation('rIdS', 'sharedStrings', 'sharedStrings.xml') : '') +
          (dialect.noStyles ? '' : relation('rIdT', 'styles', 'styles.xml')),
      ),
    },
    ...sheets,
  ];
  if (withStrings) {
    const items = [...strings.keys()].map((text) =>
      element('si', '', element('t', ' xml:space="preserve"', escape(text))),
    );
    parts.push({ name: 'xl/sharedStrings.xml', content: head + element('sst', ` ${xmlns}`, items.join('')) });
  }
  if (!dialect.noStyles)
    parts.push({ name: 'xl/styles.xml', content: head + stylesXml([...formats.keys()], element, xmlns) });
  for (const [name, content] of Object.entries(dialect.parts ?? {})) parts.push({ name, content });
  return zip(parts, dialect.stored);
}

function stylesXml(keys: string[], element: (n: string, a: string, i: string) => string, xmlns: string): string {
  const styles = keys.map((key) => JSON.parse(key) as [string, boolean]);
  const formats = styles.map(([format], index) =>
    format === '' ? '' : element('numFmt', ` numFmtId="${164 + index}" formatCode="${escape(format)}"`, ''),
  );
  const given = formats.filter((format) => format !== '');
  const plain = element('xf', ' numFmtId="0" fontId="0" fillId="0" borderId="0"', '');
  const cells = styles.map(([format, bold], index) =>
    element(
      'xf',
      ` numFmtId="${format === '' ? 0 : 164 + index}" fontId="${bold ? 1 : 0}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"`,
      '',
    ),
  );
  const font = (bold: boolean) =>
    element('font', '', (bold ? element('b', '', '') : '') + element('sz', ' val="11"', ''));
  return element(
    'styleSheet',
    ` ${xmlns}`,
    (given.length > 0 ? element('numFmts', ` count="${given.length}"`, given.join('')) : '') +
      element('fonts', ' count="2"', font(false) + font(true)) +
      element('fills', ' count="1"', element('fill', '', element('patternFill', ' patternType="none"', ''))) +
      element('borders', ' count="1"', element('border', '', element('left', '', ''))) +
      element('cellStyleXfs', ' count="1"', plain) +
      element('cellXfs', ` count="${cells.length + 1}"`, plain + cells.join('')),
  );
}

function contentTypes(sheets: string[], withStrings: boolean, withStyles: boolean): string {
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const override = (name: string, type: string) => `<Override PartName="/${name}" ContentType="${kind}.${type}+xml"/>`;
  return (
    `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/>' +
    override('xl/workbook.xml', 'sheet.main') +
    sheets.map((name) => override(name, 'worksheet')).join('') +
    (withStrings ? override('xl/sharedStrings.xml', 'sharedStrings') : '') +
    (withStyles ? override('xl/styles.xml', 'styles') : '') +
    '</Types>'
  );
}
