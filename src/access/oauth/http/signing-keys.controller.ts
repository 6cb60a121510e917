import { Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { KeyRing } from '../key-ring.js';
import { SigningKeysView, signingKeysView } from './signing-key.view.js';

@ApiTags('service')
@Controller('v1/signing-keys')
export class SigningKeysController {
  constructor(private readonly ring: KeyRing) {}

  /** Lists the keys of the authorisation server whose tokens are valid. */
  @Get()
  list(): SigningKeysView {
    return signingKeysView(this.ring.keys.signing);
  }

  /** Makes a new key, which signs from now on; the old one goes on verifying for two hours, longer than anything lives that it has signed. */
  @Post()
  async rotate(): Promise<SigningKeysView> {
    await this.ring.rotate();
    return signingKeysView(this.ring.keys.signing);
  }
}
