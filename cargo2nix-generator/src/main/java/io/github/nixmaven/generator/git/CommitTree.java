package io.github.nixmaven.generator.git;

import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.text.InputException;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.attributes.AttributesNode;
import org.eclipse.jgit.attributes.AttributesNodeProvider;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.BlobBasedConfig;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.CoreConfig.EolStreamType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.TreeWalk.OperationType;
import org.eclipse.jgit.treewalk.WorkingTreeOptions;
import org.eclipse.jgit.util.io.EolStreamTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The files of a commit and of its submodules: those that {@code git clone --recursive} checks out
 * and nixpkgs' {@code fetchgit} keeps. As in libgit2, {@code eol=crlf} and {@code ident} of {@code
 * .gitattributes} are applied. The configuration of this machine's git is ignored, and so is {@code
 * export-subst}, which is for archives.
 */
public final class CommitTree implements AutoCloseable {
  private static final int MOST_LINKS = 40;

  /** A keyword with words in it belongs to another version control system and is not changed. */
  private static final Pattern KEYWORD = Pattern.compile("\\$Id(?::(?:[^$\n][^ $\n]* ?)?)?\\$");

  private static final AttributesNodeProvider NO_ATTRIBUTES_OF_THIS_MACHINE =
      new AttributesNodeProvider() {
        @Override
        public AttributesNode getInfoAttributesNode() {
          return new AttributesNode();
        }

        @Override
        public AttributesNode getGlobalAttributesNode() {
          return new AttributesNode();
        }
      };

  private final Nar.Node.Folder root;
  private final Set<Nar.Node> submodules = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Repository> open = new ArrayList<>();

  /** Opens a repository that contains a commit. The caller closes it. */
  interface Opener {
    Repository open(LockedCommit commit) throws IOException, InterruptedException;
  }

  private CommitTree(LockedCommit commit, Opener repositories)
      throws IOException, InterruptedException {
    root = folder(commit, repositories);
  }

  /**
   * Reads the tree of a commit, and gets the submodules that belong to it.
   *
   * @throws InputException when a submodule cannot be fetched
   */
  static CommitTree read(LockedCommit commit, Opener repositories, Map<String, String> environment)
      throws IOException, InterruptedException {
    GitEnvironment.prepare(environment);
    return new CommitTree(commit, repositories);
  }

  /** The whole tree. */
  public Nar.Node.Folder root() {
    return root;
  }

  /** Whether a directory is the root of a submodule. */
  public boolean isSubmodule(Nar.Node folder) {
    return submodules.contains(folder);
  }

  /**
   * The entry at a path, or null. Links are followed as long as they stay in the tree.
   *
   * @param path with {@code /} between names; empty for the root
   */
  Nar.@Nullable Node find(String path) throws IOException {
    Deque<String> todo = new ArrayDeque<>(List.of(path.split("/")));
    Deque<Nar.Node.Folder> folders = new ArrayDeque<>(List.of(root));
    Nar.@Nullable Node found = root;
    int links = 0;
    while (!todo.isEmpty()) {
      String name = todo.removeFirst();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (!(found instanceof Nar.Node.Folder)) {
        return null;
      }
      if (name.equals("..")) {
        if (folders.size() == 1) {
          return null;
        }
        folders.removeLast();
        found = folders.getLast();
        continue;
      }
      Nar.Node child =
          folders.getLast().children().list().get(name.getBytes(StandardCharsets.UTF_8));
      if (child instanceof Nar.Node.Link link) {
        String target = new String(link.target(), StandardCharsets.UTF_8);
        if (target.startsWith("/") || ++links > MOST_LINKS) {
          return null;
        }
        List<String> parts = List.of(target.split("/"));
        for (int i = parts.size() - 1; i >= 0; i--) {
          todo.addFirst(parts.get(i));
        }
        continue;
      }
      found = child;
      if (child instanceof Nar.Node.Folder folder) {
        folders.addLast(folder);
      }
    }
    return found;
  }

  /** The names in a directory, sorted; none when there is no such directory. */
  public List<String> names(String path) throws IOException {
    return find(path) instanceof Nar.Node.Folder folder
        ? folder.children().list().keySet().stream()
            .map(name -> new String(name, StandardCharsets.UTF_8))
            .toList()
        : List.of();
  }

  /** Whether there is a file at a path, or a link to one. */
  public boolean isFile(String path) throws IOException {
    return find(path) instanceof Nar.Node.File;
  }

  /** The contents of the file at a path. */
  public byte[] bytes(String path) throws IOException {
    if (!(find(path) instanceof Nar.Node.File file)) {
      throw new FileNotFoundException(path);
    }
    try (InputStream in = file.content().open().bytes()) {
      return in.readAllBytes();
    }
  }

