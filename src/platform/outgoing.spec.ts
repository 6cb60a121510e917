import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isPublicAddress, outgoingFetch } from './outgoing.js';

describe('a public address', () => {
  it.each(['93.184.215.14', '8.8.8.8', '172.15.255.255', '172.32.0.1', '100.128.0.1', '2606:2800:21f:cb07::1', '::ffff:8.8.8.8'])(
    'is %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ['127.0.0.1'],
    ['0.0.0.0'],
    ['10.1.2.3'],
    ['100.64.0.1'],
    ['169.254.169.254'],
    ['172.16.0.1'],
    ['172.31.255.255'],
    ['192.168.1.1'],
    ['198.18.0.1'],
    ['224.0.0.1'],
    ['255.255.255.255'],
    ['::'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['::ffff:a9fe:a9fe'],
    ['::127.0.0.1'],
    ['64:ff9b::7f00:1'],
    ['2002:7f00:1::'],
    ['fc00::1'],
    ['fd12:3456::1'],
    ['fe80::1'],
    ['ff02::1'],
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('a call to another service', () => {
  let server: Server;
  let origin: string;
  let calls = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      calls += 1;
      if (request.url === '/away') response.writeHead(302, { location: '/answer' }).end();
      else if (request.url === '/long') response.end('x'.repeat(2 * 1024 * 1024));
      else response.writeHead(201, { 'x-method': request.method ?? '' }).end('heard');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const get = { method: 'GET', headers: {}, body: null };

  it('reaches no private address, by number or by name, and nothing without TLS', async () => {
    const fetch = outgoingFetch(false);
    const port = origin.split(':')[1] ?? '';
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0.0.0.0']) {
      await expect(fetch(`https://${host}:${port}/answer`, get)).rejects.toMatchObject({ cause: { name: 'PrivateAddressError' } });
    }
    await expect(fetch(`http://${origin}/answer`, get)).rejects.toThrow('calls to other services go over HTTPS');
    expect(calls).toBe(0);
  });

  it('reaches a private address where that is allowed; follows no redirect and reads no endless answer', async () => {
    const fetch = outgoingFetch(true);
    const answer = await fetch(`http://${origin}/answer`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' });
    expect([answer.status, answer.headers.get('x-method'), await answer.text()]).toEqual([201, 'POST', 'heard']);
    expect((await fetch(`http://${origin}/away`, get)).status).toBe(302);
    await expect(fetch(`http://${origin}/long`, get)).rejects.toThrow();
  });
});
