import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const windowSeconds = 15 * 60;
/** Five wrong passwords for one name in a quarter of an hour, and fifty from one address, behind which a whole institution may be. */
const perName = 5;
const perAddress = 50;

/** Counts attempts to log in with a password, so that passwords cannot be tried one after another. */
@Injectable()
export class Attempts {
  private readonly names = new RateLimiterMemory({ points: perName, duration: windowSeconds });
  private readonly addresses = new RateLimiterMemory({ points: perAddress, duration: windowSeconds });

  /** Counts an attempt before it is made, so that many at once count too; answers the seconds to wait where there were too many. */
  async begin(name: string, address: string): Promise<number | undefined> {
    const waits = await Promise.all([waitOf(this.names.consume(name)), waitOf(this.addresses.consume(address))]);
    const longest = Math.max(...waits);
    return longest === 0 ? undefined : longest;
  }

  /** The password was right: this attempt, and those for this name before it, count no more. */
  async succeed(name: string, address: string): Promise<void> {
    await Promise.all([this.names.delete(name), this.addresses.reward(address)]);
  }
}

/** The limiter refuses by a rejection that is no error but says how long to wait. */
async function waitOf(consumed: Promise<RateLimiterRes>): Promise<number> {
  try {
    await consumed;
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.ceil(refusal.msBeforeNext / 1000);
    throw refusal;
  }
}
