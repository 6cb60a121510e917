import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { asService, transaction } from '../platform/index.js';
import { shippedCreditSystems } from './data/credit-systems.js';
import { shippedGradingScales } from './data/grading-scales.js';
import { CreditSystemsService, GradingScalesService } from './measures.service.js';

/** "measures" in ASCII: processes that start together load the data one after another. */
const shippingLock = '7882813871301485939';

/** Loads the credit systems and grading scales that ship with the service; a second time it changes nothing. */
@Injectable()
export class ShippedData implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly creditSystems: CreditSystemsService,
    private readonly gradingScales: GradingScalesService,
  ) {}

  async onModuleInit(): Promise<void> {
    const ship = (): Promise<void> =>
      transaction(this.dataSource, async (manager) => {
        await manager.query('SELECT pg_advisory_xact_lock($1)', [shippingLock]);
        await this.creditSystems.ship(manager, shippedCreditSystems);
        await this.gradingScales.ship(manager, shippedGradingScales);
      });
    await asService('shipped data', ship);
  }
}
