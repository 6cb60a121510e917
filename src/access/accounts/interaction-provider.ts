import type { Provider } from 'oidc-provider';

/** The authorisation server whose interactions the log-in pages are. */
export abstract class InteractionProvider {
  /** To be asked for anew each time: it is another one after its keys have changed. */
  abstract readonly provider: Provider;
}
