package io.github.nixmaven.generator.git;

import io.github.nixmaven.generator.net.EnvironmentProxies;
import io.github.nixmaven.generator.text.InputException;
import java.io.File;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.UnsupportedCredentialItem;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.transport.ChainingCredentialsProvider;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.NetRCCredentialsProvider;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UrlConfig;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** The settings of this machine that JGit uses: the user's git configuration, netrc and proxies. */
final class GitEnvironment {
  private static final long TIMESTAMP_RESOLUTION_SECONDS = 2;

  private GitEnvironment() {}

  /**
   * Prevents side effects of JGit. By default it starts a git program to get the machine's
   * configuration. It also measures the precision of the disk's timestamps for seconds, with files
   * beside the repositories it reads, and writes the result into the user's home. And it ignores
   * {@code HOME}, unlike git. JGit has one home a process: the first environment names it.
   */
  static void prepare(Map<String, String> environment) {
    if (!(SystemReader.getInstance() instanceof Quiet)) {
      SystemReader.setInstance(new Quiet(SystemReader.getInstance()));
      String home = environment.getOrDefault("HOME", "");
      if (!home.isEmpty()) {
        FS.DETECTED.setUserHome(new File(home));
      }
    }
  }

  private static final class Quiet extends SystemReader.Delegate {
    Quiet(SystemReader machine) {
      super(machine);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
      return new Overlay(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
      return new Overlay(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
      return new Overlay(super.openUserConfig(parent, fs), fs);
    }
  }

  /** Adds a setting to a configuration without a file. */
  private static final class Overlay extends FileBasedConfig {
    @SuppressWarnings("NullAway") // JGit's own way to say that there is no file
    Overlay(@Nullable Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {}

    @Override
    public boolean isOutdated() {
      return false;
    }

    @Override
    public long getTimeUnit(
        String section, String subsection, String name, long defaultValue, TimeUnit unit) {
      // No disk is less precise; files that were written in the last seconds are then read once
      // more.
      return section.equals("filesystem")
          ? unit.convert(TIMESTAMP_RESOLUTION_SECONDS, TimeUnit.SECONDS)
          : super.getTimeUnit(section, subsection, name, defaultValue, unit);
    }
  }

  /**
   * The address that the user's git uses for a repository: {@code url.BASE.insteadOf}
   * (git-config(1)).
   *
   * @throws InputException when git's configuration cannot be read
   */
  static GitAddress reached(GitAddress address, Map<String, String> environment)
      throws IOException {
    prepare(environment);
    try {
      Config user = SystemReader.getInstance().getUserConfig();
      return GitAddress.parse(new UrlConfig(user).replace(address.written()));
    } catch (ConfigInvalidException e) {
      throw new InputException(
          null,
          "the git configuration cannot be read: " + e.getMessage(),
          "Run `git config --global --list` to see the problem.",
          e);
    }
  }

  /**
   * The credentials for a repository: those in its address, for its own host only, and those in
   * netrc.
   */
  static CredentialsProvider credentials(GitAddress address) {
    NetRCCredentialsProvider netrc = new NetRCCredentialsProvider();
    @Nullable String user = address.user();
    if (user == null) {
      return netrc;
    }
    String host = address.authority().replaceAll(":[0-9]+$", "");
    return new ChainingCredentialsProvider(
        new UsernamePasswordCredentialsProvider(user, address.password()) {
          @Override
          public boolean get(URIish uri, CredentialItem... items) throws UnsupportedCredentialItem {
            return host.equals(uri.getHost()) && super.get(uri, items);
          }
        },
        netrc);
  }

  /** Makes connections through the same proxies as all downloads. */
  static final class Connections extends JDKHttpConnectionFactory {
    private final ProxySelector proxies;

    Connections(Map<String, String> environment) {
      this.proxies = new EnvironmentProxies(environment);
    }

    @Override
    public HttpConnection create(URL url, Proxy jvms) throws IOException {
      try {
        URI uri = url.toURI();
        return super.create(url, proxies.select(uri).get(0));
      } catch (URISyntaxException e) {
        throw new IOException("not an address: " + url.getHost() + url.getPath(), e);
      }
    }
  }
}
