import { createRecordStore } from '../../../src/documents/records';
import { record, temporaryStore } from './support';

describe('the record of a run', () => {
  it('is read as it was written, and writing it again is fine', async () => {
    const records = createRecordStore((await temporaryStore()).store);
    const first = await records.writeRecord(record('awe.audit.1'));
    expect(first).toMatchObject({ path: 'records/awe.audit.1.json', outcome: 'created' });
    expect(await records.writeRecord(record('awe.audit.1'))).toEqual({ ...first, outcome: 'exists' });
    expect(await records.readRecord('awe.audit.1')).toEqual(record('awe.audit.1'));
    expect(await records.readRecord('awe.audit.2')).toBeUndefined();
  });

  it('is the first one that was written', async () => {
    const records = createRecordStore((await temporaryStore()).store);
    const first = await records.writeRecord(record('awe.audit.1'));
    const other = record('awe.audit.1', { run_id: 'r2', correlation_id: 'another, much longer' });
    expect(await records.writeRecord(other)).toEqual({ ...first, outcome: 'exists' });
    expect((await records.readRecord('awe.audit.1'))?.run_id).toBe('r1');
  });

  it('cannot lie outside the folder of records', async () => {
    const records = createRecordStore((await temporaryStore()).store);
    await expect(records.writeRecord(record('../values/x'))).rejects.toMatchObject({ code: 'bad_path' });
    await expect(records.readRecord('../../etc/passwd')).rejects.toMatchObject({ code: 'bad_path' });
  });

  it('that is no JSON any more says so', async () => {
    const { store } = await temporaryStore();
    await store.create('records/x.json', Buffer.from('{'));
    await expect(createRecordStore(store).readRecord('x')).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('is found in a listing by the beginning of its workflow id, in pages', async () => {
    const records = createRecordStore((await temporaryStore()).store);
    for (const id of ['awe.audit.1', 'awe.audit.2', 'awe.audit.3', 'awe.job.1']) await records.writeRecord(record(id));
    const page = await records.listRecords('awe.audit.', { limit: 2 });
    expect(page).toEqual({ workflow_ids: ['awe.audit.1', 'awe.audit.2'], next: 'awe.audit.2' });
    expect(await records.listRecords('awe.audit.', { after: page.next! })).toEqual({ workflow_ids: ['awe.audit.3'] });
    expect((await records.listRecords('')).workflow_ids).toHaveLength(4);
  });
});
