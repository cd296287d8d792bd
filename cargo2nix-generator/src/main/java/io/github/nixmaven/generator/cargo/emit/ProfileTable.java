package io.github.nixmaven.generator.cargo.emit;

import io.github.nixmaven.generator.cargo.manifest.Profile;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.semver.Version;
import io.github.nixmaven.generator.nix.Attributes;
import io.github.nixmaven.generator.nix.NixWriter;
import io.github.nixmaven.generator.nix.NixWriter.Expression;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The profiles of Cargo.nix. */
final class ProfileTable {
  private final Profiles profiles;
  private final Map<Profile, Expression> written = new ConcurrentHashMap<>();

  ProfileTable(Profiles profiles) {
    this.profiles = profiles;
  }

  /** The profile of a package without a table in the manifest. */
  Profile usual(BuildContext context, boolean forHost) {
    String compiledFor = forHost ? context.host() : context.target();
    Profile profile =
        profiles.get(
            "",
            new Version(0, 0, 0, "", ""),
            () -> "",
            false,
            false,
            forHost,
            forHost || context.isTest(),
            compiledFor);
    if (profile.stripDeferred() && !profile.hasDebuginfo()) {
      profile = profile.withDebuginfoStripped();
    }
    boolean weakened = profile.debuginfoDeferred() && context.isNative();
    return (weakened ? profile.withDebuginfo("0") : profile).settled();
  }

  Expression expression(Profile profile) {
    return written.computeIfAbsent(profile, this::write);
  }

  private Expression write(Profile profile) {
    Attributes attributes = new Attributes();
    attributes.string("name", profile.name());
    attributes.string("root", profiles.root());
    attributes.string("optLevel", profile.optLevel());
    attributes.string("debug", profile.debuginfo());
    attributes.string("lto", profile.lto());
    if (profile.codegenUnits() != null) {
      attributes.add("codegenUnits", NixWriter.integer(profile.codegenUnits().intValue()));
    }
    attributes.string("panic", profile.panic());
    attributes.string("strip", profile.strip());
    attributes.string("splitDebuginfo", profile.splitDebuginfo());
    attributes.add("debugAssertions", NixWriter.bool(profile.debugAssertions()));
    attributes.add("overflowChecks", NixWriter.bool(profile.overflowChecks()));
    attributes.add("rpath", NixWriter.bool(profile.rpath()));
    return attributes.build();
  }
}
