import { describe, expect, it } from '@jest/globals';
import { canonicalJson, digestOf } from './canonical.js';

describe('canonical JSON (RFC 8785)', () => {
  it('is the same whatever the order of keys', () => {
    expect(canonicalJson({ b: [1, 1.5, 'x'], a: null })).toBe('{"a":null,"b":[1,1.5,"x"]}');
    expect(canonicalJson({ a: null, b: [1, 1.5, 'x'] })).toBe('{"a":null,"b":[1,1.5,"x"]}');
  });

  it('orders keys by UTF-16 code units and writes numbers as ECMAScript does', () => {
    expect(canonicalJson({ '\u20ac': 1e21, '\r': 4.5, '1': 1e-7, 中: 0.002 })).toBe('{"\\r":4.5,"1":1e-7,"€":1e+21,"中":0.002}');
  });

  it('leaves out what is undefined', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it('refuses what JSON cannot carry', () => {
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
    expect(() => canonicalJson({ a: NaN })).toThrow();
  });

  it('has a digest', () => {
    // printf '{}' | sha256sum
    expect(digestOf({})).toBe('sha-256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });
});
