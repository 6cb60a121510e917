import { Body, Controller, Get, Header, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, ExpectedVersion, IdPipe, IfMatch, Paged, PageQuery, ShownOnce, WithETag } from '../../../platform/index.js';
import { ClientsService } from '../clients.service.js';
import { ClientChangeForm, ClientForm, ClientKeysForm } from './client.dto.js';
import { ClientPage, ClientView, clientView, ClientWithSecretView, clientWithSecretView } from './client.view.js';

@ApiTags('clients')
@Controller('v1/institutions/:institutionId/clients')
export class ClientsController {
  constructor(private readonly clients: ClientsService) {}

  /** Lists the clients of an institution in the order they were registered, revoked ones too. */
  @Get()
  @Paged()
  async list(@Param('institutionId', IdPipe) institution: string, @Query() query: PageQuery): Promise<ClientPage> {
    return asPage(ClientPage, await this.clients.list(institution, query), clientView);
  }

  /** Registers a client of an institution. Its secret, if it has one, is in this answer and nowhere else. */
  @Post()
  @Header('cache-control', 'no-store')
  @ShownOnce()
  @WithETag()
  async register(@Param('institutionId', IdPipe) institution: string, @Body() form: ClientForm): Promise<ClientWithSecretView> {
    return clientWithSecretView(await this.clients.register(institution, form));
  }

  /** Reads a client. */
  @Get(':clientId')
  @WithETag()
  async read(@Param('institutionId', IdPipe) institution: string, @Param('clientId', IdPipe) id: string): Promise<ClientView> {
    return clientView(await this.clients.read(institution, id));
  }

  /** Replaces the name, the roles and the redirect URIs of a client. */
  @Put(':clientId')
  @WithETag()
  async change(
    @Param('institutionId', IdPipe) institution: string,
    @Param('clientId', IdPipe) id: string,
    @IfMatch() expected: ExpectedVersion,
    @Body() form: ClientChangeForm,
  ): Promise<ClientView> {
    return clientView(await this.clients.change(institution, id, form, expected));
  }

  /** Replaces the public keys of a client. */
  @Put(':clientId/keys')
  @WithETag()
  async replaceKeys(
    @Param('institutionId', IdPipe) institution: string,
    @Param('clientId', IdPipe) id: string,
    @IfMatch() expected: ExpectedVersion,
    @Body() { keys }: ClientKeysForm,
  ): Promise<ClientView> {
    return clientView(await this.clients.replaceKeys(institution, id, keys, expected));
  }

  /** Gives a client a new secret. It is in this answer and nowhere else; the old one is worth nothing from now on. */
  @Post(':clientId/secret')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ShownOnce()
  @WithETag()
  async replaceSecret(
    @Param('institutionId', IdPipe) institution: string,
    @Param('clientId', IdPipe) id: string,
    @IfMatch() expected: ExpectedVersion,
  ): Promise<ClientWithSecretView> {
    return clientWithSecretView(await this.clients.replaceSecret(institution, id, expected));
  }

  /** Revokes a client for good: it gets no token any more, and the access tokens that it has run out within ten minutes. */
  @Post(':clientId/revocation')
  @HttpCode(200)
  @WithETag()
  async revoke(
    @Param('institutionId', IdPipe) institution: string,
    @Param('clientId', IdPipe) id: string,
    @IfMatch() expected: ExpectedVersion,
  ): Promise<ClientView> {
    return clientView(await this.clients.revoke(institution, id, expected));
  }
}
