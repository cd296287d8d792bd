package io.github.nixmaven.generator.net;

import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's proxies or, if it has none, those of the environment as curl reads it: {@code
 * https_proxy}, {@code http_proxy}, {@code all_proxy} and {@code no_proxy}. Upper case works too,
 * except for {@code HTTP_PROXY}, which a CGI client could set.
 */
public final class EnvironmentProxies extends ProxySelector {
  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final Map<String, URI> proxies = new HashMap<>();
  private final List<String> exceptions;

  /**
   * @throws InputException when a variable does not name an HTTP proxy
   */
  public EnvironmentProxies(Map<String, String> environment) {
    for (String scheme : List.of("http", "https")) {
      String variable = scheme + "_proxy";
      @Nullable String value = environment.get(variable);
      if (value == null && scheme.equals("https")) {
        value = environment.get("HTTPS_PROXY");
      }
      if (value == null) {
        variable = "all_proxy";
        value = environment.getOrDefault("all_proxy", environment.get("ALL_PROXY"));
      }
      if (value != null && !value.isBlank()) {
        proxies.put(scheme, parse(variable, value.strip()));
      }
    }
    String list = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    exceptions = List.of(list.toLowerCase(Locale.ROOT).strip().split("[,\\s]+"));
  }

  private static URI parse(String variable, String value) {
    try {
      URI uri = new URI(value.contains("://") ? value : "http://" + value);
      if (uri.getScheme().equalsIgnoreCase("http") && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // The message below is clearer. The value is not shown because it may contain a password.
    }
    throw new InputException(
        null,
        "the environment variable " + variable + " does not name an HTTP proxy",
        "Set it to http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, or unset it.");
  }

  @Override
  public List<Proxy> select(URI uri) {
    @Nullable ProxySelector jvm = ProxySelector.getDefault();
    List<Proxy> fromJvm = jvm == null ? DIRECT : jvm.select(uri);
    if (System.getProperty(uri.getScheme() + ".proxyHost") != null
        || fromJvm.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)) {
      return fromJvm;
    }
    @Nullable URI proxy = proxies.get(uri.getScheme());
    if (proxy == null || isException(uri.getHost().toLowerCase(Locale.ROOT))) {
      return DIRECT;
    }
    return List.of(
        new Proxy(
            Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port(proxy))));
  }

  /** curl's default for a proxy without a port. */
  private static int port(URI proxy) {
    return proxy.getPort() == -1 ? 1080 : proxy.getPort();
  }

  private boolean isException(String host) {
    for (String exception : exceptions) {
      String domain = exception.startsWith(".") ? exception.substring(1) : exception;
      if (exception.equals("*") || host.equals(domain) || host.endsWith("." + domain)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The request fails with the same exception.
  }

  /** Gives a proxy the password in its variable, and gives nothing to any other server. */
  Optional<Authenticator> authenticator() {
    if (proxies.values().stream().allMatch(proxy -> proxy.getUserInfo() == null)) {
      return Optional.empty();
    }
    return Optional.of(
        new Authenticator() {
          @Override
          protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            if (getRequestorType() != RequestorType.PROXY) {
              return null;
            }
            for (URI proxy : proxies.values()) {
              @Nullable String user = proxy.getUserInfo();
              if (user != null
                  && proxy.getHost().equals(getRequestingHost())
                  && port(proxy) == getRequestingPort()) {
                int colon = user.indexOf(':');
                return colon < 0
                    ? new PasswordAuthentication(user, new char[0])
                    : new PasswordAuthentication(
                        user.substring(0, colon), user.substring(colon + 1).toCharArray());
              }
            }
            return null;
          }
        });
  }
}
