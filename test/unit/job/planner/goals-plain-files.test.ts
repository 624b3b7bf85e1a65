import { outline, refusals } from './support';

/** Plain goals about files and the memory: several at once, each to its own place, and the one that was spoken of. */
const goals: [goal: string, steps: string[]][] = [
  [
    'Copy a.csv to x/a.csv and b.csv to x/b.csv.',
    ['file.copy from=a.csv to=x/a.csv', 'file.copy from=b.csv to=x/b.csv'],
  ],
  [
    'Convert a.csv to a.json and b.csv to b.json.',
    [
      'transform.from_csv path=a.csv',
      'file.write path=a.json json=…',
      'transform.from_csv path=b.csv',
      'file.write path=b.json json=…',
    ],
  ],
  [
    'Move every .csv file in inbox/ to processed/.',
    ['file.list path=inbox pattern=*.csv', 'file.move from=… to=processed/… each'],
  ],
  [
    'Find every file in incoming that ends in .csv and copy each one to the folder archive under its own name.',
    ['file.list path=incoming pattern=*.csv', 'file.copy from=… to=archive/… each'],
  ],
  [
    'List the files in inbox/. For each file, move it to archive/.',
    ['file.list path=inbox', 'file.move from=… to=archive/… each'],
  ],
  [
    'For each CSV file in inbox/, move it to archive/.',
    ['file.list path=inbox pattern=*.csv', 'file.move from=… to=archive/… each'],
  ],
  [
    'Copy reports/march.pdf to archive/march.pdf and delete the original.',
    ['file.copy from=reports/march.pdf to=archive/march.pdf', 'file.delete path=reports/march.pdf'],
  ],
  [
    'Convert input/staff.xlsx to output/staff.csv and delete the Excel file afterwards.',
    [
      'transform.from_xlsx path=input/staff.xlsx',
      'transform.to_csv items=… save_as=output/staff.csv',
      'file.delete path=input/staff.xlsx',
    ],
  ],
  [
    'Copy a.xlsx to b.xlsx, replacing the file if it is there, then move c.xlsx to a.xlsx and replace that one as well.',
    ['file.copy from=a.xlsx to=b.xlsx replace=true', 'file.move from=c.xlsx to=a.xlsx replace=true'],
  ],
  [
    'Search all .log files in the folder logs for the words "connection refused" and write the matches as a Markdown table to refused.md.',
    ['file.search text=connection refused pattern=*.log path=logs', 'report.table items=… save_as=refused.md'],
  ],
  [
    'Cherche dans la mémoire "retards" et enregistre les résultats dans r.json.',
    ['memory.search query=retards', 'file.write path=r.json json=…'],
  ],
  [
    'Read config.json and remember the value of region under the name region.',
    ['file.read path=config.json', 'memory.set name=region value=…'],
  ],
  [
    'Upload the content of queue/next.json with a PUT to https://worker.example.com/tasks/next, and delete queue/next.json when that has succeeded.',
    [
      'file.read path=queue/next.json',
      'http.request url=https://worker.example.com/tasks/next method=PUT json=…',
      'file.delete path=queue/next.json',
    ],
  ],
];

it.each(goals)('%s', (goal, steps) => {
  expect(outline(goal)).toEqual(steps);
});

it('reads no text out of a recording', () => {
  expect(refusals('Download https://x.example.com/a.mp3 and save it as text')[0]?.message).toMatch(/cannot be read/);
});

it('asks which original is meant where several files were copied', () => {
  expect(refusals('Copy a.csv to x/a.csv and b.csv to x/b.csv, then delete the original')[0]).toMatchObject({
    part: 'delete the original',
  });
});

it('reads no file after it has gone', () => {
  const goal = 'Delete old/dump.sql for good, then copy old/dump.sql to backup/dump.sql';
  expect(refusals(goal)[0]).toMatchObject({ part: 'copy old/dump.sql to backup/dump.sql' });
});
