package io.github.nixmaven.plugin.mojo;

/** The names of the properties that set parameters from the command line. */
final class NixProperties {
  static final String CARGO_MANIFEST = "nix.cargoManifest";
  static final String CARGO_NIX = "nix.cargoNix";
  static final String CORES = "nix.cores";
  static final String CRATE_DIRECTORY = "nix.crateDirectory";
  static final String EXECUTABLES = "nix.executables";
  static final String HOSTS = "nix.hosts";
  static final String KEYRING = "nix.keyring";
  static final String MAX_JOBS = "nix.maxJobs";
  static final String MEMBERS = "nix.members";
  static final String MIRROR = "nix.mirror";
  static final String OVERRIDES = "nix.overrides";
  static final String OVERRIDES_REPORT = "nix.overrides.report";
  static final String PACKAGES = "nix.packages";
  static final String PUSH_CACHE = "nix.push.cache";
  static final String PUSH_COMPRESSION = "nix.push.compression";
  static final String PUSH_KEY = "nix.push.key";
  static final String PUSH_PARALLEL = "nix.push.parallel";
  static final String PUSH_SERVER = "nix.push.server";
  static final String SECURITY_MIRROR = "nix.securityMirror";
  static final String SELECTIONS = "nix.selections";
  static final String SKIP = "nix.skip";
  static final String SKIP_BUILD = "nix.build.skip";
  static final String SKIP_CHECK = "nix.check.skip";
  static final String SKIP_FETCH = "nix.fetch.skip";
  static final String SKIP_GENERATE = "nix.generate.skip";
  static final String SKIP_OVERRIDES = "nix.overrides.skip";
  static final String SKIP_PUSH = "nix.push.skip";
  static final String SKIP_TEST = "nix.test.skip";
  static final String SKIP_TOOLCHAIN = "nix.toolchain.skip";
  static final String SKIP_VERIFY = "nix.verify.skip";
  static final String SNAPSHOT_MIRROR = "nix.snapshotMirror";
  static final String STRIP = "nix.strip";
  static final String SUITES = "nix.suites";
  static final String TARGETS = "nix.targets";
  static final String TEST_ARGUMENTS = "nix.test.arguments";
  static final String TEST_FAILURE_IGNORE = "nix.test.failureIgnored";
  static final String TEST_REPORTS = "nix.test.reports";
  static final String TESTS = "nix.tests";
  static final String TOOLCHAIN_LOCK = "nix.toolchainLock";
  static final String VERIFY_DIFFOSCOPE = "nix.verify.diffoscope";
  static final String VERIFY_POLICY = "nix.verify.policy";
  static final String VERIFY_REPORT = "nix.verify.report";
  static final String VERIFY_STORE = "nix.verify.store";
  static final String VERIFY_TIMEOUT = "nix.verify.timeout";
  static final String WASM_OPT = "nix.wasmOpt";
  static final String WORK_DIRECTORY = "nix.workDirectory";

  private NixProperties() {}
}
