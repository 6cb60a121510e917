/** Lets a decorator of a parameter document the method that takes it. */
export function documentMethod(decorate: MethodDecorator): ParameterDecorator {
  return (target, method) => {
    const descriptor = method === undefined ? undefined : Object.getOwnPropertyDescriptor(target, method);
    if (method !== undefined && descriptor !== undefined) decorate(target, method, descriptor);
  };
}
