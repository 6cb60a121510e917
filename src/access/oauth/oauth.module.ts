import { Global, Module } from '@nestjs/common';
import { InteractionProvider } from '../accounts/interaction-provider.js';
import { AuthorisationServer } from './authorisation-server.js';
import { SigningKeysController } from './http/signing-keys.controller.js';
import { KeyRing } from './key-ring.js';

/** The authorisation server, for the log-in pages, and its keys, for whoever validates what they signed. */
@Global()
@Module({
  controllers: [SigningKeysController],
  providers: [KeyRing, AuthorisationServer, { provide: InteractionProvider, useExisting: AuthorisationServer }],
  exports: [KeyRing, AuthorisationServer, InteractionProvider],
})
export class OAuthModule {}
