package io.github.nixmaven.generator.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.cargo.manifest.Workspace;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A manifest that cargo refuses is refused, for the same reason and with a place")
class ManifestRefusalTest {
  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          an unclosed cfg; [target.'cfg(unix'.dependencies]; ; neither the name of a target; cfg expressions must start
          an optional dev-dependency; [dev-dependencies]; dep = { path = 'dep', optional = true }; not allowed to be optional; not allowed to be optional
          a dependency without a source; [dependencies]; dep = {}; without a local path; without providing a local path
          an optional dependency that no feature names; [dependencies]; 'dep = { path = "dep", optional = true }\n[features]\ndep = []'; not included in any feature; not included in any feature
          a feature that includes an unknown one; [features]; a = ['b']; which is not a feature; neither a dependency nor another feature
          dep: and a slash; [dependencies]; 'dep = { path = "dep", optional = true }\n[features]\na = ["dep:dep/x"]'; two notations; with both `dep:` and `/`
          two slashes; [dependencies]; 'dep = { path = "dep" }\n[features]\na = ["dep/x/y"]'; two notations; multiple slashes
          a weak feature of a required dependency; [dependencies]; 'dep = { path = "dep" }\n[features]\na = ["dep?/x"]'; is not optional; not an optional dependency
          dep: in a dependency's features; [dependencies]; dep = { path = 'dep', features = ['dep:x'] }; not allowed; not allowed
          an artifact dependency; [dependencies]; dep = { path = 'dep', artifact = 'bin' }; unstable; requires `-Z bindeps`
          workspace = false; [dependencies]; dep = { workspace = false }; cannot be false; cannot be false
          an underscore in edition 2024; [dev_dependencies]; dep = { path = 'dep' }; unsupported as of the 2024; unsupported as of the 2024
          default_features in edition 2024; [dependencies]; dep = { path = 'dep', default_features = false }; unsupported as of the 2024; unsupported as of the 2024
          a hyphen in a library's name; [lib]; name = 'a-b'; hyphens; hyphens
          a macro that is also a library; [lib]; crate-type = ['proc-macro', 'lib']; cannot mix; cannot mix
          dylib and cdylib; [lib]; crate-type = ['dylib', 'cdylib']; both `dylib` and `cdylib`; both `dylib` and `cdylib`
          a binary with a crate type; [[bin]]; 'name = "x"\npath = "src/lib.rs"\ncrate-type = ["lib"]'; can't have any; can't have any
          a test without a file; [[test]]; name = 'absent'; no file; can't find
          a pattern of members that matches nothing; [workspace]; members = ['none/*']; the pattern `none/*` matches no directory; failed to load manifest for workspace member
          an unstable key of a profile; [profile.release]; codegen-backend = 'llvm'; `codegen-backend` is not stable; feature `codegen-backend` is required
          an unstable key of an unused profile; [profile.dev]; rustflags = ['-g']; `rustflags` is not stable; feature `profile-rustflags` is required
          an unstable key for a package; [profile.release.package.app]; trim-paths = true; `trim-paths` is not stable; feature `trim-paths` is required
          an unstable key for build scripts; [profile.release.build-override]; trim-paths = true; `trim-paths` is not stable; feature `trim-paths` is required
          a member without a manifest; [workspace]; members = ['empty/*']; has no Cargo.toml; failed to load manifest for workspace member
          a default member that is none; [workspace]; 'default-members = ["dep"]'; not a member; not a member
          git together with path; [dependencies]; dep = { path = 'dep', git = 'https://x.invalid/x' }; both `git` and `path`; Only one of `git` or `path`
          git together with a registry; [dependencies]; dep = { registry = 'x', git = 'https://x.invalid/x' }; both `git` and `registry`; Only one of `git` or `registry`
          a registry by name and by index; [dependencies]; dep = { version = '1', registry = 'x', registry-index = 'https://x.invalid' }; both `registry` and `registry-index`; Only one of `registry` or `registry-index`
          a branch and a tag; [dependencies]; dep = { git = 'https://x.invalid/x', branch = 'a', tag = 'b' }; both `branch` and `tag`; Only one of `branch`, `tag` or `rev`
          a branch of no repository; [dependencies]; dep = { path = 'dep', branch = 'a' }; has no `git`; key `branch` is ignored
          two sources of one dependency; [dependencies]; 'dep.path = "dep"\n[target."cfg(unix)".dependencies]\ndep = "1"'; different sources; different source paths
          a folder that is not there; [dependencies]; dep.path = 'nowhere'; has no Cargo.toml; failed to read
          a path to another package; [dependencies]; dep = { path = 'dep', package = 'other' }; there is no package `other` in; no matching package named `other`
          a path to another version; [dependencies]; dep = { path = 'dep', version = '2' }; not satisfied by version 1.0.0; didn't match: 1.0.0
          an optional workspace dependency; [workspace.dependencies]; dep = { path = 'dep', optional = true }; cannot be optional; cannot be optional
          default features taken away in edition 2024; [workspace.dependencies]; 'dep.path = "dep"\n[dependencies]\ndep = { workspace = true, default-features = false }'; cannot override; cannot override workspace's `default-features`
          the same where the workspace asks for them; [workspace.dependencies]; 'dep = { path = "dep", default-features = true }\n[dependencies]\ndep = { workspace = true, default-features = false }'; cannot override; cannot override workspace's `default-features`
          project in edition 2024; [project]; 'name = "app"\nversion = "1.0.0"'; not supported as of the 2024; not supported as of the 2024
          a pointer to no root; workspace = 'other'; ; not the root of a workspace; wasn't a root
          a root that points to one; workspace = 'other'; [workspace]; contradict each other; cannot configure both
          two resolvers; resolver = '2'; 'publish = false\n[workspace]\nresolver = "2"'; contradict each other; cannot specify `resolver` field in both
          a member that is a root; [workspace]; members = ['dep']; cannot be a workspace root itself; multiple workspace roots
          a dependency that is a root; [workspace]; '[dependencies]\ndep.path = "dep"'; cannot be a workspace root itself; multiple workspace roots
          members of one name; [workspace]; members = ['other', 'twin']; two packages of the workspace are named `other`; two packages named `other`
          a member that points elsewhere; [workspace]; members = ['pointing']; as its root; wrong workspace
          links without a build script; links = 'z'; ; has no build script; does not have a custom build script
          four numbers; rust-version = '1.2.3.4'; ; not a valid Rust version; expected a version like
          a requirement as a version of Rust; rust-version = '^1.85'; ; not a valid Rust version; unexpected version requirement
          a beta; rust-version = '1.85.0-beta'; ; not a valid Rust version; unexpected prerelease field
          a version of Rust older than the edition; rust-version = '1.84'; ; older than edition 2024; incompatible with the version (1.85.0)
          a version of Rust that is a number; rust-version = 1.85; ; must be a string; invalid type
          an unknown lint level; [lints.rust]; x = 'loud'; not a lint level; unknown variant `loud`
          an unknown lint level that no member uses; [workspace.lints.rust]; x = 'loud'; not a lint level; unknown variant `loud`
          a lint without a level; [lints.rust]; x = { priority = 1 }; `level` is missing; missing field `level`
          a priority that is not a byte; [lints.rust]; x = { level = 'warn', priority = 128 }; not a priority; expected i8
          lints inherited and set; [workspace.lints.rust]; 'x = "warn"\n[lints]\nworkspace = true\nrust.y = "warn"'; cannot be set here; cannot override `workspace.lints`
          lints not inherited; [lints]; workspace = false; cannot be false; cannot be false
          lints inherited from nowhere; [workspace]; '[lints]\nworkspace = true'; does not define any; was not defined
          a lint of another tool; [lints.rust]; "clippy::x" = 'warn'; not a lint of `rust`; try `lints.clippy.x`
          check-cfg that is not a list; [lints.rust]; unexpected_cfgs = { level = 'warn', check-cfg = 'cfg(x)' }; must be an array; must be a list of string
          a patch that is not there; [patch.crates-io]; dep.path = 'nowhere'; has no Cargo.toml; failed to read
          a patch for another package; [patch.crates-io]; other.path = 'dep'; there is no package `other` in; does not contain packages matching `other`
          a patch of no version; [patch.crates-io]; dep = { path = 'dep', version = 'one' }; `one`; unexpected character
          a patch and a replacement; [patch.crates-io]; 'dep.path = "dep"\n[replace]\n"dep:1.0.0" = { path = "dep" }'; cannot specify both; cannot specify both
          a replacement of no version; [replace]; dep.path = 'dep'; does not say which version; must specify a version to replace
          a program to run that is none; default-run = 'x'; ; default-run target `x` not found; default-run target `x` not found
          a binary that is called like a folder of cargo's; [[bin]]; 'name = "deps"\npath = "src/lib.rs"'; cannot be named `deps`; is forbidden
          a library without a name; [lib]; name = ' '; cannot be empty; cannot be empty
          a feature with a space; [features]; '"a b" = []'; not a valid feature name; invalid character ` ` in feature name
          a feature with a slash; [features]; '"a/b" = []'; not a valid feature name; invalid character `/` in feature name
          a feature that begins with dep:; [features]; '"dep:a" = []'; not a valid feature name; not allowed to start with `dep:`
          a dependency with a space; [dependencies]; '"a b" = "1"'; cannot be called `a b`; invalid character ` ` in package name
          lib without artifact; [dependencies]; dep = { path = 'dep', lib = true }; unstable; cannot be used without an 'artifact
          a base; [dependencies]; dep = { path = 'dep', base = 'x' }; unstable; `path-bases` is required
          an opt-level that is none; [profile.release]; opt-level = 'x'; not an opt-level; must be `0`
          a level of debug information that is none; [profile.release]; debug = 3; not a level; expected a boolean, 0, 1, 2
          a way to panic that is none; [profile.release]; panic = 'x'; not a panic strategy; not a valid setting
          lto in quotes; [profile.release]; lto = 'true'; must be true or false; not a valid setting
          panic for the build only; [profile.release.build-override]; panic = 'abort'; cannot be overridden; may not be specified
          lto for one package; [profile.release.package.dep]; lto = true; cannot be overridden; may not be specified
          an override in an override; [profile.release.package.dep.build-override]; opt-level = 1; cannot be overridden; cannot be nested
          a profile called debug; [profile.debug]; opt-level = 1; `debug` is not a valid profile name; profile name `debug` is reserved
          a profile with a dot; [profile.'a.b']; inherits = 'dev'; `a.b` is not a valid profile name; invalid character `.`
          a patch of neither an address nor a registry; [patch.nowhere]; dep.path = 'dep'; neither an address nor a registry; should be a URL or registry name
          a patch of no registry that is empty; [patch.'github.com/x/y']; ; neither an address nor a registry; should be a URL or registry name
          a patch of an address without a host; [patch.'https://']; dep.path = 'dep'; neither an address nor a registry; should be a URL or registry name
          an override for a name with a space; [profile.dev.package.'a b']; opt-level = 1; not a valid package name; invalid character ` ` in package name
          an override for no name; [profile.dev.package.'@1']; opt-level = 1; not a valid package name; package name cannot be empty
          an override for a requirement; [profile.dev.package.'dep@^1']; opt-level = 1; is not a version; expected a version like
          an override for a version cut short within a pre-release; [profile.dev.package.'dep:1-x']; opt-level = 1; is not a version; expected a version like
          an override for an address of another protocol; [profile.dev.package.'foo+https://x.invalid/y']; opt-level = 1; unknown kind of source `foo`; unsupported source protocol: foo
          an override for an address with a query; [profile.dev.package.'https://x.invalid/y?z']; opt-level = 1; cannot contain a query; cannot have a query string
          an override for an address without a name; [profile.dev.package.'https://x.invalid']; opt-level = 1; not a valid package name; package name cannot be empty
          an override for an address with half a version; [profile.dev.package.'https://x.invalid/y#1a']; opt-level = 1; is not a version; expected a version like
          an override for a path that is none; [profile.dev.package.'path+http://x.invalid/y']; opt-level = 1; must begin with `path+file:`; `path+http` is unsupported
          a replacement with a version; [replace]; '"dep:1.0.0" = { path = "dep", version = "1" }'; cannot have a version requirement; cannot specify a version requirement
          """)
  void manifest(String name, String section, String body, String ours, String cargos)
      throws Exception {
    RefusedWorkspace.write(
        directory, section + "\n" + (body == null ? "" : body.replace("\\n", "\n")), false);
    assertThatThrownBy(() -> Cargo.unitGraph(directory, List.of("build")))
        .isInstanceOf(Cargo.Refused.class)
        .hasMessageContaining(cargos);
    assertThatThrownBy(() -> Workspace.load(directory.resolve("Cargo.toml"), System.getenv()))
        .isInstanceOfSatisfying(
            InputException.class,
            e -> {
              assertThat(e.problem()).contains(ours);
              assertThat(e.remedy()).isNotBlank();
              assertThat(e.position()).isNotNull();
              assertThat(e.position().line()).isPositive();
            });
  }
}
