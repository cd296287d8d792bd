package io.github.nixmaven.generator.git;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * Finds commits of git repositories in the nearest place: our own cache, another program's copies,
 * or the repository itself. Git names a commit by its content, so all copies are equal. Several
 * processes may share a cache.
 */
public final class Repositories {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final int TRIES = 3;
  private static final List<String> PROTOCOLS = List.of("https", "http", "git");

  private final Path cache;
  private final Optional<Copies> copies;
  private final boolean offline;
  private final Map<String, String> environment;
  private final Duration timeout;
  private final Duration firstWait;

  /** Reads something from a commit. */
  public interface Reading<T> {
    /**
     * Reads the tree.
     *
     * @param tree is closed afterwards
     */
    T of(CommitTree tree) throws IOException;
  }

  /**
   * @param cache our own cache; made when needed
   * @param copies another program's repositories, if they are to be used
   * @param offline whether to fail instead of fetching
   * @param environment the environment variables: the user's home, and proxies
   */
  public Repositories(
      Path cache, Optional<Copies> copies, boolean offline, Map<String, String> environment) {
    this(cache, copies, offline, environment, TIMEOUT, FIRST_WAIT);
  }

  /**
   * @param timeout how long a server may stay silent
   * @param firstWait the time before a second try
   */
  public Repositories(
      Path cache,
      Optional<Copies> copies,
      boolean offline,
      Map<String, String> environment,
      Duration timeout,
      Duration firstWait) {
    this.cache = cache.resolve("git");
    this.copies = copies;
    this.offline = offline;
    this.environment = environment;
    this.timeout = timeout;
    this.firstWait = firstWait;
  }

  /**
   * Reads the files of a commit, submodules included.
   *
   * @throws InputException when the commit does not exist, is absent and we are offline, or its
   *     repository denies access
   */
  public <T> T read(LockedCommit commit, Reading<T> reading)
      throws IOException, InterruptedException {
    try (CommitTree tree = CommitTree.read(commit, this::open, environment)) {
      return reading.of(tree);
    } catch (MissingObjectException e) {
      // Files are read only on demand, so this can happen at any time.
      throw incomplete(commit, e);
    }
  }

  /**
   * Writes the NAR of a commit's files, submodules included. Does not close.
   *
   * @throws InputException as {@link #read} does
   */
  public void writeNar(LockedCommit commit, OutputStream out)
      throws IOException, InterruptedException {
    read(
        commit,
        tree -> {
          Nar.write(tree.root(), out);
          return commit;
        });
  }

  /**
   * Reads a file of the current default branch of a repository.
   *
   * @param url the repository's address
   * @param path the file, with {@code /} between names
   * @param remedies the remedies in messages
   * @return the file, or nothing when there is no such file
   * @throws InputException as {@link #read} does
   */
  public Optional<byte[]> readNow(String url, String path, Remedies remedies)
      throws IOException, InterruptedException {
    LockedCommit head = head(GitAddress.parse(url), remedies);
    try (Repository repository = open(head);
        RevWalk walk = new RevWalk(repository);
        TreeWalk file =
            TreeWalk.forPath(
                repository, path, walk.parseCommit(ObjectId.fromString(head.commit())).getTree())) {
      return file == null
          ? Optional.empty()
          : Optional.of(repository.open(file.getObjectId(0)).getBytes());
    } catch (MissingObjectException e) {
      throw incomplete(head, e);
    }
  }

  /** The commit of the default branch. */
  private LockedCommit head(GitAddress wanted, Remedies remedies) throws IOException {
    GitAddress address = GitEnvironment.reached(wanted, environment);
    @Nullable ObjectId head;
    if (address.isLocal()) {
      try (Repository repository = repository(localDirectory(wanted, address, null, remedies))) {
        head = repository.resolve(Constants.HEAD);
      }
    } else if (offline) {
      throw new InputException(
          null,
          "the contents of the repository " + wanted + " are not known, and this run is offline",
          "Run once online.");
    } else {
      try (Transport transport = Transport.open(new URIish(address.text()))) {
        prepare(transport, address);
        try (FetchConnection connection = transport.openFetch()) {
          @Nullable Ref ref = connection.getRef(Constants.HEAD);
          head = ref == null ? null : ref.getObjectId();
        }
      } catch (TransportException e) {
        throw RepositoryFaults.failure(wanted, address, wanted.toString(), null, remedies, e);
      } catch (URISyntaxException e) {
        throw new InputException(null, wanted + " is not an address", remedies.address(), e);
      }
    }
    return new LockedCommit(wanted, head == null ? null : head.name(), null, null, remedies, "");
  }

