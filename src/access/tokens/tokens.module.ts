import { Global, Module } from '@nestjs/common';
import { Authenticator } from './authenticator.js';
import { TokenVerifier } from './token-verifier.js';

@Global()
@Module({ providers: [TokenVerifier, Authenticator], exports: [Authenticator] })
export class TokensModule {}
