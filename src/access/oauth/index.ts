export { mountAuthorisationServer } from './mount.js';
export { OAuthModule } from './oauth.module.js';
export { docsClientId } from './registered-clients.js';
