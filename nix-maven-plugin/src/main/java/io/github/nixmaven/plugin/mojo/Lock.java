package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.generator.text.InputException;

/**
 * A lock file, and how what it pins is built: an element of {@code <locks>}. Maven makes an object
 * of the class that is called like the element, and one of this class for any other element.
 */
public class Lock {
  /** Maven calls this. */
  public Lock() {
    if (getClass() == Lock.class) {
      throw new InputException(
          null, "<locks> contains an element that is not a <cargo>", "Use <cargo>.");
    }
  }
}
