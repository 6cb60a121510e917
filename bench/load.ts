import { connect } from 'node:net';

/**
 * A load generator for a process of its own: keep-alive connections that each send the next request as soon as they have the whole answer. It asks for
 * `content-length`, which the service always sends, and does as little else as it can, so that most of the machine is left to the service.
 */

/** What the bench asks of this process. */
export interface LoadOrder {
  readonly port: number;
  readonly path: string;
  /** Sent in turn with POST; none for GET. */
  readonly bodies: readonly string[];
  /** An access token, if one is sent. */
  readonly token?: string;
  readonly connections: number;
  readonly milliseconds: number;
}

/** What it answers. */
export interface LoadReport {
  readonly answers: number;
  /** Answers with another status than 200, and connections that broke. */
  readonly failures: number;
  readonly milliseconds: number;
}

const headEnd = Buffer.from('\r\n\r\n');
const lengthPattern = /\r\ncontent-length: (\d+)/i;

function requestOf({ path, token }: LoadOrder, body: string | undefined): Buffer {
  const head = [
    `${body === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    ...(body === undefined ? [] : ['content-type: application/json', `content-length: ${String(Buffer.byteLength(body))}`]),
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body ?? ''}`);
}

/** The length of the first answer in the bytes, and whether it is good; undefined while it is not all there. */
function firstAnswer(bytes: Buffer): { readonly length: number; readonly isGood: boolean } | undefined {
  const end = bytes.indexOf(headEnd);
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const length = end + headEnd.length + Number(lengthPattern.exec(head)?.[1] ?? 0);
  return bytes.length < length ? undefined : { length, isGood: head.startsWith('HTTP/1.1 200') };
}

/** Runs until the time is over; answers that come later do not count. */
async function run(order: LoadOrder): Promise<LoadReport> {
  const { port, bodies, connections, milliseconds } = order;
  const requests = bodies.length === 0 ? [requestOf(order, undefined)] : bodies.map((body) => requestOf(order, body));
  let [sent, answers, failures] = [0, 0, 0];
  const start = performance.now();
  const isOver = (): boolean => performance.now() - start >= milliseconds;
  const connection = (): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      let bytes: Buffer = Buffer.alloc(0);
      const send = (): void => {
        socket.write(requests[sent % requests.length] ?? '');
        sent += 1;
      };
      socket.setNoDelay(true);
      socket.on('connect', send);
      socket.on('error', () => (failures += 1));
      socket.on('close', () => {
        resolve();
      });
      socket.on('data', (part) => {
        bytes = bytes.length === 0 ? part : Buffer.concat([bytes, part]);
        const answer = firstAnswer(bytes);
        if (answer === undefined) return;
        bytes = bytes.subarray(answer.length);
        if (isOver()) {
          socket.destroy();
          return;
        }
        if (answer.isGood) answers += 1;
        else failures += 1;
        send();
      });
    });
  await Promise.all(Array.from({ length: connections }, connection));
  return { answers, failures, milliseconds: performance.now() - start };
}

process.on('message', (order: LoadOrder) => {
  void run(order).then((report) => process.send?.(report));
});