  private IOException incomplete(LockedCommit commit, MissingObjectException fault) {
    return new IOException(
        "a copy of "
            + commit
            + " is incomplete: delete it below "
            + cache
            + copies.map(other -> " or " + other.directory()).orElse("")
            + ", or run `git fsck` in the repository itself",
        fault);
  }

  private Repository open(LockedCommit commit) throws IOException, InterruptedException {
    if (commit.address().isLocal()) {
      return openLocal(commit, commit.address());
    }
    Path own = cache.resolve(folderName(commit.address()));
    List<Path> near = new ArrayList<>(List.of(own));
    if (copies.isPresent()) {
      near.addAll(copies.get().of(commit.address()));
    }
    for (Path directory : near) {
      Optional<Repository> found = openIfComplete(directory, commit);
      if (found.isPresent()) {
        return found.get();
      }
    }
    GitAddress address = GitEnvironment.reached(commit.address(), environment);
    if (address.isLocal()) {
      return openLocal(commit, address);
    }
    if (offline) {
      throw new InputException(
          commit.pin(),
          "commit "
              + commit.commit()
              + " of "
              + commit.url()
              + commit.purpose()
              + " is not in any cache, and this run is offline",
          commit.remedies().offline());
    }
    if (!PROTOCOLS.contains(address.scheme())) {
      throw new InputException(
          commit.pin(),
          commit.url()
              + commit.purpose()
              + RepositoryFaults.instead(commit.address(), address)
              + " uses "
              + address.scheme()
              + ", which is not supported",
          commit.remedies().protocol());
    }
    Files.createDirectories(cache);
    try (FileChannel channel =
        FileChannel.open(
            cache.resolve(own.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      lock(channel);
      // Another process may have fetched it while this one waited.
      Optional<Repository> found = openIfComplete(own, commit);
      if (found.isEmpty()) {
        fetch(own, commit, address);
        found = openIfComplete(own, commit);
      }
      return found.orElseThrow(() -> RepositoryFaults.vanished(commit, address));
    }
  }

  /** Opens a repository on this machine in its place, without a copy. */
  private static Repository openLocal(LockedCommit commit, GitAddress address) throws IOException {
    return openIfComplete(
            localDirectory(commit.address(), address, commit.pin(), commit.remedies()), commit)
        .orElseThrow(() -> RepositoryFaults.vanished(commit, address));
  }

  /**
   * @param wanted the address in the lock
   * @param reached the address that is used on this machine
   */
  private static Path localDirectory(
      GitAddress wanted, GitAddress reached, @Nullable Position pin, Remedies remedies) {
    @Nullable File directory = null;
    try {
      File place = new File(new URIish(reached.text()).getPath());
      directory = RepositoryCache.FileKey.resolve(place, FS.DETECTED);
    } catch (URISyntaxException e) {
      // Not a valid path: the message below fits.
    }
    if (directory == null) {
      throw RepositoryFaults.absent(wanted, reached, pin, remedies, null);
    }
    return directory.toPath();
  }

  /** Waits for the lock of a file. Closing the file releases the lock. */
  private static void lock(FileChannel channel) throws IOException, InterruptedException {
    while (true) {
      try {
        if (channel.tryLock() != null) {
          return;
        }
      } catch (OverlappingFileLockException e) {
        // Another thread of this process has the lock: treat it like another process.
      }
      Thread.sleep(100);
    }
  }

  /** A repository that has a complete commit, as far as a quick check shows. */
  private static Optional<Repository> openIfComplete(Path directory, LockedCommit commit)
      throws IOException {
    if (!Files.isRegularFile(directory.resolve("HEAD"))) {
      return Optional.empty();
    }
    Repository repository = repository(directory);
    try (RevWalk walk = new RevWalk(repository)) {
      ObjectId tree = walk.parseCommit(ObjectId.fromString(commit.commit())).getTree();
      walk.parseTree(tree);
      return Optional.of(repository);
    } catch (MissingObjectException e) {
      repository.close();
      return Optional.empty();
    }
  }

  private static Repository repository(Path directory) throws IOException {
    return new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare().build();
  }

  /** Named by address, because different repositories may have the same name. */
  private static String folderName(GitAddress address) {
    String name = address.name().replaceAll("[^A-Za-z0-9._-]", "_");
    byte[] url = address.text().getBytes(StandardCharsets.UTF_8);
    return name + "-" + Hash.digest(Hash.Algorithm.SHA256, url).hex().substring(0, 16);
  }

  /** Fetches a commit, and tries again later if only the network was at fault. */
  private void fetch(Path directory, LockedCommit commit, GitAddress address)
      throws IOException, InterruptedException {
    if (!Files.isRegularFile(directory.resolve("HEAD"))) {
      Files.createDirectories(directory.resolve("objects").resolve("pack"));
      Files.createDirectories(directory.resolve("refs").resolve("heads"));
      Files.writeString(
          directory.resolve("config"), "[core]\n\trepositoryformatversion = 0\n\tbare = true\n");
      Files.writeString(directory.resolve("HEAD"), "ref: refs/heads/none\n");
    }
    try (Repository repository = repository(directory)) {
      for (int tries = 1; ; tries++) {
        try {
          fetch(repository, commit, address);
          return;
        } catch (IOException e) {
          if (tries == TRIES) {
            throw e;
          }
          Thread.sleep(firstWait.toMillis() << (2 * tries - 2));
        }
      }
    }
  }

  /**
   * Fetches a commit: by its own name, which is cheapest and which most servers allow; then by the
   * reference from which it was locked; then with the whole repository.
   */
  private void fetch(Repository repository, LockedCommit commit, GitAddress address)
      throws IOException {
    List<String> attempts = new ArrayList<>(List.of(commit.commit()));
    @Nullable String reference = reference(commit);
    if (reference != null) {
      attempts.add("+" + reference + ":" + reference);
    }
    attempts.add("+refs/*:refs/*");
    for (int i = 0; i < attempts.size(); i++) {
      try (Transport transport = Transport.open(repository, new URIish(address.text()))) {
        fetch(transport, commit, address, attempts.get(i));
      } catch (TransportException e) {
        if (i == attempts.size() - 1 || !isAnswered(e)) {
          throw RepositoryFaults.failure(
              commit.address(),
              address,
              commit + commit.purpose(),
              commit.pin(),
              commit.remedies(),
              e);
        }
      } catch (URISyntaxException e) {
        throw new InputException(
            commit.pin(), commit.url() + " is not an address", commit.remedies().address(), e);
      }
      if (repository.getObjectDatabase().has(ObjectId.fromString(commit.commit()))) {
        return;
      }
    }
  }

  private void fetch(Transport transport, LockedCommit commit, GitAddress address, String what)
      throws IOException {
    prepare(transport, address);
    transport.setTagOpt(TagOpt.NO_TAGS);
    transport.setCheckFetchedObjects(true);
    if (what.equals(commit.commit())) {
      transport.setDepth(1);
    }
    transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec(what)));
  }

