/** Where a person is sent to log in or to consent; what happens there lies below it, so that its cookie reaches it. */
export function logInPath(interaction: string): string {
  return `/login/${interaction}`;
}
