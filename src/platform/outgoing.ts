import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, fetch } from 'undici';

/**
 * What is not an address of the public Internet (RFC 6890 and its registries): this machine, private and shared networks, link-local (where clouds keep
 * the secrets of a machine), documentation, benchmarking, multicast, and the translations that lead to IPv4 addresses of these kinds.
 */
const specialPurpose: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

const refused = new BlockList();
for (const [network, prefix] of specialPurpose) refused.addSubnet(network, prefix, isIP(network) === 6 ? 'ipv6' : 'ipv4');

/** Whether an IP address is one of the public Internet; an IPv4 address written as an IPv6 one counts as what it is. */
export function isPublicAddress(address: string): boolean {
  return !refused.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** A call was not made: its target is not on the public Internet. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';

  constructor(host: string) {
    super(`${host} is not an address of the public Internet`);
  }
}

/** Resolves a name and refuses it when one of its addresses is not public: what is connected to is what was checked, so a second answer changes nothing. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses;
    if (error !== null || first === undefined) callback(error ?? new Error(`${hostname} has no address`), '');
    else if (!addresses.every(({ address }) => isPublicAddress(address))) callback(new PrivateAddressError(hostname), '');
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

const connectMilliseconds = 5_000;

/** An address that is written out is never looked up, so it is checked by itself. */
function publicConnector(): buildConnector.connector {
  const connect = buildConnector({ lookup: publicLookup, timeout: connectMilliseconds });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !isPublicAddress(host)) callback(new PrivateAddressError(host), null);
    else connect(options, callback);
  };
}

/** What is asked of another service. */
export interface OutgoingRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal?: AbortSignal | undefined;
}

export type OutgoingFetch = (url: string, request: OutgoingRequest) => Promise<Response>;

/** The answers that we read (discovery documents, keys, tokens) are a few kilobytes. */
const longestAnswerBytes = 1024 * 1024;
const answerMilliseconds = 10_000;

/**
 * Calls other services, of which users may choose the address: HTTPS to the public Internet alone, no redirects followed, answers of 1 MiB and 10 s at
 * most. Where private addresses are allowed, so is plain HTTP.
 */
export function outgoingFetch(isPrivateAllowed: boolean): OutgoingFetch {
  const dispatcher = new Agent({
    connect: isPrivateAllowed ? { timeout: connectMilliseconds } : publicConnector(),
    headersTimeout: answerMilliseconds,
    bodyTimeout: answerMilliseconds,
    maxResponseSize: longestAnswerBytes,
  });
  return async (url, { method, headers, body, signal }) => {
    if (!isPrivateAllowed && new URL(url).protocol !== 'https:') throw new Error('calls to other services go over HTTPS');
    const answer = await fetch(url, {
      method,
      headers,
      body,
      redirect: 'manual',
      dispatcher,
      ...(signal === undefined ? {} : { signal }),
    });
    const bytes = await answer.arrayBuffer();
    return new Response(bytes.byteLength === 0 ? null : bytes, {
      status: answer.status,
      statusText: answer.statusText,
      headers: [...answer.headers],
    });
  };
}
