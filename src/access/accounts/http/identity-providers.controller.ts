import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, ExpectedVersion, IdPipe, IfMatch, Paged, PageQuery, WithETag } from '../../../platform/index.js';
import type { IdentityProvider } from '../domain/index.js';
import { IdentityProvidersService } from '../identity-providers.service.js';
import { IdentityProviderForm } from './identity-provider.dto.js';
import { IdentityProviderPage, IdentityProviderView, identityProviderView } from './identity-provider.view.js';

@ApiTags('accounts')
@Controller('v1/institutions/:institutionId/identity-providers')
export class IdentityProvidersController {
  constructor(private readonly providers: IdentityProvidersService) {}

  /** The OpenID providers where people of an institution log in. */
  @Get()
  @Paged()
  async list(@Param('institutionId', IdPipe) institutionId: string, @Query() query: PageQuery): Promise<IdentityProviderPage> {
    const page = await this.providers.list(institutionId, query);
    return asPage(IdentityProviderPage, page, (provider) => this.view(provider));
  }

  /** Lets people of an institution log in at an OpenID provider. */
  @Post()
  @WithETag()
  async create(@Param('institutionId', IdPipe) institutionId: string, @Body() form: IdentityProviderForm): Promise<IdentityProviderView> {
    return this.view(await this.providers.create(institutionId, form));
  }

  /** One identity provider. */
  @Get(':providerId')
  @WithETag()
  async read(
    @Param('institutionId', IdPipe) institutionId: string,
    @Param('providerId', IdPipe) providerId: string,
  ): Promise<IdentityProviderView> {
    return this.view(await this.providers.read(institutionId, providerId));
  }

  /** Replaces what is said of an identity provider; roles that it claims change when people next log in. */
  @Put(':providerId')
  @WithETag()
  async change(
    @Param('institutionId', IdPipe) institutionId: string,
    @Param('providerId', IdPipe) providerId: string,
    @Body() form: IdentityProviderForm,
    @IfMatch() expected: ExpectedVersion,
  ): Promise<IdentityProviderView> {
    return this.view(await this.providers.change(institutionId, providerId, form, expected));
  }

  /** Ends log-in at an identity provider. The accounts stay. */
  @Delete(':providerId')
  @HttpCode(204)
  remove(
    @Param('institutionId', IdPipe) institutionId: string,
    @Param('providerId', IdPipe) providerId: string,
    @IfMatch() expected: ExpectedVersion,
  ): Promise<void> {
    return this.providers.remove(institutionId, providerId, expected);
  }

  private view(provider: IdentityProvider): IdentityProviderView {
    return identityProviderView(provider, this.providers.redirectUri(provider.institution));
  }
}
