import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Problem } from '../kernel/index.js';
import { HealthView } from './health.view.js';

@ApiTags('service')
@Controller('health')
export class HealthController {
  constructor(private readonly dataSource: DataSource) {}

  /** Whether the process runs; a no (or no answer) means: restart it. */
  @Get('live')
  live(): HealthView {
    return { status: 'ok' };
  }

  /** Whether the service can do its work, its database included; a no means: send requests elsewhere for now. */
  @Get('ready')
  async ready(): Promise<HealthView> {
    try {
      await this.dataSource.query('SELECT 1');
    } catch {
      throw new Problem('unavailable', 'The database does not answer.');
    }
    return { status: 'ok' };
  }
}
