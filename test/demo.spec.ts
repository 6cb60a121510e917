import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { seedDemo, type RecordedStudent } from '../src/demo/index.js';
import { startTestApp, type TestApp } from './support/app.js';
import { writeFileSync } from 'node:fs';
let service: TestApp;
let students: readonly RecordedStudent[];
beforeAll(async () => {
  service = await startTestApp();
  students = await seedDemo(service.app);
});
afterAll(() => service.close());
it('x', async () => {
  const out: unknown[] = [];
  for (const { learner, programme, name } of students) {
    const { body } = await service.request.post('/v1/evaluations').send({ kind: 'stored', learner, programme, requestDate: '2026-10-15' });
    out.push({ name, body });
  }
  writeFileSync('/tmp/demo-out.json', JSON.stringify(out, null, 1));
  expect(await seedDemo(service.app)).toEqual(students);
});
