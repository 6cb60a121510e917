import type { Page } from './paging.js';

/** The fields of a View, without its class: plain data, checked to be complete. */
type FieldsOf<View> = { readonly [Field in keyof View]: View[Field] };

/** A View with these fields: `asView(CourseView, { ...course, title })`. A row or a domain object where a View is promised is an error of the lint. */
export function asView<View extends object>(viewClass: new () => View, fields: FieldsOf<View>): View {
  return Object.assign(new viewClass(), fields);
}

/** A page of Views. */
export function asPage<PageView extends Page<View>, View extends object, Item>(
  pageClass: new () => PageView & Page<View>,
  page: Page<Item>,
  view: (item: Item) => View,
): PageView {
  return Object.assign(new pageClass(), { items: page.items.map(view), nextCursor: page.nextCursor });
}
