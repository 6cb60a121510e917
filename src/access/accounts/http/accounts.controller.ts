import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, ExpectedVersion, IdPipe, IfMatch, Paged, WithETag } from '../../../platform/index.js';
import { AccountsService } from '../accounts.service.js';
import { AccountChangeForm, AccountForm, AccountLearnerForm, AccountListQuery } from './account.dto.js';
import { AccountPage, AccountView, accountView } from './account.view.js';

@ApiTags('accounts')
@Controller('v1/institutions/:institutionId/accounts')
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  /** The people of an institution who may log in, in the order they came. */
  @Get()
  @Paged()
  async list(@Param('institutionId', IdPipe) institutionId: string, @Query() query: AccountListQuery): Promise<AccountPage> {
    return asPage(AccountPage, await this.accounts.list(institutionId, query), accountView);
  }

  /** Gives somebody an account before they first log in, so that they have their roles at once. */
  @Post()
  @WithETag()
  async create(@Param('institutionId', IdPipe) institutionId: string, @Body() form: AccountForm): Promise<AccountView> {
    return accountView(await this.accounts.create(institutionId, form));
  }

  /** One account. */
  @Get(':accountId')
  @WithETag()
  async read(@Param('institutionId', IdPipe) institutionId: string, @Param('accountId', IdPipe) accountId: string): Promise<AccountView> {
    return accountView(await this.accounts.read(institutionId, accountId));
  }

  /** Replaces the name and the granted roles. Access tokens issued before keep the roles they name until they end, ten minutes at most. */
  @Put(':accountId')
  @WithETag()
  async change(
    @Param('institutionId', IdPipe) institutionId: string,
    @Param('accountId', IdPipe) accountId: string,
    @Body() form: AccountChangeForm,
    @IfMatch() expected: ExpectedVersion,
  ): Promise<AccountView> {
    return accountView(await this.accounts.change(institutionId, accountId, form, expected));
  }

  /** Says which learner a person is, which makes the account a student's. */
  @Put(':accountId/learner')
  @WithETag()
  async bind(
    @Param('institutionId', IdPipe) institutionId: string,
    @Param('accountId', IdPipe) accountId: string,
    @Body() form: AccountLearnerForm,
    @IfMatch() expected: ExpectedVersion,
  ): Promise<AccountView> {
    return accountView(await this.accounts.bind(institutionId, accountId, form.learner, expected));
  }

  /** Lets a person log in no more. */
  @Post(':accountId/deactivation')
  @HttpCode(200)
  @WithETag()
  async deactivate(
    @Param('institutionId', IdPipe) institutionId: string,
    @Param('accountId', IdPipe) accountId: string,
    @IfMatch() expected: ExpectedVersion,
  ): Promise<AccountView> {
    return accountView(await this.accounts.setState(institutionId, accountId, 'deactivated', expected));
  }

  /** Lets a person log in again. */
  @Post(':accountId/reactivation')
  @HttpCode(200)
  @WithETag()
  async reactivate(
    @Param('institutionId', IdPipe) institutionId: string,
    @Param('accountId', IdPipe) accountId: string,
    @IfMatch() expected: ExpectedVersion,
  ): Promise<AccountView> {
    return accountView(await this.accounts.setState(institutionId, accountId, 'active', expected));
  }
}
