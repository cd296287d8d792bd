// A hundred crates built and verified take minutes: run by `./test --full`, or when it is asked for by name.
return System.getProperty('its.full') != null || System.getProperty('invoker.test', '').contains('just')
