import { connect } from 'node:net';

/** How an endless body ended. */
export interface Cut {
  /** Of the answer; undefined when the line was cut before it could be read. */
  readonly status: number | undefined;
  /** Megabytes sent by then. */
  readonly sent: number;
}

const megabyte = Buffer.alloc(1024 * 1024, ' ');

/** Long enough for an answer to arrive between two pieces. */
const pauseMilliseconds = 10;

/** Posts a hundred megabytes of blanks over a line of its own until the server answers or cuts the line. */
function postOnce(url: string, path: string, announced: boolean): Promise<Cut> {
  const { hostname, port } = new URL(url);
  const length = announced ? `Content-Length: ${String(100 * megabyte.length)}` : 'Transfer-Encoding: chunked';
  const piece = announced ? megabyte : Buffer.concat([Buffer.from(`${megabyte.length.toString(16)}\r\n`), megabyte, Buffer.from('\r\n')]);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let [sent, answer] = [0, ''];
    const pump = (): void => {
      if (sent === 100 || socket.destroyed || answer !== '') return;
      sent += 1;
      // An answer can be read only while nothing is being written: a line that is cut takes it along.
      socket.write(piece, () => setTimeout(pump, pauseMilliseconds));
    };
    socket.write(`POST ${path} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\n${length}\r\n\r\n`);
    socket.on('data', (bytes) => {
      answer += bytes.toString();
    });
    // A cut line is what is expected.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
      resolve({ status: status === undefined ? undefined : Number(status), sent });
    });
    pump();
  });
}

/** The same, again where the line was cut so quickly that the answer was lost with it. */
export async function postEndlessly(url: string, path: string, announced: boolean): Promise<Cut> {
  let cut = await postOnce(url, path, announced);
  for (let attempt = 1; attempt < 10 && cut.status === undefined; attempt += 1) cut = await postOnce(url, path, announced);
  return cut;
}