  private void prepare(Transport transport, GitAddress address) {
    transport.setTimeout((int) timeout.toSeconds());
    transport.setCredentialsProvider(GitEnvironment.credentials(address));
    if (transport instanceof TransportHttp http) {
      http.setHttpConnectionFactory(new GitEnvironment.Connections(environment));
    }
  }

  /** The branch, tag or other reference that the commit was locked from. */
  private static @Nullable String reference(LockedCommit commit) {
    String reference = commit.reference();
    if (reference == null) {
      return null;
    }
    String name = reference.substring(reference.indexOf('=') + 1);
    if (reference.startsWith("branch=")) {
      return "refs/heads/" + name;
    }
    if (reference.startsWith("tag=")) {
      return "refs/tags/" + name;
    }
    return name.startsWith("refs/") ? name : null;
  }

  /** Whether a repository answered, so that another request may help. */
  private static boolean isAnswered(TransportException fault) {
    if (fault instanceof NoRemoteRepositoryException || RepositoryFaults.isRefused(fault)) {
      return false;
    }
    for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof java.net.SocketException
          || cause instanceof UnknownHostException
          || cause instanceof java.io.InterruptedIOException
          || cause instanceof javax.net.ssl.SSLException) {
        return false;
      }
    }
    return true;
  }
}
