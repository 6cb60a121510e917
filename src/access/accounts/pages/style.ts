/**
 * The look of the log-in pages. Text has a contrast of at least 7 to 1, edges of fields and the focus of at least 3 to 1 (WCAG 2.2, 1.4.6 and 1.4.11);
 * what can be pressed is at least 44 pixels high (2.5.5).
 */
export const style = `
*, *::before, *::after { box-sizing: border-box; }
html { color-scheme: light; font: 100%/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; color: #1a1f2b; background: #f3f5f9; }
body { margin: 0; padding: 2rem 1rem; }
main { max-width: 40rem; margin: 0 auto; padding: 2rem; background: #fff; border: 1px solid #6b7587; border-radius: .5rem; }
h1 { margin: 0 0 .25rem; font-size: 1.75rem; line-height: 1.25; }
h2 { margin: 2rem 0 .5rem; font-size: 1.25rem; }
p { margin: 0 0 1rem; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; color: inherit; background: #fff; border: 1px solid #5b6474; border-radius: .25rem; }
input[aria-invalid="true"] { border: 2px solid #8f1010; }
button, .door { display: inline-flex; align-items: center; min-height: 2.75rem; padding: .5rem 1.25rem; font: inherit; font-weight: 600; border-radius: .25rem; cursor: pointer; }
button { margin: 1rem .5rem 0 0; color: #fff; background: #14437a; border: 1px solid #14437a; }
button.quiet { color: #14437a; background: #fff; }
button:hover { background: #0d2f57; border-color: #0d2f57; color: #fff; }
a { color: #14437a; }
.doors { margin: 1rem 0; padding: 0; list-style: none; }
.door { width: 100%; margin: 0 0 .5rem; border: 1px solid #5b6474; text-decoration: none; }
.door:hover { background: #e8eef7; text-decoration: underline; }
:focus-visible { outline: 3px solid #b34700; outline-offset: 2px; }
.alert { margin: 0 0 1.5rem; padding: 1rem; border: 2px solid #8f1010; border-radius: .25rem; }
.alert h2 { margin: 0 0 .25rem; }
.alert ul { margin: 0; padding-left: 1.25rem; }
.field-error { margin: 0 0 .25rem; color: #8f1010; font-weight: 600; }
table { width: 100%; border-collapse: collapse; }
caption { text-align: left; font-weight: 600; padding: .5rem 0; }
th, td { padding: .375rem .5rem .375rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #c4cad4; overflow-wrap: anywhere; }
code { font-size: 1.0625em; overflow-wrap: anywhere; }
@media (max-width: 30rem) { body { padding: 0; } main { border: 0; border-radius: 0; padding: 1.25rem; } }
`;