  private Nar.Node.Folder folder(LockedCommit commit, Opener repositories)
      throws IOException, InterruptedException {
    Repository repository = repositories.open(commit);
    open.add(repository);
    RevCommit parsed;
    try (RevWalk walk = new RevWalk(repository)) {
      parsed = walk.parseCommit(ObjectId.fromString(commit.commit()));
    }
    Deque<Map<byte[], Nar.Node>> folders = new ArrayDeque<>();
    folders.addLast(newFolder());
    @Nullable Map<String, Submodule> declared = null;
    WorkingTreeOptions plain = new Config().get(WorkingTreeOptions.KEY);
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.setOperationType(OperationType.CHECKOUT_OP);
      walk.setAttributesNodeProvider(NO_ATTRIBUTES_OF_THIS_MACHINE);
      walk.addTree(parsed.getTree());
      while (walk.next()) {
        while (folders.size() > walk.getDepth() + 1) {
          folders.removeLast();
        }
        byte[] name = name(walk.getRawPath());
        FileMode mode = walk.getFileMode(0);
        if (mode == FileMode.TREE) {
          Map<byte[], Nar.Node> children = newFolder();
          folders.getLast().put(name, new Nar.Node.Folder(() -> children));
          folders.addLast(children);
          walk.enterSubtree();
        } else if (mode == FileMode.GITLINK) {
          if (declared == null) {
            declared = submodules(commit, repository, parsed);
          }
          folders
              .getLast()
              .put(
                  name,
                  submodule(
                      commit,
                      declared.get(walk.getPathString()),
                      walk.getPathString(),
                      walk.getObjectId(0).name(),
                      repositories));
        } else if (mode == FileMode.SYMLINK) {
          byte[] target = repository.open(walk.getObjectId(0)).getBytes();
          folders.getLast().put(name, new Nar.Node.Link(target));
        } else {
          boolean crlf = "crlf".equals(walk.getAttributes().getValue("eol"));
          folders
              .getLast()
              .put(
                  name,
                  file(
                      repository,
                      walk.getObjectId(0),
                      commit.url() + "/" + walk.getPathString(),
                      mode == FileMode.EXECUTABLE_FILE,
                      walk.getAttributes().isSet("ident"),
                      crlf
                          ? EolStreamTypeUtil.detectStreamType(
                              OperationType.CHECKOUT_OP, plain, walk.getAttributes())
                          : EolStreamType.DIRECT));
        }
      }
    }
    Map<byte[], Nar.Node> top = folders.getFirst();
    return new Nar.Node.Folder(() -> top);
  }

  private static Map<byte[], Nar.Node> newFolder() {
    return new TreeMap<>(Arrays::compareUnsigned);
  }

  private static byte[] name(byte[] path) {
    int start = path.length;
    while (start > 0 && path[start - 1] != '/') {
      start--;
    }
    return Arrays.copyOfRange(path, start, path.length);
  }

  private static Nar.Node.File file(
      Repository repository,
      ObjectId id,
      String name,
      boolean executable,
      boolean ident,
      EolStreamType eol) {
    return new Nar.Node.File(
        name,
        executable,
        () -> {
          ObjectLoader content = repository.open(id);
          if (eol == EolStreamType.DIRECT && !ident) {
            return new Nar.Stream(content.getSize(), content.openStream());
          }
          byte[] converted = ident ? withId(content.getBytes(), id) : content.getBytes();
          // When git guesses whether a file is text, it does not change one that has carriage
          // returns.
          boolean isLeftAlone = eol == EolStreamType.AUTO_CRLF && contains(converted, '\r');
          if (eol != EolStreamType.DIRECT && !isLeftAlone) {
            try (InputStream lines =
                EolStreamTypeUtil.wrapInputStream(new ByteArrayInputStream(converted), eol)) {
              converted = lines.readAllBytes();
            }
          }
          return new Nar.Stream(converted.length, new ByteArrayInputStream(converted));
        });
  }

  /** A file with its keyword expanded (gitattributes(5), "ident"). */
  private static byte[] withId(byte[] file, ObjectId id) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    return KEYWORD
        .matcher(text)
        .replaceAll("\\$Id: " + id.name() + " \\$")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean contains(byte[] bytes, char wanted) {
    for (byte b : bytes) {
      if (b == wanted) {
        return true;
      }
    }
    return false;
  }

  /**
   * A submodule as {@code .gitmodules} has it.
   *
   * @param url its address, perhaps relative to the repository
   * @param skipped whether it has {@code update = none} and is not checked out
   */
  private record Submodule(@Nullable String url, boolean skipped) {}

  /** The submodules by path (gitmodules(5)). */
  private static Map<String, Submodule> submodules(
      LockedCommit commit, Repository repository, RevCommit parsed) throws IOException {
    Map<String, Submodule> result = new HashMap<>();
    try {
      Config config = new BlobBasedConfig(null, repository, parsed, ".gitmodules");
      for (String name : config.getSubsections("submodule")) {
        String path = config.getString("submodule", name, "path");
        if (path != null) {
          result.put(
              path,
              new Submodule(
                  config.getString("submodule", name, "url"),
                  "none".equals(config.getString("submodule", name, "update"))));
        }
      }
    } catch (FileNotFoundException e) {
      // Then no submodule has an address; this is an error only if one is needed.
    } catch (ConfigInvalidException e) {
      throw new InputException(
          commit.pin(),
          commit + " has a .gitmodules that git cannot read",
          commit.remedies().broken(),
          e);
    }
    return result;
  }

  private Nar.Node.Folder submodule(
      LockedCommit parent,
      @Nullable Submodule submodule,
      String path,
      String commit,
      Opener repositories)
      throws IOException, InterruptedException {
    if (submodule == null || submodule.url() == null) {
      throw new InputException(
          parent.pin(),
          parent + " has the submodule " + path + ", but .gitmodules does not give its address",
          parent.remedies().broken());
    }
    if (submodule.skipped()) {
      return new Nar.Node.Folder(Map::of);
    }
    GitAddress address = parent.address().submodule(submodule.url());
    if (address.isLocal() && !parent.address().isLocal()) {
      throw new InputException(
          parent.pin(),
          parent + " has the submodule " + path + " at " + address + ", which is on this machine",
          "Git does not fetch such a submodule either: a remote repository must not read"
              + " this machine's files. "
              + parent.remedies().broken());
    }
    Nar.Node.Folder folder =
        folder(
            new LockedCommit(
                address,
                commit,
                null,
                parent.pin(),
                parent.remedies(),
                " (for submodule " + path + " of " + parent + ")" + parent.purpose()),
            repositories);
    submodules.add(folder);
    return folder;
  }

  @Override
  public void close() {
    open.forEach(Repository::close);
  }
}
