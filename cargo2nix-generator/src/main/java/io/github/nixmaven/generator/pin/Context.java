package io.github.nixmaven.generator.pin;

import io.github.nixmaven.generator.net.Progress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The surroundings of a run. The front end creates the context. No other code reads the environment
 * or the user's home from the JVM, so that two runs in one JVM may differ in both.
 *
 * @param cache our own cache of files, facts and toolchains, absolute
 * @param environment the environment variables, with {@code HOME}
 * @param offline whether to fail instead of fetching
 * @param progress is told about progress
 * @param wording the front end's names of its options
 */
public record Context(
    Path cache,
    Map<String, String> environment,
    boolean offline,
    Progress progress,
    Wording wording) {

  /** A context is immutable. */
  public Context {
    environment = Map.copyOf(environment);
  }

  /**
   * The context of a process: online and silent. Its cache is {@code nix-maven} in the user's cache
   * directory, after the XDG Base Directory Specification: a relative {@code XDG_CACHE_HOME} is
   * ignored.
   *
   * @param environment the environment variables
   * @param home the user's home, if the variables do not have it
   */
  public static Context of(Map<String, String> environment, Path home, Wording wording) {
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent("HOME", home.toString());
    Path configured = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    Path caches = configured.isAbsolute() ? configured : home.resolve(".cache");
    return new Context(caches.resolve("nix-maven"), all, false, Progress.NONE, wording);
  }

  /** This context with another cache of our own. */
  public Context withCache(Path newCache) {
    return new Context(newCache, environment, offline, progress, wording);
  }

  /** This context, online or offline. */
  public Context withOffline(boolean newOffline) {
    return new Context(cache, environment, newOffline, progress, wording);
  }

  /** This context with another progress listener. */
  public Context withProgress(Progress newProgress) {
    return new Context(cache, environment, offline, newProgress, wording);
  }
}
