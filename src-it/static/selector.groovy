// Builds Rust's standard library, and verifies that, which takes minutes: run by `./test --full`, or when it is asked for by name.
return System.getProperty('its.full') != null || System.getProperty('invoker.test', '').contains('static')
