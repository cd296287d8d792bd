// Pins and unpacks a compiler, which takes minutes: run by `./test --full`, or when it is asked for by name.
return System.getProperty('its.full') != null || System.getProperty('invoker.test', '').contains('wasm-c')
