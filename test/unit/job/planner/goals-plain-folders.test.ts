import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals about what files there are and what stands in them, as conditions; and what somebody wants to be done. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    'Are there any files in the folder tmp/uploads? If so, move tmp/uploads/latest.zip to inbox/latest.zip',
    ['file.list path=tmp/uploads', 'file.move from=tmp/uploads/latest.zip to=inbox/latest.zip if size(files) > 0'],
  ],
  [
    'Please look into the folder tmp/uploads. With at least one file in it, move the file tmp/uploads/latest.zip to inbox/latest.zip',
    ['file.list path=tmp/uploads', 'file.move from=tmp/uploads/latest.zip to=inbox/latest.zip if size(files) > 0'],
  ],
  [
    'The file tmp/uploads/latest.zip is to be moved to inbox/latest.zip if the file list of the folder tmp/uploads contains one entry or more.',
    ['file.list path=tmp/uploads', 'file.move from=tmp/uploads/latest.zip to=inbox/latest.zip if size(files) > 0'],
  ],
  [
    "S'il y a des fichiers dans reception, déplace reception/a.zip vers b/a.zip",
    ['file.list path=reception', 'file.move from=reception/a.zip to=b/a.zip if size(files) > 0'],
  ],
  [
    "Si le dossier reception n'est pas vide, déplace reception/a.zip vers b/a.zip",
    ['file.list path=reception', 'file.move from=reception/a.zip to=b/a.zip if size(files) > 0'],
  ],
  [
    'Search the files in logs for the word ERROR. Without a match, remove the folder logs; with a match, copy logs/app.log to archive/app.log.',
    [
      'file.search text=ERROR path=logs',
      'file.delete path=logs if size(matches) == 0',
      'file.copy from=logs/app.log to=archive/app.log if size(matches) > 0',
    ],
  ],
  [
    'Check whether ERROR occurs in any file of the folder logs; if so, make a copy of logs/app.log at archive/app.log, and if not, delete the folder logs.',
    [
      'file.search text=ERROR path=logs',
      'file.copy from=logs/app.log to=archive/app.log if size(matches) > 0',
      'file.delete path=logs if size(matches) == 0',
    ],
  ],
  [
    '1. Search for the word ERROR in all files of the logs folder. 2. No hits: delete the folder logs. 3. Any hits: copy logs/app.log to archive/app.log.',
    [
      'file.search text=ERROR path=logs',
      'file.delete path=logs if size(matches) == 0',
      'file.copy from=logs/app.log to=archive/app.log if size(matches) > 0',
    ],
  ],
  [
    'Does the word ERROR appear in the files in logs? Yes: copy logs/app.log to archive/app.log. No: delete the logs folder.',
    [
      'file.search text=ERROR path=logs',
      'file.copy from=logs/app.log to=archive/app.log if size(matches) > 0',
      'file.delete path=logs if size(matches) == 0',
    ],
  ],
  ['Delete all files that match *.bak and are more than 30 days old.', ['file.delete pattern=*.bak older_than=30d']],
  [
    'I want all files with the pattern *.bak that are older than 30 days to be deleted.',
    ['file.delete pattern=*.bak older_than=30d'],
  ],
  [
    'Files matching *.bak should be deleted if they are more than 30 days old.',
    ['file.delete pattern=*.bak older_than=30d'],
  ],
  [
    'Export the rows of input/staff.xlsx to output/staff.csv; after that the workbook can be deleted.',
    [
      'transform.from_xlsx path=input/staff.xlsx',
      'transform.to_csv items=… save_as=output/staff.csv',
      'file.delete path=input/staff.xlsx',
    ],
  ],
  ['I want the rows of a.csv to be inserted into the table t.', ['sql.insert table=t path=a.csv']],
  [
    'I need the table t exported to t.csv.',
    ['sql.query sql=SELECT * FROM t', 'transform.to_csv items=… save_as=t.csv'],
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
