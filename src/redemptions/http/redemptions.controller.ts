import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, IdPipe, Paged } from '../../platform/index.js';
import { RedemptionsService } from '../redemptions.service.js';
import { RedemptionForm, RedemptionsQuery, TransferForm, UndoForm } from './redemption.dto.js';
import { RedemptionPage, RedemptionView, redemptionView } from './redemption.view.js';

@ApiTags('learners')
@Controller('v1/learners/:learnerId/redemptions')
export class RedemptionsController {
  constructor(private readonly redemptions: RedemptionsService) {}

  /** Lists the entries of a learner's ledger in the order they were made. */
  @Get()
  @Paged()
  async list(@Param('learnerId', IdPipe) learnerId: string, @Query() query: RedemptionsQuery): Promise<RedemptionPage> {
    return asPage(RedemptionPage, await this.redemptions.list(learnerId, query), redemptionView);
  }

  /** Enters that a completion was used for credit in a programme. */
  @Post()
  async redeem(@Param('learnerId', IdPipe) learnerId: string, @Body() form: RedemptionForm): Promise<RedemptionView> {
    return redemptionView(await this.redemptions.redeem(learnerId, form));
  }

  /** Reads an entry. */
  @Get(':id')
  async read(@Param('learnerId', IdPipe) learnerId: string, @Param('id', IdPipe) id: string): Promise<RedemptionView> {
    return redemptionView(await this.redemptions.read(learnerId, id));
  }

  /** Enters that the credit of an entry was taken to another programme of the institution. */
  @Post(':id/transfer')
  async transfer(
    @Param('learnerId', IdPipe) learnerId: string,
    @Param('id', IdPipe) id: string,
    @Body() form: TransferForm,
  ): Promise<RedemptionView> {
    return redemptionView(await this.redemptions.transfer(learnerId, id, form.programme, form.decidedOn));
  }

  /** Enters that the credit of an entry was given back. */
  @Post(':id/undo')
  async undo(
    @Param('learnerId', IdPipe) learnerId: string,
    @Param('id', IdPipe) id: string,
    @Body() form: UndoForm,
  ): Promise<RedemptionView> {
    return redemptionView(await this.redemptions.undo(learnerId, id, form.decidedOn));
  }
}
