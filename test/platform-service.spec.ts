import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { problemStatus } from '../src/kernel/index.js';
import { startTestApp, type TestApp } from './support/app.js';

let service: TestApp;
beforeAll(async () => {
  service = await startTestApp();
});
afterAll(() => service.close());

describe('health', () => {
  it('is alive, and ready while the database answers', async () => {
    await service.request.get('/health/live').expect(200, { status: 'ok' });
    await service.request.get('/health/ready').expect(200, { status: 'ok' });
  });

  it('is alive but not ready without its database', async () => {
    const cutOff = await startTestApp();
    const dataSource = cutOff.app.get(DataSource);
    await dataSource.destroy();
    await cutOff.request.get('/health/live').expect(200);
    const answer = await cutOff.request.get('/health/ready').expect(503);
    expect(answer.body).toMatchObject({ code: 'unavailable', detail: 'The database does not answer.' });
    await dataSource.initialize();
    await cutOff.close();
  });
});

describe('the documents', () => {
  it('are served as openapi.yaml and openapi.json, which say the same', async () => {
    const yaml = await service.request.get('/openapi.yaml').expect(200).expect('content-type', 'application/yaml');
    expect(yaml.text).toMatch(/^openapi: 3\.1\.0\n/);
    const json = await service.request.get('/openapi.json').expect(200);
    expect(json.body).toMatchObject({ openapi: '3.1.0', paths: { '/health/live': expect.anything() } });
  });

  it('are shown by Swagger UI, which loads them from here', async () => {
    const page = await fetch(`${service.url}/docs`);
    expect(page.url).toBe(`${service.url}/docs/`);
    expect(await page.text()).toContain('swagger-ui-bundle.js');
    const script = await fetch(`${service.url}/docs/swagger-ui-init.js`);
    expect(await script.text()).toContain('"swaggerUrl": "/openapi.json"');
    expect((await fetch(`${service.url}/docs/swagger-ui-bundle.js`)).status).toBe(200);
    expect((await fetch(`${service.url}/docs/nothing.js`)).status).toBe(404);
  });
});

describe('the pages of problems', () => {
  it.each(Object.keys(problemStatus))('explain %s', async (code) => {
    const page = await service.request.get(`/problems/${code}`).set('Accept-Language', 'zh').expect(200);
    expect(page.text).toMatch(/^<!doctype html>\n<html lang="zh">/);
  });

  it('are none for a code that there is not', async () => {
    await service.request.get('/problems/toString').expect(404);
  });
});
