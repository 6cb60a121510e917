import { Injectable } from '@nestjs/common';

/** The only place that asks the machine for the time; a test provides a clock that stands still. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Today's date in UTC as `YYYY-MM-DD`. */
  today(): string {
    return this.now().toISOString().slice(0, 10);
  }
}
