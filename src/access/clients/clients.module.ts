import { Module } from '@nestjs/common';
import { ClientsService } from './clients.service.js';
import { ClientsController } from './http/clients.controller.js';

@Module({ controllers: [ClientsController], providers: [ClientsService] })
export class ClientsModule {}
