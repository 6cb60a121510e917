import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

/** The metadata by which a guard knows what anybody may call. */
export const publicMetadata = 'platform:public';

/** The extension by which the document's writer knows the same. */
export const publicExtension = 'x-public';

/** Anybody may call it, without a token. Everything not marked so is closed. */
export function Public(): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(publicMetadata, true), ApiExtension(publicExtension, true));
}
