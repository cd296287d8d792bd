package io.github.nixmaven.builder.cache;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.nix.PathInfo;
import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.Realisation;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.text.DirectoryTree;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.inject.Named;
import javax.inject.Singleton;

/** Gives what a project's members became, and all it refers to, to a binary cache. */
@Named
@Singleton
public final class PushService {
  /** How many paths a message names. */
  private static final int LISTED = 10;

  private static final Set<String> OURS = Set.of("file", "http", "https");

  /** Schemes that only Nix supports: an S3 client, and ssh with a Nix on the other side. */
  private static final Set<String> NIXS = Set.of("s3", "ssh", "ssh-ng");

  /**
   * Builds what is not in the store, and pushes what is not in the cache.
   *
   * @throws BuildFailedException when something does not build
   * @throws InputException when something the user gave is wrong, or the cache refuses us
   */
  public PushResult push(PushRequest request, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    check(request.cache());
    if (request.settings().offline() && !request.cache().getScheme().equals("file")) {
      throw new InputException(
          null,
          "Maven is offline, but " + request.cache() + " is on another machine",
          "Run without `-o`.");
    }
    Preparation prepared = Preparation.prepare(request.settings(), console);
    Collection<Derivation> members = prepared.project().members().values();
    var unused = Realisation.realise(prepared, members, console);
    return push(request, prepared, console);
  }

  PushResult push(PushRequest request, Preparation prepared, Console console)
      throws IOException, InterruptedException {
    Instant start = Instant.now();
    List<String> outputs =
        prepared.project().members().values().stream()
            .flatMap(member -> member.outputPaths().stream())
            .distinct()
            .toList();
    List<PathInfo> closure = PathInfo.closure(prepared.nix(), outputs);
    if (request.key() == null) {
      console.warn(
          "Nothing is signed: other machines accept these paths only with"
              + " `require-sigs = false`. Give a key with -Dnix.push.key=FILE.");
    }
    PushResult result =
        NIXS.contains(request.cache().getScheme())
            ? pushByNix(request, prepared, closure, console)
            : push(request, closure, console);
    print(request, result, Duration.between(start, Instant.now()), console);
    return result;
  }

  private static PushResult push(PushRequest request, List<PathInfo> closure, Console console)
      throws IOException, InterruptedException {
    try {
      return new Push(request, cache(request), request.compression(), console).run(closure);
    } catch (Downloader.Refused e) {
      throw new InputException(
          null,
          e.source() + (request.authorization() == null ? " needs a password" : " denies access"),
          request.authorization() == null
              ? "Name a <server> of settings.xml with -Dnix.push.server=ID, or put the user and"
                  + " password into ~/.netrc, or put a token into the variable NIX_CACHE_TOKEN."
              : "Check the user and password, or the token, and that they permit writing.",
          e);
    }
  }

  /** Signs into a cache of our own, so that Nix needs no key, and has Nix copy from there. */
  private static PushResult pushByNix(
      PushRequest request, Preparation prepared, List<PathInfo> closure, Console console)
      throws IOException, InterruptedException {
    Path folder = staging(request);
    DirectoryTree.delete(folder);
    try {
      PushResult result =
          new Push(request, new FolderCache(folder), Compression.NONE, console).run(closure);
      List<String> arguments =
          new ArrayList<>(
              List.of("--extra-experimental-features", "nix-command", "copy", "--from"));
      arguments.addAll(
          List.of(folder.toUri().toString(), "--to", request.cache().toString(), "--"));
      arguments.addAll(result.pushed());
      Command.Result copied = prepared.nix().run("nix", arguments, line -> {});
      if (copied.status() != 0) {
        throw notCopied(request, String.join("\n", copied.log()));
      }
      return result;
    } finally {
      DirectoryTree.delete(folder);
    }
  }

  private static IOException notCopied(PushRequest request, String log) {
    if (log.contains("lacks a valid signature") || log.contains("lacks a signature")) {
      throw new InputException(
          null,
          request.cache() + " accepts only paths that are signed with a key it trusts",
          request.key() == null
              ? "Sign with -Dnix.push.key=FILE."
              : "Put " + request.key().publicKey() + " into its trusted-public-keys.");
    }
    return new IOException("Nix cannot copy to " + request.cache() + ". It says:\n\n" + log);
  }

  /** Refuses anything that is not the address of a cache. */
  static void check(URI cache) {
    String scheme = cache.getScheme();
    String remedy =
        "Write a directory as file:///srv/cache, a server as https://cache.example. Addresses with"
            + " s3, ssh and ssh-ng are passed to Nix.";
    if (scheme != null && NIXS.contains(scheme)) {
      return;
    }
    if (cache.getRawUserInfo() != null) {
      throw new InputException(
          null,
          "the address of the cache at "
              + cache.getHost()
              + " contains a password, which logs would show",
          "Put it into settings.xml or ~/.netrc.");
    }
    boolean folder = "file".equals(scheme);
    if (scheme == null
        || !OURS.contains(scheme)
        || cache.isOpaque()
        || cache.getRawQuery() != null
        || cache.getRawFragment() != null
        || (folder ? cache.getAuthority() != null : cache.getHost() == null)) {
      throw new InputException(
          null, "`" + cache + "` is not the address of a binary cache", remedy);
    }
  }

  private static BinaryCache cache(PushRequest request) {
    return request.cache().getScheme().equals("file")
        ? new FolderCache(Path.of(request.cache().getPath()))
        : new HttpCache(
            request.cache(),
            staging(request),
            request.authorization(),
            parallel(request),
            request.settings().context().environment());
  }

  private static Path staging(PushRequest request) {
    return request.settings().workDirectory().toAbsolutePath().normalize().resolve("push");
  }

  static int parallel(PushRequest request) {
    return request.parallel() == 0
        ? Runtime.getRuntime().availableProcessors()
        : request.parallel();
  }

  private static void print(
      PushRequest request, PushResult result, Duration duration, Console console) {
    boolean byNix = NIXS.contains(request.cache().getScheme());
    console.info(
        Console.count(result.pushed().size(), "path")
            + (byNix ? " copied by Nix to " : " pushed to ")
            + request.cache()
            + (byNix ? "" : ", " + result.there().size() + " already there")
            + (result.signed().isEmpty() ? "" : " (" + result.signed().size() + " signed again)")
            + (result.pushed().isEmpty()
                ? ""
                : ", " + megabytes(result.narBytes()) + packed(request, result))
            + " in "
            + Console.elapsed(duration));
    if (request.key() != null) {
      console.info(
          "  To trust this cache, set: trusted-public-keys = " + request.key().publicKey());
    }
    if (!result.other().isEmpty()) {
      console.warn(
          console.bad(Console.count(result.other().size(), "path") + " with other contents")
              + " in the cache, not replaced. Somebody built the same derivation with another"
              + " result. `nix:verify` shows which packages do not build the same twice:");
      result.other().stream().limit(LISTED).forEach(path -> console.warn("  " + path));
      if (result.other().size() > LISTED) {
        console.warn("  and " + (result.other().size() - LISTED) + " more");
      }
    }
  }

  private static String packed(PushRequest request, PushResult result) {
    return result.fileBytes() == result.narBytes()
        ? ""
        : " as " + megabytes(result.fileBytes()) + " of " + request.compression().label();
  }

  private static String megabytes(long bytes) {
    return bytes < 100_000
        ? bytes + " bytes"
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
  }
}
